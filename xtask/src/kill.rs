//! `cargo xtask kill`: kills runs at random moments, more of them than the tests do.

use anyhow::Result;

use crate::cargo::cargo;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many times a run is killed
    #[arg(long, default_value_t = 300)]
    times: u32,
    /// What the moments are drawn from
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Runs the test of killed runs with these numbers.
pub fn run(args: &Args) -> Result<()> {
    let environment = [
        ("DOCMILL_KILLS".to_owned(), args.times.to_string()),
        ("DOCMILL_KILL_SEED".to_owned(), args.seed.to_string()),
    ];
    cargo(
        &["test", "-p", "docmill-cli", "--test", "it", "--", "killed_at_any_moment", "--nocapture"],
        &environment,
    )
}
