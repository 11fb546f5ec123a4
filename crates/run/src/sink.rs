//! Takes in what became of each input, in input order.

use std::fmt;
use std::sync::Arc;

use anyhow::Result;
use docmill_engine::{Failure, Finished};

use crate::duplicates::Duplicates;
use crate::ledger::Ledger;
use crate::limit::FailureLimit;
use crate::line::Line;
use crate::observer::Observer;
use crate::summary::{FAILURES_KEPT, FailureLine};

/// Takes in what became of each input.
pub struct Sink {
    duplicates: Arc<Duplicates>,
    pub ledger: Ledger,
    observer: Arc<dyn Observer>,
    /// The first that failed.
    pub failures: Vec<FailureLine>,
    limit: Option<FailureLimit>,
}

/// More documents have failed than may.
#[derive(Debug)]
pub struct Exceeded {
    limit: FailureLimit,
    last: Option<String>,
}

impl fmt::Display for Exceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.limit, &self.last) {
            (FailureLimit::Count(0), Some(last)) => write!(f, "{last}"),
            (limit, Some(last)) => write!(f, "more documents failed than {limit}; the last: {last}"),
            (limit, None) => write!(f, "more documents failed than {limit}"),
        }
    }
}

impl std::error::Error for Exceeded {}

impl Exceeded {
    /// More of all documents than may.
    pub fn in_all(limit: FailureLimit) -> Self {
        Self { limit, last: None }
    }
}

impl Sink {
    pub fn new(
        limit: Option<FailureLimit>,
        duplicates: Arc<Duplicates>,
        ledger: Ledger,
        observer: Arc<dyn Observer>,
    ) -> Self {
        Self { duplicates, ledger, observer, failures: Vec::new(), limit }
    }

    /// Takes in one input. The document that is one failure too many is not written: it is done again when the run
    /// is resumed.
    pub fn take(&mut self, finished: Finished<Line>) -> Result<()> {
        let finished = self.duplicates.settle(finished)?;
        let failure = finished.failure.as_ref().map(ToString::to_string);
        if let (Some(failure), Some(limit)) = (&failure, self.limit) {
            let mut totals = self.ledger.totals().clone();
            totals.count(&finished);
            if limit.exceeded(&totals, false) {
                return Err(Exceeded { limit, last: Some(format!("{}: {failure}", finished.id)) }.into());
            }
        }
        self.ledger.take(&finished)?;
        self.observer.document(finished.bytes.saturating_sub(finished.in_windows));
        if let Some(Failure { stage, message, .. }) = finished.failure {
            self.observer.failure(&finished.id, &failure.unwrap_or_default());
            if self.failures.len() < FAILURES_KEPT {
                self.failures.push(FailureLine { id: finished.id, stage, message });
            }
        }
        Ok(())
    }
}
