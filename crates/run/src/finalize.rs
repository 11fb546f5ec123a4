//! Ends a run: what was done is put in its place, or kept for the next time.

use anyhow::Result;
use docmill_engine::{RunStats, Totals};

use crate::ledger::Ledger;

use crate::run::Run;
use crate::sink::Exceeded;
use crate::summary::{FailureLine, RunEnding, Summary};

impl Run {
    /// Puts the output in its place. `before` was done before the run resumed.
    pub(crate) fn finalize(
        &self,
        mut ledger: Ledger,
        mut stats: RunStats,
        before: Totals,
        failures: Vec<FailureLine>,
    ) -> Result<Summary> {
        stats.totals = ledger.totals().clone();
        let ending = if stats.stopped {
            match ledger.stop() {
                Ok(kept) => RunEnding::Stopped(kept),
                Err(error) => return Err(ledger.broken(error)),
            }
        } else {
            if let Some(limit) = self.options.max_failures
                && limit.exceeded(&stats.totals, true)
            {
                return Err(ledger.too_many_failures(&Exceeded::in_all(limit).into()));
            }
            if let Err(error) = ledger.finish(&self.setup.info) {
                return Err(ledger.broken(error));
            }
            RunEnding::Done
        };
        Ok(self.summary(ending, stats, before, failures))
    }

    /// A run that had ended before; its output is in its place now.
    pub(crate) fn complete(&self, totals: Totals) -> Summary {
        let stats = RunStats { totals: totals.clone(), ..RunStats::default() };
        self.summary(RunEnding::DoneBefore, stats, totals, Vec::new())
    }

    fn summary(
        &self,
        ending: RunEnding,
        stats: RunStats,
        before: Totals,
        failures: Vec<FailureLine>,
    ) -> Summary {
        let (run_id, layout) = (self.setup.info.run_id.clone(), self.options.layout.clone());
        let passed_over = self.setup.job.archive.passed_over();
        Summary { run_id, ending, stats, before, failures, passed_over, layout }
    }
}
