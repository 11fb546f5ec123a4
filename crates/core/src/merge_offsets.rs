//! How far the layers of a window move when they are merged into those of the document.

use crate::Span;

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
