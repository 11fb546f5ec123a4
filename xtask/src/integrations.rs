//! `cargo xtask integrations`: what stands in integrations/, tested with the Python packages that it is for.

use std::process::Command;

use anyhow::{Result, bail};

use crate::cargo::{cargo, root};
use crate::python::{call, environment, target};

/// Folders of integrations/, each with `requirements.txt` and a `check.py` that fails when something is wrong.
const SUITES: &[&str] = &["analytics", "convert", "graph", "python"];

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Suites to run; all if none is named
    #[arg(value_name = "SUITE")]
    suites: Vec<String>,
    /// Write the pages in docs/ that a suite makes, rather than compare them
    #[arg(long)]
    write: bool,
}

/// Installs each suite's packages (from the Python package registry, the first time) and runs its `check.py`, which finds
/// docmill in `DOCMILL_PROGRAM`.
pub fn run(args: &Args) -> Result<()> {
    if let Some(name) = args.suites.iter().find(|name| !SUITES.contains(&name.as_str())) {
        bail!("no suite `{name}`; there are {}", SUITES.join(", "));
    }
    cargo(&["build", "-p", "docmill-cli"], &[])?;
    let chosen = |suite: &&&str| args.suites.is_empty() || args.suites.iter().any(|name| name == *suite);
    for suite in SUITES.iter().filter(chosen) {
        let folder = root().join("integrations").join(suite);
        let python = environment(suite, &folder.join("requirements.txt"))?;
        let mut check = Command::new(python);
        check.args(["-W", "ignore::DeprecationWarning"]).arg(folder.join("check.py"));
        check.args(args.write.then_some("--write"));
        call(check.env("DOCMILL_PROGRAM", target().join("debug/docmill")))?;
    }
    Ok(())
}
