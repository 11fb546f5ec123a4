//! List labels in running text: `1. Water 2. Rail`, `a) one b) two`.

/// The label a sentence begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    value: u32,
    letter: bool,
    mark: Mark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Dot,
    Paren,
    DotParen,
}

impl Item {
    /// The label at `at`, if there is one.
    pub fn at(bytes: &[u8], at: usize) -> Option<Self> {
        let rest = bytes.get(at..)?;
        let digits = rest.iter().take(4).take_while(|b| b.is_ascii_digit()).count();
        let (value, letter, len) = match rest {
            [b'a'..=b'z', ..] => (u32::from(rest[0]), true, 1),
            _ if (1..=3).contains(&digits) => (number(&rest[..digits]), false, digits),
            _ => return None,
        };
        let mark = match &rest[len..] {
            [b'.', b')', b' ', ..] => Mark::DotParen,
            [b')', b' ', ..] => Mark::Paren,
            [b'.', b' ', ..] => Mark::Dot,
            _ => return None,
        };
        Some(Self { value, letter, mark })
    }

    /// Where the next label of this list begins, if its mark (`.` or `)`) is the one at `at`.
    pub fn next_before(self, bytes: &[u8], at: usize) -> Option<usize> {
        let mut end = at;
        match (self.mark, bytes[at]) {
            (Mark::Dot, b'.') | (Mark::Paren, b')') => {}
            (Mark::DotParen, b')') if bytes[..at].ends_with(b".") => end -= 1,
            _ => return None,
        }
        if !matches!(bytes.get(at + 1), Some(b' ' | b'\n' | b'\t')) {
            return None;
        }
        let head = &bytes[end.saturating_sub(4)..end];
        let len = head.iter().rev().take_while(|b| b.is_ascii_alphanumeric()).count();
        let label = &head[head.len() - len..];
        let value = match label {
            [letter @ b'a'..=b'z'] if self.letter => u32::from(*letter),
            _ if !self.letter && !label.is_empty() && label.iter().all(u8::is_ascii_digit) => number(label),
            _ => return None,
        };
        let start = end - len;
        let apart = start > 0 && bytes[start - 1].is_ascii_whitespace();
        (apart && value == self.value + 1).then_some(start)
    }
}

fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'))
}

/// True for small Roman numbers as labels are numbered with.
pub fn is_roman(word: &[u8]) -> bool {
    !word.is_empty()
        && word.len() <= 5
        && (word.iter().all(|b| b"IVXL".contains(b)) || word.iter().all(|b| b"ivxl".contains(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_on_with_its_next_label_only() {
        let text = b"1. Water 3. Rail 2. Roads";
        let item = Item::at(text, 0).unwrap();
        assert_eq!(item.next_before(text, 10), None);
        assert_eq!(item.next_before(text, 18), Some(17));
        let text = b"b) x c) y";
        assert_eq!(Item::at(text, 0).unwrap().next_before(text, 6), Some(5));
        assert_eq!(Item::at(b"b.c", 0), None);
    }
}
