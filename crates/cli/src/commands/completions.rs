//! `docmill completions`

use anyhow::Result;
use clap::CommandFactory;

use super::print;
use crate::args::{Args, CompletionsArgs};
use crate::exit::Ended;

/// Prints a completion script.
pub fn run(args: &CompletionsArgs) -> Result<Ended> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "docmill", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(Ended::Clean)
}
