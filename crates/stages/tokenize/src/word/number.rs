//! Numbers with marks inside: `1,000.5`, `10:30`, `05/29/1987`, `555-0123`, `2005-09-20`.

use std::sync::LazyLock;

use docmill_lexicon::Words;
use docmill_lexicon::lists::WORD_PARTS;

/// End of the number at `start`; `start` itself if no digit stands there.
pub fn end(bytes: &[u8], start: usize) -> usize {
    if let Some(end) = hyphened(bytes, start) {
        return end;
    }
    let mut at = start;
    while at < bytes.len() {
        let inner = matches!(bytes[at], b'.' | b',' | b':' | b'/')
            && at > start
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if !inner && !bytes[at].is_ascii_digit() {
            break;
        }
        at += 1;
    }
    at
}

/// Units that stand right behind their number, as words of their own.
static UNITS: LazyLock<Words> = LazyLock::new(|| WORD_PARTS.shipped().of_class("unit"));

/// Whether the letters right behind a number are a unit: `375mm`, `10am`.
pub fn has_unit(rest: &[u8]) -> bool {
    let len = rest.iter().take(5).take_while(|b| b.is_ascii_alphanumeric()).count();
    let apart = rest.get(len).is_none_or(u8::is_ascii);
    apart && UNITS.contains_bytes(&rest[..len])
}

/// End of a telephone number or an ISO date. Other hyphens part numbers: `21-23 September`.
fn hyphened(bytes: &[u8], start: usize) -> Option<usize> {
    let mut groups = [0; 5];
    let mut count = 0;
    let mut at = start;
    for group in &mut groups {
        *group = bytes[at..].iter().take(5).take_while(|b| b.is_ascii_digit()).count();
        at += *group;
        if *group > 0 {
            count += 1;
        }
        let more = bytes.get(at) == Some(&b'-') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if *group == 0 || !more {
            break;
        }
        at += 1;
    }
    let ends = bytes.get(at).is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'-');
    let fits = match &groups[..count] {
        [4, 2, 2] => true,
        [before @ .., 4] => !before.is_empty() && before.iter().all(|&len| len <= 3),
        _ => false,
    };
    (ends && fits).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> &str {
        text.get(..end(text.as_bytes(), 0)).unwrap()
    }

    #[test]
    fn marks_between_digits_stay() {
        for number in ["1,000.5", "10:30", "05/29/1987", "555-0123", "303-555-0160", "2005-09-20", "1/60"] {
            assert_eq!(first(number), number);
        }
        assert_eq!(first("21-23 September"), "21");
        assert_eq!(first("1998-2005"), "1998");
        assert_eq!(first("5. Then"), "5");
        assert_eq!(first("word"), "");
    }
}
