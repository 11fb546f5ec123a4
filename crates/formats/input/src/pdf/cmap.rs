//! Maps from the codes of a font to characters, as a font states them (`ToUnicode`).

use std::collections::HashMap;

use super::content::{Token, Tokens};

/// Entries of one map, at most.
const ENTRIES: usize = 200_000;

/// A map from codes to characters.
#[derive(Debug, Default)]
pub(super) struct CMap {
    chars: HashMap<(u8, u32), String>,
    ranges: Vec<Range>,
    /// Length of the codes (bytes), if the map states it.
    pub length: Option<usize>,
}

#[derive(Debug)]
struct Range {
    length: u8,
    low: u32,
    high: u32,
    start: Vec<u16>,
}

impl CMap {
    /// Reads a map; what makes no sense in it is passed over.
    pub fn parse(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut operands: Vec<Token> = Vec::new();
        for token in Tokens::new(bytes) {
            let Token::Operator(operator) = token else {
                if operands.len() < ENTRIES {
                    operands.push(token);
                }
                continue;
            };
            match operator.as_slice() {
                b"endcodespacerange" => {
                    let longest = operands.iter().filter_map(text).map(<[u8]>::len).max();
                    map.length = map.length.max(longest.filter(|length| (1..=4).contains(length)));
                }
                b"endbfchar" => map.chars(&operands),
                b"endbfrange" => map.ranges(&operands),
                _ => {}
            }
            operands.clear();
        }
        map.ranges.sort_by_key(|range| (range.length, range.low));
        map
    }

    fn chars(&mut self, operands: &[Token]) {
        for pair in operands.chunks_exact(2) {
            if let (Some((length, code)), Some(target)) = (text(&pair[0]).and_then(code), text(&pair[1]))
                && self.chars.len() < ENTRIES
            {
                self.chars.insert((length, code), String::from_utf16_lossy(&units(target)));
            }
        }
    }

    fn ranges(&mut self, operands: &[Token]) {
        let mut rest = operands.iter();
        while let (Some(low), Some(high), Some(target)) = (rest.next(), rest.next(), rest.next()) {
            let (Some((length, low)), Some((_, high))) =
                (text(low).and_then(code), text(high).and_then(code))
            else {
                return;
            };
            if let Token::Begin = target {
                for (at, token) in rest.by_ref().take_while(|token| **token != Token::End).enumerate() {
                    let number = low.saturating_add(at as u32);
                    if let Some(target) = text(token).filter(|_| number <= high && self.chars.len() < ENTRIES)
                    {
                        self.chars.insert((length, number), String::from_utf16_lossy(&units(target)));
                    }
                }
            } else if let Some(target) = text(target).filter(|_| high >= low && self.ranges.len() < ENTRIES) {
                self.ranges.push(Range { length, low, high, start: units(target) });
            }
        }
    }

    /// The characters of a code of so many bytes.
    pub fn get(&self, length: usize, code: u32) -> Option<String> {
        let length = length as u8;
        if let Some(text) = self.chars.get(&(length, code)) {
            return Some(text.clone());
        }
        let after = self.ranges.partition_point(|range| (range.length, range.low) <= (length, code));
        let range = self.ranges.get(after.checked_sub(1)?)?;
        if range.length != length || code > range.high {
            return None;
        }
        let mut units = range.start.clone();
        let last = units.last_mut()?;
        *last = last.wrapping_add((code - range.low) as u16);
        Some(String::from_utf16_lossy(&units))
    }

    /// Whether it maps nothing.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty() && self.ranges.is_empty()
    }
}

fn text(token: &Token) -> Option<&[u8]> {
    match token {
        Token::Text(bytes) => Some(bytes),
        _ => None,
    }
}

fn code(bytes: &[u8]) -> Option<(u8, u32)> {
    let length = bytes.len();
    (1..=4)
        .contains(&length)
        .then(|| (length as u8, bytes.iter().fold(0, |code, &byte| code << 8 | u32::from(byte))))
}

fn units(bytes: &[u8]) -> Vec<u16> {
    match bytes {
        [byte] => vec![u16::from(*byte)],
        bytes => bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).take(64).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_characters() {
        let map = CMap::parse(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
              2 beginbfchar <0003> <0020> <0004> <00660069> endbfchar\n\
              3 beginbfrange <0010> <0012> <041E> <0020> <0021> [<0041> <D83DDE00>] <00000000> <FFFFFFFF> <0041> endbfrange",
        );
        assert_eq!(map.length, Some(2));
        let get = |code| map.get(2, code).unwrap_or_default();
        assert_eq!([get(3), get(4), get(0x11), get(0x21)], [" ", "fi", "П", "😀"]);
        assert_eq!((map.get(2, 0x13), map.get(1, 3)), (None, None));
    }
}
