//! `cargo xtask browser`: pages of `docmill show` in headless Chromium.

use std::io::ErrorKind;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::cargo::cargo;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Fail where there is no Chromium, rather than skip
    #[arg(long)]
    required: bool,
}

/// Runs tests/browser, or says why not.
pub fn run(args: &Args) -> Result<()> {
    if !is_there("chromium") || !is_there("chromedriver") {
        let help = "on Debian: apt-get install chromium chromium-driver";
        if args.required {
            bail!("no Chromium with its driver; {help}");
        }
        eprintln!("xtask: SKIPPED: the tests in the browser: no Chromium with its driver; {help}");
        return Ok(());
    }
    cargo(&["test", "-p", "docmill-cli", "--test", "browser", "--", "--ignored", "--nocapture"], &[])
}

fn is_there(program: &str) -> bool {
    let answer = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    !answer.is_err_and(|error| error.kind() == ErrorKind::NotFound)
}
