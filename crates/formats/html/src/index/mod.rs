//! What the page holds of the run: every document with what it can be counted by, whether or not its text is in the page.

mod coded;
mod events;
mod names;
mod places;
mod stances;

use docmill_core::layers::Polarity;
use docmill_jsonl::{Record, RecordStatus};
use serde::Serialize;

use coded::Coded;
use events::Events;
pub(crate) use names::unnamed_holder;
use names::{DocumentNames, Names};
use places::Places;
use stances::Stances;

/// What a page does not show, said on the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Documents that are counted, but whose texts are not in the page.
    pub texts: u64,
    /// Lines that hold no record.
    pub unreadable: u64,
}

/// The run as the page's script reads it.
#[derive(Debug, Serialize)]
pub(crate) struct Index {
    /// Name of the file, as the user gave it.
    pub file: String,
    pub run_ids: Vec<String>,
    pub documents: Documents,
    /// Names of entities, holders, targets and parties; the rest refers to them by number.
    names: Names,
    places: Places,
    stances: Stances,
    events: Events,
    pub left_out: LeftOut,
    /// Documents with their texts in the page, if not all.
    pub texts: Option<Vec<u32>>,
}

/// Documents, a column each.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Documents {
    id: Vec<String>,
    title: Vec<Option<String>>,
    /// The outlet that published it.
    outlet: Coded,
    date: Coded,
    /// Those whose date is that of the latest citation, for want of a better one.
    dated_by_citation: Vec<u32>,
    failed: Vec<u32>,
    /// Direction and strength.
    sentiment: Vec<Option<(Polarity, f64)>>,
    names: Vec<Vec<u32>>,
    /// Outlets cited, each once.
    cited: Vec<Vec<u32>>,
    places: Vec<Vec<u32>>,
    /// How many items there are of layers that the page does not know.
    layers: Vec<u32>,
    /// Names of cited outlets.
    sources: Coded,
    stances: Vec<u32>,
    events: Vec<u32>,
    quotes: Vec<u32>,
}

impl Index {
    pub fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            run_ids: Vec::new(),
            documents: Documents::default(),
            names: Names::default(),
            places: Places::default(),
            stances: Stances::default(),
            events: Events::default(),
            left_out: LeftOut::default(),
            texts: None,
        }
    }

    /// The number of documents.
    pub fn len(&self) -> usize {
        self.documents.id.len()
    }

    /// Adds a document; they count from 0.
    pub fn add(&mut self, record: &Record) {
        let number = self.len() as u32;
        if !self.run_ids.contains(&record.run_id) {
            self.run_ids.push(record.run_id.clone());
        }
        let names = DocumentNames::new(record, &mut self.names);
        let places = self.places.of(record);
        let (stances, events) = (self.stances.len(), self.events.len());
        self.stances.add(number, record, &names, &mut self.names);
        self.events.add(number, record, &names, &mut self.names, &places);
        let documents = &mut self.documents;
        documents.add(number, record);
        documents.names.push(names.in_text());
        documents.places.push(sorted(places.into_values()));
        documents.stances.push((self.stances.len() - stances) as u32);
        documents.events.push((self.events.len() - events) as u32);
    }

    /// Makes the names final; nothing is added behind it.
    pub fn finish(&mut self) {
        self.names.finish();
    }
}

impl Documents {
    fn add(&mut self, number: u32, record: &Record) {
        let latest = record.citations.iter().filter_map(|citation| citation.date.as_deref()).max();
        self.id.push(record.id.clone());
        self.title.push(record.meta.title.clone());
        self.outlet.push(record.meta.publication.as_deref());
        self.date.push(record.meta.date.as_deref().or(latest));
        if record.meta.date.is_none() && latest.is_some() {
            self.dated_by_citation.push(number);
        }
        if record.status == RecordStatus::Failed {
            self.failed.push(number);
        }
        let sentiment = record.sentiment.document.as_ref();
        self.sentiment.push(sentiment.map(|valence| (valence.label, valence.score)));
        let cited = record.citations.iter().map(|citation| self.sources.number(&citation.outlet));
        self.cited.push(sorted(cited));
        self.layers.push(record.layer_items().count() as u32);
        self.quotes.push(record.quotes.len() as u32);
    }
}

fn sorted(numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut numbers: Vec<u32> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// The word that a record has for a value.
fn word(value: impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}
