//! What became of a run.

use docmill_engine::{RunStats, Totals};
use docmill_jsonl::Layout;
use serde::Serialize;

use crate::ledger::output_name;

/// What became of a run.
#[derive(Debug)]
pub struct Summary {
    /// Id of the run.
    pub run_id: String,
    /// How it ended.
    pub ending: RunEnding,
    /// Everything that was done, and how fast since it resumed.
    pub stats: RunStats,
    /// What had been done before it resumed.
    pub before: Totals,
    /// The first documents that failed since then.
    pub failures: Vec<FailureLine>,
    /// Files in folders that nothing reads, by the ends of their names.
    pub passed_over: Vec<(String, u64)>,
    /// Where the output is.
    pub layout: Layout,
}

/// A failure, for the report.
#[derive(Debug, Clone, Serialize)]
pub struct FailureLine {
    /// Id of the document.
    pub id: String,
    /// Stage at fault, if it was one.
    pub stage: Option<String>,
    /// The reason.
    pub message: String,
}

/// Failures that the report lists; the records tell of all.
pub const FAILURES_KEPT: usize = 1000;

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunEnding {
    /// Everything was done.
    Done,
    /// Everything had been done before; only the output was not yet in its place.
    DoneBefore,
    /// It was stopped. Says what is kept, and where.
    Stopped(String),
}

impl Summary {
    /// What a person reads at the end: several lines, the last without its end.
    pub fn text(&self) -> String {
        match &self.ending {
            RunEnding::Done => self.table(&output_name(&self.layout)) + &self.quarantine(),
            RunEnding::DoneBefore => format!(
                "docmill: all {} documents were finished; published {}{}",
                self.stats.totals.read,
                output_name(&self.layout),
                self.quarantine()
            ),
            RunEnding::Stopped(kept) => {
                let last = self.stats.last_id.as_deref().unwrap_or("none");
                format!("docmill: stopped after {kept} (last: {last})")
            }
        }
    }

    fn quarantine(&self) -> String {
        if self.stats.totals.failed == 0 || !self.layout.is_durable() {
            return String::new();
        }
        format!(
            "\nfailed documents are listed in {}; rerun them with `docmill retry {}`",
            self.layout.quarantine().display(),
            self.layout.name().display()
        )
    }
}
