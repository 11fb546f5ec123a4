//! `docmill retry`

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use docmill_engine::Registry;
use docmill_run::{Observer as _, Retried, RetryOptions};

use crate::args::RetryArgs;
use crate::exit::Ended;
use crate::terminal::Terminal;

/// Runs the documents that failed once more, and puts them in their places.
pub fn run(args: &RetryArgs, registry: &Registry) -> Result<Ended> {
    let options =
        RetryOptions { output: args.output.clone(), config: args.config.options([]), jobs: args.jobs };
    let stop = Arc::new(AtomicBool::new(false));
    let terminal = Terminal::without_progress(args.quiet, stop.clone());
    let (message, ended) = match docmill_run::retry(&options, registry, &terminal, &stop)? {
        Retried::Nothing => ("nothing to do: no document failed".to_owned(), Ended::Clean),
        Retried::Stopped => ("stopped; the output is as it was".to_owned(), Ended::Stopped),
        Retried::Done { failed, left } => (
            format!("{} of {failed} documents that had failed are done, {left} failed again", failed - left),
            if left > 0 { Ended::SomeFailed } else { Ended::Clean },
        ),
    };
    terminal.note(&message);
    Ok(ended)
}
