//! `cargo xtask spark`: `docmill_spark.py` on a Spark cluster of two workers, with processes killed in the middle of a job.

use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::cargo::{cargo, root};
use crate::python::{call, environment, target};

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Fail where there is no Java, rather than skip
    #[arg(long)]
    required: bool,
}

/// Fetches Spark from the Python package registry (450 MB, the first time) and runs integrations/spark/tests.
pub fn run(args: &Args) -> Result<()> {
    let java = Command::new("java").arg("-version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !java.is_ok_and(|status| status.success()) && std::env::var_os("JAVA_HOME").is_none() {
        let help = "on Debian: apt-get install openjdk-17-jre-headless";
        if args.required {
            bail!("no Java, which Spark needs; {help}");
        }
        eprintln!("xtask: SKIPPED: the tests on Spark: no Java; {help}");
        return Ok(());
    }
    cargo(&["build", "--release", "-p", "docmill-cli"], &[])?;
    let folder = root().join("integrations/spark");
    let python = environment("spark", &folder.join("requirements.txt"))?;
    let mut tests = Command::new(python);
    tests.args(["-W", "ignore", "-m", "unittest", "discover", "--verbose"]).arg(folder.join("tests"));
    call(tests.env("DOCMILL_PROGRAM", target().join("release/docmill")))
}
