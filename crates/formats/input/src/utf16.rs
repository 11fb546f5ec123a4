//! UTF-16 without a byte order mark.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// How much is looked at (bytes).
const LOOK: usize = 8192;

/// The byte order of UTF-16 without a mark: nearly every other byte is zero, as in Latin letters, or nearly all the
/// characters are of scripts that are written, with blanks or stops between them.
pub(crate) fn wide(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.get(..head.len().min(LOOK)).unwrap_or_default();
    let (pairs, _) = head.as_chunks::<2>();
    let high = pairs.iter().filter(|[_, high]| *high == 0).count();
    let low = pairs.iter().filter(|[low, _]| *low == 0).count();
    let (most, least) = (high.max(low), high.min(low));
    if pairs.len() >= 4 && most * 10 >= pairs.len() * 7 && least * 20 <= pairs.len() {
        return Some(if high > low { UTF_16LE } else { UTF_16BE });
    }
    // Zeros of blanks, or of `。` and `、`: no text of single bytes has either.
    let stop = |[a, b]: &[u8; 2]| *a == 0x30 && matches!(b, 1 | 2) || *b == 0x30 && matches!(a, 1 | 2);
    if pairs.len() < 4 || most == 0 && !pairs.iter().any(stop) {
        return None;
    }
    let little = is_text(pairs.iter().map(|pair| u16::from_le_bytes(*pair)));
    let big = is_text(pairs.iter().map(|pair| u16::from_be_bytes(*pair)));
    match (little, big) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether 49 of 50 characters are of scripts that are written, and a blank or stop stands among fifty.
fn is_text(units: impl Iterator<Item = u16>) -> bool {
    let (mut all, mut known, mut between) = (0, 0, 0);
    for c in char::decode_utf16(units) {
        all += 1;
        let c = c.unwrap_or('\u{FFFD}');
        between += usize::from(matches!(c, ' ' | '\n' | '\r' | '\t' | '\u{3000}'..='\u{3002}' | '\u{FF0C}'));
        known += usize::from(is_written(c));
    }
    known * 50 >= all * 49 && between * 50 >= all
}

fn is_written(c: char) -> bool {
    matches!(c, ' '..='~' | '\n' | '\r' | '\t' | '\u{A0}'..='\u{24F}' | '\u{300}'..='\u{36F}')
        || matches!(c, '\u{370}'..='\u{6FF}' | '\u{900}'..='\u{EFF}' | '\u{10A0}'..='\u{10FF}')
        || matches!(c, '\u{1E00}'..='\u{1FFF}' | '\u{2010}'..='\u{2040}' | '\u{20AC}' | '\u{2116}')
        || matches!(c, '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
        || matches!(c, '\u{FF01}'..='\u{FF65}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_tell_the_order_of_bytes() {
        for text in [
            "Капитан порта закрыл гавань.",
            "两艘渔船搁浅之后，港务长关闭了港池。",
            "港長は閉鎖した。けが人はいない。",
            "Osh waits.",
        ] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(wide(&little), Some(UTF_16LE), "{text}");
            assert_eq!(wide(&big), Some(UTF_16BE), "{text}");
            assert_eq!(wide(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_text_has_no_order() {
        let numbers: Vec<u8> = (0..4000_u16).flat_map(u16::to_le_bytes).collect();
        assert_eq!(wide(&numbers), None);
        let noise: Vec<u8> = (0..8000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        assert_eq!(wide(&noise), None);
        assert_eq!(wide(b"PK\x03\x04\x14\0\0\0\x08\0\x21\0\x4a\x7b\x9c\x56\0\0"), None);
    }
}
