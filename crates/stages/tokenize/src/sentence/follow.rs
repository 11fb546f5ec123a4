//! What follows a stop.

use super::items::is_roman;
use crate::chars::{char_at, is_bullet, is_dash, is_opening_quote, is_space};

/// What the first word after a stop begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    Lower,
    Upper,
    Digit,
    Bullet,
    /// A letter without case, a symbol.
    Other,
}

/// What follows a stop and its space.
#[derive(Debug)]
pub struct Follow {
    pub lead: Lead,
    /// Where the first word begins, past quotation marks, brackets and dashes.
    pub word: usize,
    pub bracket: bool,
    pub dash: bool,
    /// A list label: `(b)`, `2)`, `iv)`.
    pub item: bool,
}

impl Follow {
    pub fn at(text: &str, next: usize, limit: usize) -> Self {
        let bytes = text.as_bytes();
        let bracket = matches!(bytes[next], b'(' | b'[');
        let mut follow =
            Self { lead: Lead::Other, word: next, bracket, dash: false, item: label(bytes, next) };
        for _ in 0..6 {
            let Some(c) = char_at(text, follow.word).filter(|_| follow.word < limit) else { return follow };
            if is_bullet(c) && follow.word == next {
                follow.lead = Lead::Bullet;
                return follow;
            }
            let dash = is_dash(c) || c == '-';
            if !(dash || is_opening_quote(c) || is_space(c) || "([{*_¿¡$€£#.…".contains(c)) {
                break;
            }
            follow.dash |= dash;
            follow.word += c.len_utf8();
        }
        let Some(c) = char_at(text, follow.word).filter(|_| follow.word < limit) else { return follow };
        follow.lead = if c.is_uppercase() {
            Lead::Upper
        } else if c.is_lowercase() {
            if is_name_in_lower_case(&bytes[follow.word..limit]) { Lead::Upper } else { Lead::Lower }
        } else if c.is_numeric() {
            Lead::Digit
        } else {
            Lead::Other
        };
        follow
    }
}

/// `al-Sadr`, `iPhone`.
fn is_name_in_lower_case(bytes: &[u8]) -> bool {
    let lower = bytes.iter().take(4).take_while(|b| b.is_ascii_lowercase()).count();
    match bytes.get(lower) {
        Some(b'-') => lower <= 3 && bytes.get(lower + 1).is_some_and(u8::is_ascii_uppercase),
        Some(b) => lower == 1 && b.is_ascii_uppercase(),
        None => false,
    }
}

/// `(b) `, `2) `, `iv) `, `a. `.
fn label(bytes: &[u8], at: usize) -> bool {
    let open = usize::from(bytes[at] == b'(');
    let rest = &bytes[at + open..];
    let len = rest.iter().take(6).take_while(|b| b.is_ascii_alphanumeric()).count();
    let word = &rest[..len];
    let short = len == 1 || is_roman(word) || (len <= 2 && word.iter().all(u8::is_ascii_digit));
    let paren = matches!(rest.get(len..len + 2), Some(b") "));
    let dot = open == 0 && word == b"a" && matches!(rest.get(1..3), Some(b". "));
    len > 0 && ((short && paren) || dot)
}

/// A bracket after a stop.
#[derive(Debug)]
pub struct Bracket {
    /// One past its closing mark.
    pub end: usize,
    /// It holds a sentence of its own.
    pub has_stop: bool,
}

/// The bracket that begins at `at`, if it closes soon.
pub fn bracket_end(bytes: &[u8], at: usize, limit: usize) -> Option<Bracket> {
    let close = if bytes[at] == b'(' { b')' } else { b']' };
    let window = &bytes[at..limit.min(at + 120)];
    let len = window.iter().position(|&b| b == close)?;
    Some(Bracket { end: at + len + 1, has_stop: matches!(window[len - 1], b'.' | b'!' | b'?') })
}

/// End of `[12]` at `at`.
pub fn note_end(bytes: &[u8], at: usize, limit: usize) -> Option<usize> {
    let digits = bytes[at + 1..limit].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    let end = at + 1 + digits;
    (digits > 0 && end < limit && bytes[end] == b']').then_some(end + 1)
}

/// End of note numbers right behind a stop: `consultation.11 12 Take`.
pub fn note_number_end(bytes: &[u8], mut at: usize, limit: usize) -> Option<usize> {
    loop {
        let digits = bytes[at..limit].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
        let end = at + digits;
        if digits == 0 || digits > 3 || (end < limit && !bytes[end].is_ascii_whitespace()) {
            return None;
        }
        if bytes.get(end + 1).is_none_or(|b| !b.is_ascii_digit()) || end >= limit {
            return Some(end);
        }
        at = end + 1;
    }
}

const EMOTICONS: [&str; 14] =
    [":-)", ":)", ";-)", ";)", ":-(", ":(", ":D", ":-D", ":P", ":-P", "=)", ":/", "<3", ":-/"];

/// Past an emoticon after a stop: it belongs to what was said.
pub fn past_emoticon(text: &str, end: usize, limit: usize) -> usize {
    let next = crate::chars::skip_space(text, end, limit);
    let rest = &text.as_bytes()[next..limit];
    let found = EMOTICONS.iter().find(|e| rest.starts_with(e.as_bytes()));
    found.map_or(end, |e| {
        let after = next + e.len();
        if after >= limit || text.as_bytes()[after].is_ascii_whitespace() { after } else { end }
    })
}
