//! Ends a run, and tells what was done.

use anyhow::{Error, Result, bail};
use docmill_engine::{RunStats, Totals};
use docmill_jsonl::{Layout, RunInfo};

use super::ledger::Ledger;
use super::sink::Exceeded;
use crate::args::RunArgs;
use crate::exit::Ended;
use crate::report::{self, Closed, FailureLine};

/// Ends a run, and tells what was done.
pub struct Closing<'c> {
    pub args: &'c RunArgs,
    pub info: &'c RunInfo,
    pub layout: &'c Layout,
}

impl Closing<'_> {
    /// Puts the output in place. `before` was done before the run went on.
    pub fn close(
        &self,
        mut ledger: Ledger,
        mut stats: RunStats,
        before: &Totals,
        failures: &[FailureLine],
    ) -> Result<Ended> {
        stats.totals = ledger.totals().clone();
        let closed = Closed { run_id: &self.info.run_id, stats: &stats, before, failures };
        // The work comes first: a report that cannot be written does not cost it.
        if stats.stopped {
            let kept = match ledger.stop() {
                Ok(kept) => kept,
                Err(error) => return Err(ledger.broken(error)),
            };
            let last = stats.last_id.as_deref().unwrap_or("none");
            eprintln!("docmill: stopped after {kept} (the last was {last})");
            self.report(&closed)?;
            return Ok(Ended::Stopped);
        }
        if let Some(limit) = self.args.failures.limit()
            && limit.exceeded(&stats.totals, true)
        {
            return exceeded(ledger, &Exceeded::in_all(limit).into());
        }
        if let Err(error) = ledger.finish(self.info) {
            return Err(ledger.broken(error));
        }
        if !self.args.quiet {
            eprintln!("{}", report::table(&closed, &super::name(self.layout.name())));
            self.tell_quarantine(&stats.totals);
        }
        self.report(&closed)?;
        Ok(ended(&stats.totals))
    }

    /// Tells of a run that had ended before.
    pub fn complete(&self, totals: &Totals) -> Result<Ended> {
        if !self.args.quiet {
            eprintln!(
                "docmill: all {} documents were done, {} is in its place now",
                totals.read,
                super::name(self.layout.name())
            );
            self.tell_quarantine(totals);
        }
        let stats = RunStats { totals: totals.clone(), ..RunStats::default() };
        self.report(&Closed { run_id: &self.info.run_id, stats: &stats, before: totals, failures: &[] })?;
        Ok(ended(totals))
    }

    fn report(&self, closed: &Closed<'_>) -> Result<()> {
        self.args.report.as_ref().map_or(Ok(()), |path| report::write(path, closed))
    }

    fn tell_quarantine(&self, totals: &Totals) {
        if totals.failed > 0 && self.layout.is_durable() {
            eprintln!(
                "failed documents are listed in {}; `docmill retry {}` does them again",
                self.layout.quarantine().display(),
                self.layout.name().display()
            );
        }
    }
}

fn ended(totals: &Totals) -> Ended {
    if totals.failed > 0 { Ended::SomeFailed } else { Ended::Clean }
}

/// Ends a run in which more documents failed than may.
pub fn exceeded(mut ledger: Ledger, error: &Error) -> Result<Ended> {
    match ledger.stop() {
        Ok(kept) => {
            bail!("{error}. Mend the input or allow more with --max-failures; stopped after {kept}")
        }
        Err(error) => Err(ledger.broken(error)),
    }
}
