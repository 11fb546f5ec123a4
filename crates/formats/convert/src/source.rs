//! A record, and where its positions are in its text.

use std::collections::HashMap;
use std::ops::Range;

use docmill_core::layers::EntityRecord;
use docmill_core::{ByteMap, OffsetMap, OffsetUnit};
use docmill_jsonl::Record;

use crate::ConvertError;

/// A record with its text.
pub struct Source<'r> {
    /// The record.
    pub record: &'r Record,
    /// Its text.
    pub text: &'r str,
    bytes: ByteMap<'r>,
    codepoints: OffsetMap<'r>,
    entities: HashMap<&'r str, &'r EntityRecord>,
}

/// A stretch of the text that neither begins nor ends with white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch<'r> {
    /// First byte.
    pub byte_start: usize,
    /// One past the last byte.
    pub byte_end: usize,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The stretch.
    pub text: &'r str,
}

impl Stretch<'_> {
    /// Its bytes.
    pub fn bytes(self) -> Range<usize> {
        self.byte_start..self.byte_end
    }
}

impl<'r> Source<'r> {
    /// Looks at a record; `None` for a document that failed without a text.
    ///
    /// # Errors
    /// [`ConvertError::NoText`].
    pub fn new(record: &'r Record) -> Result<Option<Self>, ConvertError> {
        let Some(text) = record.text.as_deref() else {
            return match record.error {
                Some(_) => Ok(None),
                None => Err(ConvertError::NoText(record.id.clone())),
            };
        };
        Ok(Some(Self {
            record,
            text,
            bytes: ByteMap::new(text, record.offset_unit),
            codepoints: OffsetMap::new(text, OffsetUnit::Codepoint),
            entities: record.entities.iter().map(|entity| (entity.id.as_str(), entity)).collect(),
        }))
    }

    /// The mention with this id.
    pub fn entity(&self, id: &str) -> Option<&'r EntityRecord> {
        self.entities.get(id).copied()
    }

    /// The name of a mention: the canonical one, else its words.
    pub fn name(&self, id: &str) -> Option<&'r str> {
        self.entity(id).map(|entity| entity.canonical.as_deref().unwrap_or(&entity.text))
    }

    /// The stretch from one position of the record to another, without white space around it; `None` if nothing is
    /// left.
    ///
    /// # Errors
    /// [`ConvertError::NoSpan`].
    pub fn stretch(&self, start: u32, end: u32) -> Result<Option<Stretch<'r>>, ConvertError> {
        let wrong = || ConvertError::NoSpan { id: self.record.id.clone(), start, end };
        let (from, to) = self.bytes.byte(start).zip(self.bytes.byte(end)).ok_or_else(wrong)?;
        let whole = self.text.get(from..to).ok_or_else(wrong)?;
        let text = whole.trim_start_matches(is_space);
        let from = from + (whole.len() - text.len());
        let text = text.trim_end_matches(is_space);
        Ok((!text.is_empty()).then(|| self.at(from, from + text.len(), text)))
    }

    /// The stretch between two bytes.
    pub(crate) fn at(&self, byte_start: usize, byte_end: usize, text: &'r str) -> Stretch<'r> {
        let position = |byte: usize| self.codepoints.position(byte as u32);
        Stretch { byte_start, byte_end, start: position(byte_start), end: position(byte_end), text }
    }
}

/// White space as Python's `str.isspace` has it, which takes four separators (U+001C to U+001F) for white space that
/// Unicode's property leaves out. spaCy goes by it.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}
