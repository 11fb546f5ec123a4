//! Virtual environments for what is tested in Python, under `target/python`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::cargo::root;

/// Where builds go: `CARGO_TARGET_DIR`, else `target`.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The interpreter of a virtual environment that holds these requirements (a file for pip), made if it is not there.
///
/// An environment whose requirements have changed since is brought up to date.
pub fn environment(name: &str, requirements: &Path) -> Result<PathBuf> {
    let folder = target().join("python").join(name);
    let python = folder.join("bin/python");
    let wanted = fs::read(requirements).with_context(|| requirements.display().to_string())?;
    let installed = folder.join("installed.txt");
    if fs::read(&installed).is_ok_and(|there| there == wanted) {
        return Ok(python);
    }
    if !python.exists() {
        call(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    }
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    call(Command::new(&python).args(pip).arg(requirements))?;
    // Only now: an installation that broke off is done again.
    fs::write(&installed, wanted)?;
    Ok(python)
}

/// Runs a command in the workspace's folder, to its end.
pub fn call(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    eprintln!("xtask: {shown}");
    let status = command.current_dir(root()).status().with_context(|| shown.clone())?;
    if !status.success() {
        bail!("{shown}: {status}");
    }
    Ok(())
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
