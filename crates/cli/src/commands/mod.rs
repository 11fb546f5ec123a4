//! One file for each subcommand.

pub mod check;
pub mod completions;
pub mod eval;
pub mod run;
pub mod schema;
pub mod show;
pub mod stages;
pub mod verify;

use std::io::{self, Write as _};
use std::num::NonZeroUsize;

use anyhow::Result;
use docmill_core::BuildContext;

use crate::config::Config;

/// Writes data to stdout; the only place, besides the run's own output, that does.
fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

fn context(config: &Config, jobs: Option<NonZeroUsize>, offline: bool) -> BuildContext {
    let all = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    BuildContext { jobs: jobs.unwrap_or_else(all), offline, model: config.model.clone() }
}
