//! `cargo xtask release`: what a release gives away, with checksums.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::cargo::root;
use crate::python::target;
use crate::{static_build, wheel};

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Build only
    #[arg(long)]
    no_test: bool,
}

/// Builds the static program and the wheel, tests them, and puts them into one folder beside `SHA256SUMS`.
pub fn run(args: &Args) -> Result<()> {
    let program = static_build::build()?;
    let wheel = wheel::build(args.no_test)?;
    let folder = target().join("release-files");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let name = format!("docmill-{}-x86_64-linux", env!("CARGO_PKG_VERSION"));
    let files = [(program, name), (wheel.clone(), file_name(&wheel))];
    let mut sums = String::new();
    for (from, name) in files {
        let to = folder.join(&name);
        fs::copy(&from, &to).with_context(|| from.display().to_string())?;
        let bytes = fs::metadata(&to)?.len();
        sums += &format!("{}  {name}\n", sha256(&to)?);
        println!("{:>8.1} MB  {}", bytes as f64 / 1e6, to.display());
    }
    let license = root().join("LICENSE-MIT");
    if license.exists() {
        fs::copy(&license, folder.join("LICENSE-MIT"))?;
    }
    fs::write(folder.join("SHA256SUMS"), sums)?;
    println!("check them with: cd {} && sha256sum -c SHA256SUMS", folder.display());
    Ok(())
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn sha256(path: &Path) -> Result<String> {
    let digest = Sha256::digest(fs::read(path)?);
    Ok(digest.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}")))
}
