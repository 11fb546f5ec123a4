//! `cargo xtask test`: every test there is.

use anyhow::Result;

use crate::cargo::{cargo, root};

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Leave out what needs libtorch (a download of 800 MB the first time)
    #[arg(long)]
    without_libtorch: bool,
}

/// Runs all tests: the default build, the build with rust-bert, the example of a stage of one's own, and what `docmill
/// new-stage` makes.
pub fn run(args: &Args) -> Result<()> {
    let root = root();
    cargo(&["test", "--workspace"], &[])?;
    let example = root.join("examples/watch-list");
    let manifest = example.join("Cargo.toml").display().to_string();
    // The target folder of the workspace, so that what is built already is not built again.
    let target =
        std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| root.join("target").display().to_string());
    let shared_target = [("CARGO_TARGET_DIR".to_owned(), target)];
    cargo(&["test", "--manifest-path", &manifest], &shared_target)?;
    let config = example.join("watch.toml").display().to_string();
    let seeds = root.join("seeds").display().to_string();
    let out = std::env::temp_dir().join(format!("docmill-watch-{}.jsonl", std::process::id()));
    let out = out.display().to_string();
    let program = ["run", "--quiet", "--manifest-path", &manifest, "--"];
    cargo(&[&program[..], &["run", &seeds, "--config", &config, "-o", &out]].concat(), &shared_target)?;
    cargo(&[&program[..], &["verify", &out]].concat(), &shared_target)?;
    cargo(&["build", "-p", "docmill-cli", "--examples"], &[])?;
    cargo(&["test", "-p", "docmill-cli", "--test", "it", "--", "--ignored", "examples::"], &[])?;
    // What `docmill new-stage` makes, and the how-to.
    cargo(&["test", "-p", "docmill-cli", "--test", "it", "--", "--ignored", "new_stage::"], &[])?;
    if args.without_libtorch {
        eprintln!("xtask: left out: the tests with rust-bert");
        return Ok(());
    }
    let libtorch = crate::libtorch::environment()?;
    cargo(&["test", "-p", "docmill-ner", "-p", "docmill-cli", "--all-features"], &libtorch)
}
