//! One file for each subcommand.

pub mod check;
pub mod completions;
pub mod convert;
pub mod diff;
pub mod eval;
pub mod explain;
mod failed;
pub mod man;
pub mod merge;
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
use std::num::NonZeroUsize;

use anyhow::{Result, bail};
use docmill_core::BuildContext;
use docmill_jsonl::Layout;

use crate::config::Config;

/// Refuses an output that a run has begun: it could not be gone on with.
fn check_free(layout: &Layout) -> Result<()> {
    let journal = layout.journal();
    if layout.is_durable() && journal.exists() {
        bail!(
            "{}: a run that writes this output is under way or was broken off; let it end first, or remove its journal",
            journal.display()
        );
    }
    Ok(())
}

/// Writes data to stdout; the only place, besides the run's own output, that does.
fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

fn context(config: &Config, jobs: Option<NonZeroUsize>, offline: bool) -> BuildContext {
    let all = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    BuildContext { jobs: jobs.unwrap_or_else(all), offline, model: config.model.clone(), cache: None }
}
