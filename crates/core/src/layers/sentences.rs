use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Layer, MergeOffsets, Span, View};

/// One sentence, headline or list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its span, without surrounding white space.
    pub span: Span,
    /// 0-based number of the paragraph it belongs to.
    pub paragraph: u32,
}

/// The sentences of a document, in order and without overlap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sentences {
    /// In text order.
    pub items: Vec<Sentence>,
}

impl Sentences {
    /// Index of the sentence that contains byte `at`, or of the last one that begins before it.
    pub fn index_at(&self, at: u32) -> Option<usize> {
        self.items.partition_point(|s| s.span.start <= at).checked_sub(1)
    }
}

/// A sentence in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SentenceRecord {
    /// `s0`, `s1`, ...
    pub id: String,
    /// First position, 0-based, in the record's offset unit.
    pub start: u32,
    /// One past the last position.
    pub end: u32,
    /// The text of the sentence.
    pub text: String,
    /// 0-based number of its paragraph.
    pub paragraph: u32,
}

impl Layer for Sentences {
    const NAME: &'static str = "sentences";
    const JOINS: bool = true;
    type Record = Vec<SentenceRecord>;

    fn record(&self, view: &View<'_>) -> Self::Record {
        let record = |(i, sentence): (usize, &Sentence)| {
            let span = view.span(sentence.span);
            SentenceRecord {
                id: format!("s{i}"),
                start: span.start,
                end: span.end,
                text: span.text,
                paragraph: sentence.paragraph,
            }
        };
        self.items.iter().enumerate().map(record).collect()
    }

    fn rebase(&mut self, offsets: &MergeOffsets) {
        for sentence in &mut self.items {
            sentence.span = offsets.span(sentence.span);
            sentence.paragraph += offsets.paragraphs;
        }
    }

    fn append(&mut self, next: Self) {
        self.items.extend(next.items);
    }
}
