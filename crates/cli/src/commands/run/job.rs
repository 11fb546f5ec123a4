//! From items to lines, in the workers.

use std::sync::Arc;

use docmill_core::{Document, Source};
use docmill_dedup::Signature;
use docmill_engine::{Job, Outcome, Unreadable};
use docmill_input::{Archive, Item};
use docmill_jsonl::Renderer;

use super::duplicates::{Duplicates, Sign};
use super::reuse;
use crate::memory::PER_BYTE;

/// Items to lines.
pub struct Lines {
    pub renderer: Renderer,
    pub archive: Archive,
    pub duplicates: Arc<Duplicates>,
    /// Whether the run's memory is bounded: then the index of duplicates takes from what documents may have.
    pub bounded: bool,
}

/// A line of the output on its way there.
#[derive(Debug, Default)]
pub struct Line {
    /// Empty if nothing is written.
    pub bytes: Vec<u8>,
    /// What tells whether the document doubles another, until that is decided.
    pub signature: Option<Box<Signature>>,
    /// The same as text, if the document is the first of its kind.
    pub first: Option<String>,
}

/// An item, and its record in an earlier run of the same settings, if there is one.
pub struct Input {
    item: Item,
    earlier: Option<Vec<u8>>,
}

impl From<Item> for Input {
    fn from(item: Item) -> Self {
        Self { item, earlier: None }
    }
}

impl Input {
    /// An item with the line of its record in an earlier run.
    pub fn with_earlier(item: Item, earlier: Option<Vec<u8>>) -> Self {
        Self { item, earlier }
    }
}

impl Job for Lines {
    type Input = Input;
    type Output = Line;

    fn bytes(&self, input: &Input) -> usize {
        // What is held of an input counts.
        let held = input.earlier.as_ref().map_or(0, Vec::len);
        usize::try_from(input.item.size_hint()).unwrap_or(usize::MAX).saturating_add(held)
    }

    fn spent(&self) -> u64 {
        if self.bounded { self.duplicates.bytes() as u64 / PER_BYTE } else { 0 }
    }

    fn id(&self, input: &Input) -> String {
        input.item.id()
    }

    fn source(&self, input: &Input) -> Source {
        input.item.source().clone()
    }

    fn known(&self, input: &mut Input) -> Option<(Source, Line)> {
        let mut bytes = input.earlier.take()?;
        let source = reuse::source(&self.archive, &input.item, &bytes)?;
        bytes.push(b'\n');
        // Which documents it doubles is another matter in this run.
        Some((source, self.duplicates.of_record(bytes)?))
    }

    fn open(&self, input: Input) -> Result<Document, Box<Unreadable>> {
        let mut doc = self.archive.load(input.item)?;
        if let Some(signature) = self.duplicates.signature(doc.text()) {
            if self.duplicates.leaves_out(&signature) {
                doc.filter_out("double of an earlier document");
            }
            doc.layers_mut().insert(Sign(signature));
        }
        Ok(doc)
    }

    fn finish(&self, outcome: &Outcome) -> Result<Option<Line>, String> {
        let (line, doc) = match outcome {
            Outcome::Done(doc) => (self.renderer.render(doc, None), Some(doc)),
            Outcome::Failed(doc, failure) => {
                (self.renderer.render(doc, Some((failure.stage.as_deref(), &failure.message))), Some(doc))
            }
            Outcome::Unreadable(failed) => {
                (self.renderer.render_unreadable(&failed.id, &failed.source, &failed.message), None)
            }
            Outcome::Filtered(doc) => (Ok(Vec::new()), Some(doc)),
        };
        let bytes = line.map_err(|error| error.to_string())?;
        let signature = doc.and_then(|doc| match doc.layers().get::<Sign>() {
            Some(Sign(signature)) => Some(signature.clone()),
            // It went with the layers of a document whose record could not be written.
            None => self.duplicates.signature(doc.text()),
        });
        Ok(Some(Line { bytes, signature: signature.map(Box::new), first: None }))
    }
}
