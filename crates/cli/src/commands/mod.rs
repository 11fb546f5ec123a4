//! One file for each subcommand.

pub mod check;
pub mod completions;
pub mod convert;
pub mod diff;
pub mod eval;
pub mod explain;
pub mod graph;
pub mod init;
pub mod lexicon;
pub mod man;
pub mod merge;
pub mod names;
pub mod new_stage;
pub mod retry;
pub mod run;
pub mod schema;
pub mod show;
pub mod stages;
pub mod stats;
pub mod tables;
pub mod verify;

use std::io::{self, Write as _};

use anyhow::Result;

/// Writes data to stdout; the only place, besides the run's own output, that does.
fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(crate::say::harmless(text).as_bytes())?;
    Ok(out.flush()?)
}
