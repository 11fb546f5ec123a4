//! `cargo xtask integrations`: what stands in integrations/, tested with the Python packages that it is for.

use std::process::Command;

use anyhow::{Result, bail};

use crate::cargo::{cargo, root};
use crate::python::{call, environment, target};

/// A folder of integrations/ with `requirements.txt` and a program that fails when something is wrong.
struct Suite {
    name: &'static str,
    program: &'static str,
}

const SUITES: &[Suite] =
    &[Suite { name: "analytics", program: "check.py" }, Suite { name: "convert", program: "check.py" }];

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

/// Installs each suite's packages (from the Python package registry, the first time) and runs its program, which finds
/// docmill in `DOCMILL_PROGRAM`.
pub fn run(args: &Args) -> Result<()> {
    let known: Vec<&str> = SUITES.iter().map(|suite| suite.name).collect();
    if let Some(name) = args.suites.iter().find(|name| !known.contains(&name.as_str())) {
        bail!("no suite `{name}`; there are {}", known.join(", "));
    }
    cargo(&["build", "-p", "docmill-cli"], &[])?;
    let chosen = |suite: &&Suite| args.suites.is_empty() || args.suites.iter().any(|name| name == suite.name);
    for suite in SUITES.iter().filter(chosen) {
        let folder = root().join("integrations").join(suite.name);
        let python = environment(suite.name, &folder.join("requirements.txt"))?;
        let mut program = Command::new(python);
        program.args(["-W", "ignore::DeprecationWarning"]).arg(folder.join(suite.program));
        program.args(args.write.then_some("--write"));
        call(program.env("DOCMILL_PROGRAM", target().join("debug/docmill")))?;
    }
    Ok(())
}
