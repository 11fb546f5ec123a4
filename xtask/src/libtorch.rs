//! To come.

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the chore.
#[expect(clippy::unnecessary_wraps, reason = "all chores share a shape")]
pub fn run(_args: &Args) -> anyhow::Result<()> {
    Ok(())
}
