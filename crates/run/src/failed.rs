//! The documents of an output that failed.

use std::collections::HashMap;

use anyhow::{Context, Result};
use docmill_core::Source;
use docmill_input::Item;
use docmill_jsonl::{FailedDocument, InOrder, Layout, Quarantine, RecordError, RecordStatus};
use serde::Deserialize;

/// The documents of an output that failed.
pub struct Failed {
    documents: Vec<FailedDocument>,
    /// Ids alone may stand twice where they come from the archive.
    places: HashMap<Key, usize>,
}

/// Who a document is: id, path, member, record.
type Key = (String, String, Option<String>, Option<u64>);

/// What is looked at in each record.
#[derive(Deserialize)]
pub struct Head {
    pub schema_version: String,
    pub run_id: String,
    pub id: String,
    status: RecordStatus,
    error: Option<RecordError>,
    pub source: Source,
}

impl Head {
    pub fn is_failed(&self) -> bool {
        self.status == RecordStatus::Failed
    }

    /// As the quarantine lists it, if it failed.
    pub fn into_failed(self) -> Option<FailedDocument> {
        let error = self.error.filter(|_| self.status == RecordStatus::Failed)?;
        Some(FailedDocument {
            id: self.id,
            source: self.source,
            stage: error.stage,
            message: error.message,
            causes: Vec::new(),
            attempt: 1,
        })
    }
}

impl Failed {
    /// From the quarantine, or, where it has been lost, from the records themselves.
    pub fn read(layout: &Layout) -> Result<Self> {
        if layout.quarantine().exists() {
            return Self::listed(layout);
        }
        Ok(Self::new(from_records(layout)?))
    }

    /// From the quarantine; none if there is none.
    pub fn listed(layout: &Layout) -> Result<Self> {
        let quarantine = layout.quarantine();
        let documents = if quarantine.exists() { Quarantine::read(&quarantine)? } else { Vec::new() };
        Ok(Self::new(documents))
    }

    fn new(documents: Vec<FailedDocument>) -> Self {
        let place = |(i, d): (usize, &FailedDocument)| (key(&d.id, &d.source), i);
        let places = documents.iter().enumerate().map(place).collect();
        Self { documents, places }
    }

    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    pub fn len(&self) -> usize {
        self.documents.len()
    }

    pub fn documents(&self) -> &[FailedDocument] {
        &self.documents
    }

    /// Its number in the list.
    pub fn number(&self, id: &str, source: &Source) -> Option<usize> {
        self.places.get(&key(id, source)).copied()
    }

    /// The item, if it is one of them; under the id that the run gave it because an earlier document had its own.
    pub fn wanted(&self, item: Item) -> Option<Item> {
        let is_one = |item: &Item| self.number(&item.id(), item.source()).is_some();
        if is_one(&item) {
            return Some(item);
        }
        // Only the files with failed documents are read again: the earlier document may be in another one.
        let placed = item.with_its_place();
        is_one(&placed).then_some(placed)
    }
}

fn key(id: &str, source: &Source) -> Key {
    (id.to_owned(), source.path.clone(), source.member.clone(), source.line)
}

fn from_records(layout: &Layout) -> Result<Vec<FailedDocument>> {
    let mut records = InOrder::open(layout.name())?;
    let mut failed = Vec::new();
    while let Some(line) = records.next_line()? {
        let head: Head = serde_json::from_slice(line)
            .with_context(|| format!("{}: not a docmill record", layout.name().display()))?;
        failed.extend(head.into_failed());
    }
    Ok(failed)
}
