//! `cargo xtask picture`: the page of a run over the sample articles, as the README shows it.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::cargo::{cargo, root};
use crate::python::target;

/// Where the picture lies.
const PICTURE: &str = "docs/src/page.png";
/// It is part of the repository: no more bytes than this.
const MOST: u64 = 300_000;
/// Names that Chromium has.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs docmill over `seeds`, makes the page, and takes its picture in headless Chromium.
pub fn run(_: &Args) -> Result<()> {
    let folder = target().join("picture");
    fs::create_dir_all(&folder)?;
    let folder = fs::canonicalize(folder)?;
    cargo(&["build", "--quiet", "-p", "docmill-cli"], &[])?;
    let program = fs::canonicalize(target().join("debug/docmill"))?;
    let call = |folder: &Path, args: &[&str]| -> Result<()> {
        let status = Command::new(&program).args(args).current_dir(folder).status()?;
        ensure!(status.success(), "docmill {}: {status}", args.join(" "));
        Ok(())
    };
    let records = folder.join("out.jsonl").display().to_string();
    call(&root(), &["run", "seeds", "--quiet", "--restart", "-o", &records])?;
    // From its folder, whose name is nobody's business.
    call(&folder, &["show", "out.jsonl", "-o", "out.html"])?;
    let browser = BROWSERS.into_iter().find(|name| Command::new(name).arg("--version").output().is_ok());
    let browser = browser.context("there is no Chromium; on Debian: apt-get install chromium")?;
    let picture = root().join(PICTURE);
    let status = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1280,860"])
        .args(["--virtual-time-budget=5000", &format!("--screenshot={}", picture.display())])
        .arg(format!("file://{}#d0", folder.join("out.html").display()))
        .status()?;
    ensure!(status.success(), "{browser}: {status}");
    let bytes = fs::metadata(&picture)?.len();
    ensure!(bytes <= MOST, "{PICTURE} has {bytes} bytes; {MOST} is the limit");
    eprintln!("{PICTURE}: {bytes} bytes");
    Ok(())
}
