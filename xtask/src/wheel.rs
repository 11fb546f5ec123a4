//! `cargo xtask wheel`: the Python package, built and tested.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::cargo::{cargo, root};
use crate::python::{call, environment, target};

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Build only
    #[arg(long)]
    no_test: bool,
}

/// Builds a wheel with the shipped model in it, installs it into a fresh virtual environment, and runs its tests there.
pub fn run(args: &Args) -> Result<()> {
    build(args.no_test).map(drop)
}

/// The wheel's path, once it is built and, unless only that is wanted, tested.
pub fn build(no_test: bool) -> Result<PathBuf> {
    let project = root().join("integrations/python-wheel");
    let tools = environment("wheel-tools", &project.join("requirements.txt"))?;
    let model = project.join("python/docmill/models/news-en");
    copy(&root().join("models/news-en"), &model)?;
    let wheels = target().join("wheels");
    // Of an earlier build: what is tested must be what was built.
    if wheels.exists() {
        fs::remove_dir_all(&wheels)?;
    }
    let mut build = Command::new(&tools);
    build.args(["-m", "maturin", "build", "--release", "--locked", "--manifest-path"]);
    build.arg(project.join("Cargo.toml")).arg("--out").arg(&wheels);
    // The target folder of the workspace, so that what is built already is not built again.
    call(build.env("CARGO_TARGET_DIR", std::path::absolute(target())?))?;
    let wheel = only_wheel(&wheels)?;
    if no_test {
        return Ok(wheel);
    }

    cargo(&["build", "--release", "-p", "docmill-cli"], &[])?;
    let fresh = target().join("python/wheel-test");
    call(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&fresh))?;
    let python = fresh.join("bin/python");
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"];
    call(Command::new(&python).args(pip).arg(&wheel))?;
    let mut tests = Command::new(&python);
    tests.args(["-m", "unittest", "discover", "--verbose"]).arg(project.join("tests"));
    call(tests.env("DOCMILL_PROGRAM", target().join("release/docmill")))?;
    // The stubs against the installed package.
    let mut stubs = Command::new(&tools);
    let installed = Command::new(&python).args(["-c", SITE_PACKAGES]).output()?.stdout;
    stubs.args(["-m", "mypy.stubtest", "docmill"]);
    call(stubs.env("PYTHONPATH", String::from_utf8(installed)?.trim()))?;
    Ok(wheel)
}

/// Prints where the packages of a virtual environment lie.
const SITE_PACKAGES: &str = "import sysconfig; print(sysconfig.get_path('platlib'))";

/// Copies the files of a folder.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let path = entry?.path();
        if let Some(name) = path.file_name().filter(|_| path.is_file()) {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

fn only_wheel(folder: &Path) -> Result<PathBuf> {
    let mut files = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    Ok(files.next().context("maturin made no wheel")??.path())
}
