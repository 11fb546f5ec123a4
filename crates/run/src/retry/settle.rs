//! Decides again which records double earlier ones.

use std::borrow::Cow;

use anyhow::{Context, Result};
use docmill_core::Source;
use docmill_engine::{Finished, Status};
use docmill_jsonl::{DuplicateRecord, RecordStatus, RunTotals};
use serde::Deserialize;

use crate::duplicates::Duplicates;
use crate::line::Line;

/// Decides again which records double earlier ones: a document that had failed may be the first of its kind now, or
/// turn out to double another. Needs the texts in the records; what was left out stays out.
pub struct Settling<'d> {
    duplicates: &'d Duplicates,
    /// Counts of the records that were put back.
    pub totals: RunTotals,
}

#[derive(Deserialize)]
struct Head<'l> {
    #[serde(borrow)]
    id: Cow<'l, str>,
    status: RecordStatus,
    #[serde(borrow)]
    text: Option<Cow<'l, str>>,
}

impl<'d> Settling<'d> {
    pub fn new(duplicates: &'d Duplicates) -> Self {
        Self { duplicates, totals: RunTotals::default() }
    }

    /// Marks a line again, or empties it if the document is left out. Returns the new status.
    pub fn settle(&mut self, line: &mut Vec<u8>) -> Result<Status> {
        if line.is_empty() {
            self.totals.filtered += 1;
            return Ok(Status::Filtered);
        }
        let head: Head<'_> = serde_json::from_slice(line).context("not a docmill record")?;
        let status = match head.status {
            RecordStatus::Ok => Status::Ok,
            RecordStatus::Failed => Status::Failed,
        };
        let signature = head.text.as_deref().and_then(|text| self.duplicates.signature(text)).map(Box::new);
        let (id, known) = (head.id.into_owned(), signature.is_some());
        let mut bytes = std::mem::take(line);
        if known {
            DuplicateRecord::mark(None, &mut bytes)?;
        }
        let finished = self.duplicates.settle(Finished {
            output: Some(Line { bytes, signature, ..Line::default() }),
            id,
            source: Source::default(),
            status,
            failure: None,
            bytes: 0,
            in_windows: 0,
            words: 0,
            reused: false,
        })?;
        *line = finished.output.unwrap_or_default().bytes;
        match finished.status {
            Status::Ok => self.totals.ok += 1,
            Status::Failed => self.totals.failed += 1,
            Status::Filtered => self.totals.filtered += 1,
            Status::Duplicate => self.totals.duplicates += 1,
        }
        self.totals.marked += u64::from(DuplicateRecord::is_marked(line));
        Ok(finished.status)
    }

    /// What became of the inputs, with what the run had left out.
    pub fn with(&self, before: RunTotals) -> RunTotals {
        RunTotals {
            read: before.read,
            filtered: before.filtered + self.totals.filtered,
            duplicates: before.duplicates + self.totals.duplicates,
            ..self.totals
        }
    }
}
