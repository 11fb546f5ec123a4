//! A text as words, numbers and marks.

use std::borrow::Cow;

use docmill_dates::{Weekday, month, weekday};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    /// Begins with a digit.
    Number,
    Mark,
    /// A blank line.
    Break,
}

/// A word, a number with what is written onto it, or one mark.
#[derive(Debug, Clone)]
pub(crate) struct Token<'t> {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    /// In lower case; `a.m.` without its stops.
    pub lower: Cow<'t, str>,
    /// Of a number: its value, how many digits it has, and the letters on it (`st`, `s`).
    pub number: Option<(u32, usize)>,
    pub suffix: &'t str,
    /// Of a word.
    pub month: Option<u8>,
    pub weekday: Option<Weekday>,
}

/// Cuts a text.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(first) = rest.chars().next() else { break };
        if first.is_whitespace() {
            let end = at + len_while(rest, char::is_whitespace);
            let lines = text.get(at..end).unwrap_or_default().bytes().filter(|b| *b == b'\n').count();
            if lines > 1 {
                tokens.push(plain(text, at, end, Kind::Break));
            }
            at = end;
            continue;
        }
        let token = if first.is_ascii_digit() {
            number(text, at)
        } else if first.is_alphabetic() {
            word(text, at)
        } else {
            plain(text, at, at + first.len_utf8(), Kind::Mark)
        };
        at = token.end;
        tokens.push(token);
    }
    tokens
}

fn len_while(rest: &str, wanted: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !wanted(c)).unwrap_or(rest.len())
}

fn plain(text: &str, start: usize, end: usize, kind: Kind) -> Token<'_> {
    Token {
        start,
        end,
        kind,
        lower: Cow::Borrowed(text.get(start..end).unwrap_or_default()),
        number: None,
        suffix: "",
        month: None,
        weekday: None,
    }
}

/// Digits, with commas between thousands, and the letters on them. A fraction (`5.3`) has no value.
fn number(text: &str, start: usize) -> Token<'_> {
    let rest = text.get(start..).unwrap_or_default();
    let mut len = len_while(rest, |c| c.is_ascii_digit());
    let mut value = rest.get(..len).and_then(|digits| digits.parse::<u32>().ok());
    let digits = len;
    let figures = |at: usize| {
        let group = rest.get(at + 1..at + 4).is_some_and(|group| group.bytes().all(|b| b.is_ascii_digit()));
        group && !rest.as_bytes().get(at + 4).is_some_and(u8::is_ascii_digit)
    };
    let mut grouped = false;
    while digits <= 3 && rest.as_bytes().get(len) == Some(&b',') && figures(len) {
        let group = rest.get(len + 1..len + 4).and_then(|group| group.parse::<u32>().ok());
        value = value.zip(group).and_then(|(high, low)| high.checked_mul(1000)?.checked_add(low));
        len += 4;
        grouped = true;
    }
    let fraction = rest.as_bytes().get(len) == Some(&b'.')
        && rest.as_bytes().get(len + 1).is_some_and(u8::is_ascii_digit);
    if fraction {
        len += 1 + len_while(rest.get(len + 1..).unwrap_or_default(), |c| c.is_ascii_digit());
        value = None;
    }
    let letters = len_while(rest.get(len..).unwrap_or_default(), char::is_alphabetic);
    let suffix = rest.get(len..len + letters).unwrap_or_default();
    let mut token = plain(text, start, start + len + letters, Kind::Number);
    // Grouped thousands are never years or days.
    token.number = value.map(|value| (value, if grouped { usize::MAX } else { digits }));
    token.suffix = suffix;
    token
}

fn word(text: &str, start: usize) -> Token<'_> {
    let rest = text.get(start..).unwrap_or_default();
    if let Some((len, lower)) = initials(rest) {
        let mut token = plain(text, start, start + len, Kind::Word);
        token.lower = Cow::Owned(lower);
        return token;
    }
    let len = len_while(rest, char::is_alphabetic);
    let written = rest.get(..len).unwrap_or_default();
    let mut token = plain(text, start, start + len, Kind::Word);
    if written.chars().any(char::is_uppercase) {
        token.lower = Cow::Owned(written.to_lowercase());
        token.month = month(written);
        token.weekday = weekday(written);
    }
    token
}

/// `a.m.`, `B.C.`, `p.m`: single letters with stops between them.
fn initials(rest: &str) -> Option<(usize, String)> {
    let bytes = rest.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let stop = |at: usize| bytes.get(at) == Some(&b'.');
    let two = letter(0) && stop(1) && letter(2) && !letter(3);
    let three = two && stop(3) && letter(4) && !letter(5);
    let letters = if three { 3 } else { 2 };
    two.then(|| {
        let len = 2 * letters - 1;
        let lower: String = rest.chars().step_by(2).take(letters).collect::<String>().to_lowercase();
        (len + usize::from(stop(len)), lower)
    })
}
