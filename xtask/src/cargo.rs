//! Calls of cargo.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root
}

/// Runs cargo in the workspace's folder, with these variables in its environment.
pub fn cargo(arguments: &[&str], environment: &[(String, String)]) -> Result<()> {
    let shown = arguments.join(" ");
    eprintln!("xtask: cargo {shown}");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(root()).args(arguments).envs(environment.iter().cloned());
    let status = command.status().with_context(|| format!("cargo {shown}"))?;
    if !status.success() {
        bail!("cargo {shown}: {status}");
    }
    Ok(())
}
