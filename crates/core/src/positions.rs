//! From a record's positions back to bytes of its text: the way back of `OffsetMap`.

use crate::OffsetUnit;

/// Units between two checkpoints: a lookup counts at most about this many characters.
const STRIDE: u32 = 128;

/// Position in an [`OffsetUnit`] to byte offset, for one text: what [`crate::OffsetMap`] did, undone.
#[derive(Debug)]
pub struct ByteMap<'t> {
    text: &'t str,
    unit: OffsetUnit,
    /// `checkpoints[i]`: position and byte of the first character at or after position `i * STRIDE`. Empty where
    /// positions are bytes.
    checkpoints: Vec<(u32, usize)>,
}

impl<'t> ByteMap<'t> {
    /// Prepares the conversion for `text`.
    pub fn new(text: &'t str, unit: OffsetUnit) -> Self {
        let mut checkpoints = Vec::new();
        if unit != OffsetUnit::Bytes && !text.is_ascii() {
            let mut position = 0;
            for (byte, c) in text.char_indices() {
                if position >= STRIDE * checkpoints.len() as u32 {
                    checkpoints.push((position, byte));
                }
                position += unit.width(c);
            }
        }
        Self { text, unit, checkpoints }
    }

    /// The byte of a position; `None` past the end of the text or inside a character.
    ///
    /// ```
    /// use docmill_core::{ByteMap, OffsetUnit};
    ///
    /// let map = ByteMap::new("Đà Nẵng", OffsetUnit::Codepoint);
    /// assert_eq!(map.byte(3), Some(5));
    /// assert_eq!(map.byte(99), None);
    /// // Half of a surrogate pair is no place.
    /// assert_eq!(ByteMap::new("🚀", OffsetUnit::Utf16).byte(1), None);
    /// ```
    pub fn byte(&self, position: u32) -> Option<usize> {
        if self.checkpoints.is_empty() {
            return Some(position as usize).filter(|&byte| self.text.is_char_boundary(byte));
        }
        let block = ((position / STRIDE) as usize).min(self.checkpoints.len() - 1);
        // A character of two units may lie across the checkpoint.
        let before = |&i: &usize| self.checkpoints[i].0 <= position;
        let (mut at, mut byte) = self.checkpoints[(0..=block).rev().find(before)?];
        let mut chars = self.text.get(byte..)?.chars();
        while at < position {
            let c = chars.next()?;
            at += self.unit.width(c);
            byte += c.len_utf8();
        }
        (at == position).then_some(byte)
    }

    /// The bytes of a range of positions; `None` if it is empty, reversed, or does not fit the text.
    ///
    /// ```
    /// # use docmill_core::{ByteMap, OffsetUnit};
    /// let text = "Đà Nẵng";
    /// let (start, end) = ByteMap::new(text, OffsetUnit::Codepoint).range(3, 7).unwrap();
    /// assert_eq!(text.get(start..end), Some("Nẵng"));
    /// ```
    pub fn range(&self, start: u32, end: u32) -> Option<(usize, usize)> {
        let (from, to) = (self.byte(start)?, self.byte(end)?);
        (from < to).then_some((from, to))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::OffsetMap;

    const UNITS: [OffsetUnit; 3] = [OffsetUnit::Codepoint, OffsetUnit::Bytes, OffsetUnit::Utf16];

    proptest! {
        #[test]
        fn is_the_way_back_of_the_offset_map(text in "(a|é|Ж|🛰️|e\u{301}|\r\n){0,300}") {
            for unit in UNITS {
                let there = OffsetMap::new(&text, unit);
                let back = ByteMap::new(&text, unit);
                for byte in text.char_indices().map(|(i, _)| i).chain([text.len()]) {
                    prop_assert_eq!(back.byte(there.position(byte as u32)), Some(byte));
                }
                let behind = there.position(text.len() as u32) + 1;
                prop_assert_eq!(back.byte(behind), None);
            }
        }
    }

    #[test]
    fn a_position_inside_a_character_is_none() {
        assert_eq!(ByteMap::new("a🛰b", OffsetUnit::Utf16).byte(2), None);
        assert_eq!(ByteMap::new("a🛰b", OffsetUnit::Bytes).byte(3), None);
        assert_eq!(ByteMap::new("a🛰b", OffsetUnit::Utf16).range(3, 4), Some((5, 6)));
        assert_eq!(ByteMap::new("a🛰b", OffsetUnit::Utf16).range(3, 3), None);
        assert_eq!(ByteMap::new("abc", OffsetUnit::Codepoint).range(2, u32::MAX), None);
    }
}
