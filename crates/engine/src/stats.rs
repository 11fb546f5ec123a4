//! What a run counts.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::outcome::{Finished, Status};

/// What became of the inputs: `read == ok + failed + filtered + duplicates`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Totals {
    /// Inputs that were read.
    pub read: u64,
    /// Documents written with every layer.
    pub ok: u64,
    /// Those of them whose records were known from an earlier run.
    pub reused: u64,
    /// Documents written as failed, and inputs that could not be read.
    pub failed: u64,
    /// Documents that a stage took out on purpose.
    pub filtered: u64,
    /// Documents left out as doubles of earlier ones.
    pub duplicates: u64,
    /// Documents written that are marked as doubles of earlier ones; counted by the program, whose sink decides that.
    pub marked: u64,
    /// Bytes of text in documents that were read.
    pub bytes: u64,
    /// Tokens in those documents.
    pub words: u64,
}

impl Totals {
    /// Counts one input.
    pub fn count<T>(&mut self, finished: &Finished<T>) {
        self.read += 1;
        self.bytes += finished.bytes;
        self.words += finished.words;
        self.reused += u64::from(finished.reused);
        match finished.status {
            Status::Ok => self.ok += 1,
            Status::Failed => self.failed += 1,
            Status::Filtered => self.filtered += 1,
            Status::Duplicate => self.duplicates += 1,
        }
    }
}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RunStats {
    /// What became of its inputs.
    #[serde(flatten)]
    pub totals: Totals,
    /// Wall-clock seconds from the first input to the last output.
    pub seconds: f64,
    /// Worker threads.
    pub jobs: usize,
    /// True if the run was stopped before its input ended.
    pub stopped: bool,
    /// Id of the last document handed to the sink.
    pub last_id: Option<String>,
    /// Per stage, in plan order.
    pub stages: Vec<StageStats>,
}

/// What one stage did in a run.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct StageStats {
    /// Key of the stage.
    pub stage: String,
    /// Documents it annotated or failed on.
    pub documents: u64,
    /// Documents it failed on.
    pub failed: u64,
    /// Documents it did not run on: its condition does not hold, or a layer it requires was skipped.
    pub skipped: u64,
    /// Bytes of text in those documents.
    pub bytes: u64,
    /// Seconds of worker time, summed over workers.
    pub seconds: f64,
}

/// The counters of one stage while it runs.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    documents: AtomicU64,
    failed: AtomicU64,
    skipped: AtomicU64,
    bytes: AtomicU64,
    nanos: AtomicU64,
}

impl Counters {
    pub fn add(&self, documents: usize, failed: usize, bytes: usize, time: Duration) {
        // Nothing is ordered by these; they are read after the workers have joined.
        self.documents.fetch_add(documents as u64, Ordering::Relaxed);
        self.failed.fetch_add(failed as u64, Ordering::Relaxed);
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        self.nanos.fetch_add(time.as_nanos() as u64, Ordering::Relaxed);
    }

    pub fn skip(&self, documents: usize) {
        self.skipped.fetch_add(documents as u64, Ordering::Relaxed);
    }

    pub fn snapshot(&self, stage: &str) -> StageStats {
        StageStats {
            stage: stage.to_owned(),
            documents: self.documents.load(Ordering::Relaxed),
            failed: self.failed.load(Ordering::Relaxed),
            skipped: self.skipped.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
            seconds: Duration::from_nanos(self.nanos.load(Ordering::Relaxed)).as_secs_f64(),
        }
    }
}
