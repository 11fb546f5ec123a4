//! What an output holds, counted.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::record::RecordStatus;
use crate::{JsonlError, Reader};

/// What an output holds, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Records.
    pub documents: u64,
    /// Records with status `failed`.
    pub failed: u64,
    /// Failures by stage; those without one are under `input`.
    pub failed_by_stage: BTreeMap<String, u64>,
    /// Documents that a stage did not run on, by stage.
    pub skipped_by_stage: BTreeMap<String, u64>,
    /// Records marked as doubles of earlier documents, by kind.
    pub duplicates: BTreeMap<String, u64>,
    /// Documents that are not in the output, if its `run.json` is there to say.
    pub left_out: Option<LeftOut>,
    /// Bytes of the documents as they were read.
    pub source_bytes: u64,
    /// Bytes of the records, before compression.
    pub record_bytes: u64,
    /// Sentences.
    pub sentences: u64,
    /// Entity mentions by type.
    pub entities: BTreeMap<String, u64>,
    /// Stances by polarity.
    pub stances: BTreeMap<String, u64>,
    /// Quotations by kind.
    pub quotes: BTreeMap<String, u64>,
    /// Citations by outlet.
    pub citations: BTreeMap<String, u64>,
    /// The names that are mentioned most, most frequent first.
    pub names: Vec<Name>,
}

/// Documents that were read and left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Taken out by a stage on purpose.
    pub filtered: u64,
    /// Doubles of earlier documents.
    pub duplicates: u64,
}

/// A name and how often it is mentioned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Name {
    /// The canonical name, where mentions have one, else their words.
    pub name: String,
    /// Type of the entity.
    pub label: String,
    /// Mentions.
    pub mentions: u64,
    /// Records that mention it.
    pub documents: u64,
}

impl Summary {
    /// Counts all records; lists the `top` names. Memory grows with the number of different names and outlets, not
    /// with the number of records.
    ///
    /// # Errors
    /// Those of [`Reader::next_line`], and a line that is no record.
    pub fn read(mut reader: Reader, top: usize) -> Result<Self, JsonlError> {
        let mut summary = Self::default();
        let mut names = Names::default();
        while let Some((line, bytes)) = reader.next_line()? {
            let message = match serde_json::from_slice(bytes) {
                Ok(record) => {
                    summary.record_bytes += bytes.len() as u64 + 1;
                    summary.add(&record, &mut names);
                    continue;
                }
                Err(error) => format!("not a docmill record: {error}"),
            };
            return Err(JsonlError::Line { path: reader.path().to_owned(), line, message });
        }
        summary.names = names.top(top);
        Ok(summary)
    }

    fn add(&mut self, record: &Counted<'_>, names: &mut Names) {
        self.documents += 1;
        if record.status == RecordStatus::Failed {
            self.failed += 1;
            let stage = record.error.as_ref().and_then(|error| error.stage.as_deref());
            count(&mut self.failed_by_stage, stage.unwrap_or("input"));
        }
        record.skipped.iter().for_each(|skipped| count(&mut self.skipped_by_stage, &skipped.stage));
        if let Some(duplicate) = &record.duplicate {
            count(&mut self.duplicates, &duplicate.kind);
        }
        self.source_bytes += record.source.bytes;
        self.sentences += record.sentences.len() as u64;
        for entity in &record.entities {
            count(&mut self.entities, &entity.label);
            names.add(entity, self.documents);
        }
        record.stances.iter().for_each(|stance| count(&mut self.stances, &stance.polarity));
        record.quotes.iter().for_each(|quote| count(&mut self.quotes, &quote.kind));
        record.citations.iter().for_each(|citation| count(&mut self.citations, &citation.outlet));
    }
}

fn count(counts: &mut BTreeMap<String, u64>, key: &str) {
    match counts.get_mut(key) {
        Some(count) => *count += 1,
        None => drop(counts.insert(key.to_owned(), 1)),
    }
}

/// Names by type and word.
#[derive(Default)]
struct Names(BTreeMap<String, BTreeMap<String, Tally>>);

#[derive(Default)]
struct Tally {
    mentions: u64,
    documents: u64,
    /// Number of the record that mentioned it last.
    last: u64,
}

impl Names {
    fn add(&mut self, entity: &CountedEntity<'_>, record: u64) {
        let name = entity.canonical.as_ref().unwrap_or(&entity.text);
        if !self.0.contains_key(&*entity.label) {
            self.0.insert(entity.label.to_string(), BTreeMap::new());
        }
        let Some(names) = self.0.get_mut(&*entity.label) else { return };
        let mentions = match names.get_mut(&**name) {
            Some(mentions) => mentions,
            None => names.entry(name.to_string()).or_default(),
        };
        mentions.mentions += 1;
        mentions.documents += u64::from(mentions.last != record);
        mentions.last = record;
    }

    fn top(self, top: usize) -> Vec<Name> {
        let mut all: Vec<Name> = Vec::new();
        for (label, names) in self.0 {
            all.extend(names.into_iter().map(|(name, counts)| Name {
                name,
                label: label.clone(),
                mentions: counts.mentions,
                documents: counts.documents,
            }));
        }
        // By name where the counts are equal: the map's order, which the sort keeps.
        all.sort_by_key(|name| std::cmp::Reverse((name.mentions, name.documents)));
        all.truncate(top);
        all
    }
}

/// The keys of [`crate::Record`] that are counted; the others are passed over.
#[derive(Deserialize)]
struct Counted<'a> {
    status: RecordStatus,
    #[serde(borrow)]
    error: Option<CountedError<'a>>,
    #[serde(borrow, default)]
    skipped: Vec<CountedSkip<'a>>,
    #[serde(borrow, default)]
    duplicate: Option<CountedDuplicate<'a>>,
    source: CountedSource,
    sentences: Vec<IgnoredAny>,
    #[serde(borrow)]
    entities: Vec<CountedEntity<'a>>,
    #[serde(borrow)]
    stances: Vec<CountedStance<'a>>,
    #[serde(borrow)]
    quotes: Vec<CountedQuote<'a>>,
    #[serde(borrow)]
    citations: Vec<CountedCitation<'a>>,
}

#[derive(Deserialize)]
struct CountedError<'a> {
    #[serde(borrow)]
    stage: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct CountedSkip<'a> {
    #[serde(borrow)]
    stage: Cow<'a, str>,
}

#[derive(Deserialize)]
struct CountedDuplicate<'a> {
    #[serde(borrow)]
    kind: Cow<'a, str>,
}

#[derive(Deserialize)]
struct CountedSource {
    bytes: u64,
}

#[derive(Deserialize)]
struct CountedEntity<'a> {
    #[serde(borrow)]
    label: Cow<'a, str>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow)]
    canonical: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct CountedStance<'a> {
    #[serde(borrow)]
    polarity: Cow<'a, str>,
}

#[derive(Deserialize)]
struct CountedQuote<'a> {
    #[serde(borrow)]
    kind: Cow<'a, str>,
}

#[derive(Deserialize)]
struct CountedCitation<'a> {
    #[serde(borrow)]
    outlet: Cow<'a, str>,
}
