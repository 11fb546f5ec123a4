//! From byte offsets to the unit that a reader of the output slices by.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a position counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OffsetUnit {
    /// Unicode code points, as in Python, DuckDB's `substring` and polars.
    #[default]
    Codepoint,
    /// UTF-8 bytes, as in Rust and Go.
    Bytes,
    /// UTF-16 code units, as in JavaScript and Java.
    Utf16,
}

impl OffsetUnit {
    /// Units that a character counts.
    ///
    /// ```
    /// use docmill_core::OffsetUnit;
    ///
    /// let rocket = '🚀';
    /// assert_eq!(OffsetUnit::Codepoint.width(rocket), 1);
    /// assert_eq!(OffsetUnit::Bytes.width(rocket), 4);
    /// assert_eq!(OffsetUnit::Utf16.width(rocket), 2);
    /// ```
    pub fn width(self, c: char) -> u32 {
        match self {
            Self::Codepoint => 1,
            Self::Bytes => c.len_utf8() as u32,
            Self::Utf16 => c.len_utf16() as u32,
        }
    }
}

/// Bytes between two checkpoints: a lookup counts at most this many.
const STRIDE: usize = 128;

/// Byte offset to position in an [`OffsetUnit`], for one text.
///
/// Keeps one count per 128 bytes (3% of the text); a text of one-byte characters needs none.
#[derive(Debug)]
pub struct OffsetMap<'t> {
    text: &'t str,
    unit: OffsetUnit,
    /// `checkpoints[i]`: units before byte `i * STRIDE`. Empty where positions equal bytes.
    checkpoints: Vec<u32>,
}

impl<'t> OffsetMap<'t> {
    /// Prepares the conversion for `text`.
    pub fn new(text: &'t str, unit: OffsetUnit) -> Self {
        let mut checkpoints = Vec::new();
        if unit != OffsetUnit::Bytes && !text.is_ascii() {
            checkpoints.reserve(text.len() / STRIDE + 1);
            let mut total = 0;
            for block in text.as_bytes().chunks(STRIDE) {
                checkpoints.push(total);
                total += units(block, unit);
            }
        }
        Self { text, unit, checkpoints }
    }

    /// The unit of the positions that [`OffsetMap::position`] returns.
    pub fn unit(&self) -> OffsetUnit {
        self.unit
    }

    /// Position of byte `byte`, which must be on a char boundary (or the length of the text).
    ///
    /// ```
    /// use docmill_core::{OffsetMap, OffsetUnit};
    ///
    /// let text = "Đà Nẵng";
    /// let byte = text.find('N').unwrap() as u32;
    /// assert_eq!(byte, 5);
    /// assert_eq!(OffsetMap::new(text, OffsetUnit::Codepoint).position(byte), 3);
    /// ```
    pub fn position(&self, byte: u32) -> u32 {
        if self.checkpoints.is_empty() {
            return byte;
        }
        let byte = byte as usize;
        let block = (byte / STRIDE).min(self.checkpoints.len() - 1);
        self.checkpoints[block] + units(&self.text.as_bytes()[block * STRIDE..byte], self.unit)
    }
}

/// Units that begin in `bytes`, a stretch of UTF-8 that may start or end inside a character.
fn units(bytes: &[u8], unit: OffsetUnit) -> u32 {
    let starts = bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count();
    let pairs = match unit {
        // A four-byte character takes a surrogate pair.
        OffsetUnit::Utf16 => bytes.iter().filter(|&&b| b >= 0xF0).count(),
        _ => 0,
    };
    (starts + pairs) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_counting(text in "(a|é|Ж|🛰️|e\u{301}|\r\n){0,200}") {
            for unit in [OffsetUnit::Codepoint, OffsetUnit::Bytes, OffsetUnit::Utf16] {
                let map = OffsetMap::new(&text, unit);
                for byte in text.char_indices().map(|(i, _)| i).chain([text.len()]) {
                    let before = text.get(..byte).unwrap();
                    let expected = match unit {
                        OffsetUnit::Codepoint => before.chars().count(),
                        OffsetUnit::Bytes => byte,
                        OffsetUnit::Utf16 => before.encode_utf16().count(),
                    };
                    prop_assert_eq!(map.position(byte as u32) as usize, expected);
                }
            }
        }
    }
}
