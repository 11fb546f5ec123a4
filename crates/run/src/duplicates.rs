//! Which documents double earlier ones, and what becomes of them.

use std::borrow::Cow;
use std::sync::{PoisonError, RwLock};

use anyhow::{Context, Result};
use docmill_dedup::{Find, Index, Kind, Settings, Signature};
use docmill_engine::{Finished, Status};
use docmill_jsonl::{DuplicateKind, DuplicateRecord};
use serde::Deserialize;

use crate::line::Line;

/// Which documents double earlier ones. Shared by the workers, which make signatures in any order, and the sink, which
/// decides in input order.
///
/// The sink's answer for a document depends on the documents before it and on nothing else. A worker may ask earlier,
/// while some of those are still under way: whatever it finds then is what the sink will find, since the first of all
/// that match is the one reported, and those that are known by then come before those that are not.
#[derive(Debug)]
pub struct Duplicates {
    settings: Settings,
    index: RwLock<Index>,
}

/// The text of a record.
#[derive(Deserialize)]
struct Text<'l> {
    #[serde(borrow)]
    text: Option<Cow<'l, str>>,
}

impl Duplicates {
    /// Nothing has been seen yet.
    pub fn new(settings: Settings) -> Self {
        let index = RwLock::new(Index::new(&settings));
        Self { settings, index }
    }

    /// The signature of a text, if anybody will ask for it.
    pub fn signature(&self, text: &str) -> Option<Signature> {
        (self.settings.find != Find::None).then(|| Signature::of(text))
    }

    /// Bytes of memory that the documents seen so far take; they grow with their number.
    pub fn bytes(&self) -> usize {
        self.index.read().unwrap_or_else(PoisonError::into_inner).bytes()
    }

    /// A record of an earlier run on its way into this one, without its mark; none if there is no text to tell of what it is
    /// a double.
    pub fn of_record(&self, mut bytes: Vec<u8>) -> Option<Line> {
        DuplicateRecord::mark(None, &mut bytes).ok()?;
        if self.settings.find == Find::None {
            return Some(Line { bytes, ..Line::default() });
        }
        let Text { text } = serde_json::from_slice(&bytes).ok()?;
        let signature = self.signature(&text?).map(Box::new);
        Some(Line { bytes, signature, ..Line::default() })
    }

    /// True if the document will be left out, as far as can be told yet: then no stage needs to see it.
    pub fn leaves_out(&self, signature: &Signature) -> bool {
        if !self.settings.drop {
            return false;
        }
        let index = self.index.read().unwrap_or_else(PoisonError::into_inner);
        index.find(signature).is_some_and(|found| index.is_whole(found.first))
    }

    /// Knows a document of an earlier run.
    pub fn restore(&self, id: &str, signature: &str, whole: bool) -> Result<()> {
        let signature = Signature::from_text(signature)
            .with_context(|| format!("the journal's entry of {id}; start over with --restart"))?;
        self.index.write().unwrap_or_else(PoisonError::into_inner).insert(id, &signature, whole);
        Ok(())
    }

    /// Decides on the next document in input order, and marks its line or takes it away.
    ///
    /// A document is left out only if the record of the first one has every layer: a failed one is no reason to lose
    /// another. Then it is left out however it ended itself: whether stages saw it is a matter of chance.
    pub fn settle(&self, mut finished: Finished<Line>) -> Result<Finished<Line>> {
        let Some(line) = &mut finished.output else { return Ok(finished) };
        let Some(signature) = line.signature.take() else { return Ok(finished) };
        let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
        match index.find(&signature) {
            Some(found) if self.settings.drop && index.is_whole(found.first) => {
                finished.status = Status::Duplicate;
                finished.words = 0;
                finished.failure = None;
                line.bytes.clear();
            }
            // A document that a stage took out is in the output neither itself nor as a reference.
            _ if finished.status == Status::Filtered => {}
            Some(found) => {
                let kind = match found.kind {
                    Kind::Exact => DuplicateKind::Exact,
                    Kind::Near => DuplicateKind::Near,
                };
                let of = index.id(found.first).to_owned();
                let similarity = (found.similarity * 1e4).round() / 1e4;
                DuplicateRecord::mark(Some(&DuplicateRecord { of, kind, similarity }), &mut line.bytes)?;
                line.marked = true;
            }
            None => {
                index.insert(&finished.id, &signature, finished.status == Status::Ok);
                line.first = Some(signature.to_text());
            }
        }
        Ok(finished)
    }
}
