//! What the page holds of the run: its documents, their stances, and what was left out.

use std::collections::HashMap;

use docmill_core::layers::{Modality, Relation, StancePolarity};
use docmill_jsonl::{Record, RecordStatus};
use serde::Serialize;

use crate::document::{DocumentData, Valence};

/// What a page does not show, said on the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Documents beyond the limit.
    pub documents: u64,
    /// Lines that hold no record.
    pub unreadable: u64,
}

/// The run as the page's script reads it.
#[derive(Debug, Serialize)]
pub(crate) struct Index {
    /// Name of the file, as the user gave it.
    pub file: String,
    pub run_ids: Vec<String>,
    pub documents: Vec<Entry>,
    /// Names of entities, holders and targets; the rest refers to them by index.
    pub names: Vec<String>,
    pub stances: Vec<StanceEntry>,
    pub left_out: LeftOut,
    #[serde(skip)]
    known: HashMap<String, u32>,
}

/// A document in the list.
#[derive(Debug, Serialize)]
pub(crate) struct Entry {
    pub id: String,
    pub title: Option<String>,
    pub publication: Option<String>,
    pub date: Option<String>,
    /// True if the date is that of the latest citation, for want of a better one.
    pub date_from_citation: bool,
    pub status: RecordStatus,
    pub sentiment: Option<Valence>,
    pub names: Vec<u32>,
}

/// A stance in the matrix.
#[derive(Debug, Serialize)]
pub(crate) struct StanceEntry {
    pub document: u32,
    /// Index among the document's stances.
    pub item: u32,
    pub holder: u32,
    pub target: u32,
    pub polarity: StancePolarity,
    pub modality: Modality,
    pub relation: Option<Relation>,
}

impl Index {
    pub fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            run_ids: Vec::new(),
            documents: Vec::new(),
            names: Vec::new(),
            stances: Vec::new(),
            left_out: LeftOut::default(),
            known: HashMap::new(),
        }
    }

    /// Adds a document; the documents count from 0.
    pub fn add(&mut self, record: &Record, data: &DocumentData<'_>) {
        let document = self.documents.len() as u32;
        if !self.run_ids.contains(&record.run_id) {
            self.run_ids.push(record.run_id.clone());
        }
        let mut names: Vec<u32> = data.entities.iter().map(|entity| self.name(entity.name)).collect();
        names.sort_unstable();
        names.dedup();
        let latest = record.citations.iter().filter_map(|citation| citation.date.as_ref()).max();
        self.documents.push(Entry {
            id: record.id.clone(),
            title: record.meta.title.clone(),
            publication: record.meta.publication.clone(),
            date: record.meta.date.as_ref().or(latest).cloned(),
            date_from_citation: record.meta.date.is_none() && latest.is_some(),
            status: record.status,
            sentiment: data.sentiment,
            names,
        });
        for (item, stance) in data.stances.iter().enumerate() {
            let entry = StanceEntry {
                document,
                item: item as u32,
                holder: self.name(&stance.holder),
                target: self.name(stance.target),
                polarity: stance.polarity,
                modality: stance.modality,
                relation: stance.relation,
            };
            self.stances.push(entry);
        }
    }

    fn name(&mut self, name: &str) -> u32 {
        if let Some(&known) = self.known.get(name) {
            return known;
        }
        let index = self.names.len() as u32;
        self.known.insert(name.to_owned(), index);
        self.names.push(name.to_owned());
        index
    }
}
