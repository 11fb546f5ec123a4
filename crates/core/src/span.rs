//! A stretch of a document's text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A half-open range of **byte** offsets into a document's text, both ends on char boundaries.
///
/// Spans order by start, then by end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from byte `start` to byte `end` (exclusive).
    ///
    /// Positions fit in 32 bits because [`crate::Document::new`] refuses longer texts.
    ///
    /// ```
    /// use docmill_core::Span;
    ///
    /// let word = Span::new(6, 9);
    /// assert_eq!(word.slice("Naryn Osh"), Some("Osh"));
    /// ```
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span ends at or after its start: {start}..{end}");
        Self { start: start as u32, end: end as u32 }
    }

    /// The same range as `usize`, for slicing.
    ///
    /// ```
    /// # use docmill_core::Span;
    /// assert_eq!(Span::new(2, 5).range(), 2..5);
    /// ```
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    ///
    /// ```
    /// # use docmill_core::Span;
    /// // Bytes, not characters.
    /// assert_eq!(Span::new(0, "Đà".len()).len(), 4);
    /// ```
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True if the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True if every byte of `other` lies in this span.
    ///
    /// ```
    /// # use docmill_core::Span;
    /// let sentence = Span::new(0, 20);
    /// assert!(sentence.contains(Span::new(3, 20)));
    /// assert!(!sentence.contains(Span::new(3, 21)));
    /// ```
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True if the two share at least one byte.
    ///
    /// ```
    /// # use docmill_core::Span;
    /// assert!(Span::new(0, 5).overlaps(Span::new(4, 9)));
    /// // Neighbours share nothing.
    /// assert!(!Span::new(0, 5).overlaps(Span::new(5, 9)));
    /// ```
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    ///
    /// ```
    /// # use docmill_core::Span;
    /// let (title, name) = (Span::new(0, 9), Span::new(10, 16));
    /// assert_eq!(title.cover(name), Span::new(0, 16));
    /// ```
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The text of the span, or `None` if it does not lie on char boundaries inside `text`.
    ///
    /// ```
    /// # use docmill_core::Span;
    /// let text = "Đà Nẵng";
    /// assert_eq!(Span::new(0, 4).slice(text), Some("Đà"));
    /// assert_eq!(Span::new(0, 1).slice(text), None, "inside a character");
    /// assert_eq!(Span::new(0, 99).slice(text), None, "past the end");
    /// ```
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }
}

/// A span as the output shows it: positions in the record's `offset_unit`, and the text between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SpanRecord {
    /// First position, 0-based, in the record's offset unit.
    pub start: u32,
    /// One past the last position.
    pub end: u32,
    /// The text between the two, repeated so that every reader can check its slicing.
    pub text: String,
}
