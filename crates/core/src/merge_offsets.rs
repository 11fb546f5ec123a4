//! How far the layers of a window move when they are merged into those of the document.

use crate::layers::{Citations, Clusters, Entities, Quotes, Sentences, Stances, Times, Tokens};
use crate::{Layers, Span};

/// How far a window's positions move when its layers are merged into the document's, and how far its indices into
/// docmill's own layers.
///
/// A long document goes through the stages in windows. Positions in a window's layers count from the window's start; see
/// [`Layer::append`](crate::Layer::append).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MergeOffsets {
    /// Byte of the document at which the window begins.
    pub bytes: u32,
    /// Paragraphs before it.
    pub paragraphs: u32,
    /// Sentences before it.
    pub sentences: u32,
    /// Tokens before it.
    pub tokens: u32,
    /// Entity mentions before it.
    pub entities: u32,
    /// Clusters before it.
    pub clusters: u32,
    /// Quotations before it.
    pub quotes: u32,
    /// Citations before it.
    pub citations: u32,
    /// Stances before it.
    pub stances: u32,
    /// Expressions of time before it.
    pub times: u32,
}

impl MergeOffsets {
    /// The offsets of a window that begins at `byte`, after the layers that have been merged so far.
    pub fn after(joined: &Layers, byte: usize) -> Self {
        let sentences = joined.get::<Sentences>();
        Self {
            bytes: byte as u32,
            paragraphs: sentences.and_then(|s| s.items.last()).map_or(0, |last| last.paragraph + 1),
            sentences: sentences.map_or(0, |layer| layer.items.len() as u32),
            tokens: joined.get::<Tokens>().map_or(0, |layer| layer.all().len() as u32),
            entities: joined.get::<Entities>().map_or(0, |layer| layer.items.len() as u32),
            clusters: joined.get::<Clusters>().map_or(0, |layer| layer.items.len() as u32),
            quotes: joined.get::<Quotes>().map_or(0, |layer| layer.items.len() as u32),
            citations: joined.get::<Citations>().map_or(0, |layer| layer.items.len() as u32),
            stances: joined.get::<Stances>().map_or(0, |layer| layer.items.len() as u32),
            times: joined.get::<Times>().map_or(0, |layer| layer.items.len() as u32),
        }
    }

    /// A span of the window, as one of the document.
    ///
    /// ```
    /// use docmill_core::{MergeOffsets, Span};
    ///
    /// let second_window = MergeOffsets { bytes: 1000, ..MergeOffsets::default() };
    /// assert_eq!(second_window.span(Span::new(3, 7)), Span::new(1003, 1007));
    /// ```
    pub fn span(self, span: Span) -> Span {
        Span { start: span.start + self.bytes, end: span.end + self.bytes }
    }
}
