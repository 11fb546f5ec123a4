//! Words and punctuation marks of a sentence.
//!
//! The conventions are those of the English Web Treebank: a stop belongs to an abbreviation, hyphenated compounds
//! are three tokens (`15 - year`, `Hizb - ut - Tahrir`) unless a part is only an affix (`non-aligned`), clitics
//! stand alone (`China ’s`, `do n't`), and numbers, addresses and runs of one mark are one token.

mod affix;
mod broken;
mod clitic;
mod mark;
mod number;
mod url;

use std::sync::LazyLock;

use docmill_core::Span;
use docmill_core::layers::Tokens;
use docmill_lexicon::Words;
use docmill_lexicon::lists::WORD_PARTS;

use crate::chars::{char_at, extends, grapheme_end, is_closer, is_space, is_stop, is_word};
use crate::sentence::abbrev::{Abbreviations, Kind, is_acronym};

pub use clitic::is_clitic;

/// What stands before a dollar sign as part of it: `US$`.
static DOLLARS: LazyLock<Words> = LazyLock::new(|| WORD_PARTS.shipped().of_class("dollar"));

const LETTER: u8 = 1;
const OTHER: u8 = 2;
const AT: u8 = 4;
const SLASH: u8 = 8;

/// What a byte adds to what is known of its stretch between spaces; 0 ends the stretch.
const FLAGS: [u8; 256] = flags();

const fn flags() -> [u8; 256] {
    let mut table = [OTHER; 256];
    let mut i = 0;
    while i < 256 {
        let byte = i as u8;
        if byte <= b' ' || byte == 0x7f {
            table[i] = 0;
        } else if byte.is_ascii_alphabetic() {
            table[i] = LETTER;
        } else if byte == b'@' {
            table[i] = OTHER | AT;
        } else if byte == b'/' {
            table[i] = OTHER | SLASH;
        }
        i += 1;
    }
    table
}

/// Adds the tokens of the sentence `span` of `text`.
pub fn tokenize(text: &str, abbreviations: &Abbreviations, span: Span, tokens: &mut Tokens) {
    let bytes = text.as_bytes();
    let limit = span.end as usize;
    let mut at = span.start as usize;
    while at < limit {
        let start = at;
        let mut flags = 0;
        while at < limit {
            let flag = FLAGS[bytes[at] as usize];
            if flag == 0 {
                break;
            }
            flags |= flag;
            at += 1;
        }
        if flags == LETTER {
            tokens.push(Span::new(start, at));
        } else if flags != 0 {
            at = Chunk { text, bytes, abbreviations, start, end: at, limit, flags, tokens }.tokenize();
        }
        at += 1;
    }
}

/// A stretch between two spaces.
struct Chunk<'t> {
    text: &'t str,
    bytes: &'t [u8],
    abbreviations: &'t Abbreviations,
    start: usize,
    end: usize,
    /// End of the sentence.
    limit: usize,
    flags: u8,
    tokens: &'t mut Tokens,
}

impl Chunk<'_> {
    /// Adds its tokens; says where it ends, which is on the next line if its last word is broken.
    fn tokenize(&mut self) -> usize {
        let mut at = self.start;
        while at < self.end {
            let Some(c) = char_at(self.text, at) else { break };
            at = if is_word(c) {
                self.word(at)
            } else if is_space(c) {
                at + c.len_utf8()
            } else {
                self.mark(at, c)
            };
        }
        self.end
    }

    /// Goes on to the next line if the word that begins at `start` breaks at the hyphen `at`; says where it resumes.
    fn next_line(&mut self, start: usize, at: usize, after: usize) -> Option<usize> {
        if after != self.end {
            return None;
        }
        let resumes = broken::resumes(&self.bytes[..self.limit], start, at, after)?;
        let stretch = self.bytes[resumes..self.limit].iter().map(|&byte| FLAGS[byte as usize]);
        for flag in stretch.take_while(|&flag| flag != 0) {
            self.flags |= flag;
            self.end += 1;
        }
        self.end += resumes - after;
        Some(resumes)
    }

    fn push(&mut self, start: usize, end: usize) -> usize {
        self.tokens.push(Span::new(start, end));
        end
    }

    fn byte(&self, at: usize) -> u8 {
        if at < self.end { self.bytes[at] } else { b' ' }
    }

    fn is_word_at(&self, at: usize) -> bool {
        at < self.end && char_at(self.text, at).is_some_and(is_word)
    }

    /// Adds the word that begins at `start`, with its clitic.
    fn word(&mut self, start: usize) -> usize {
        let hints = self.flags & (AT | SLASH) != 0 || self.bytes[start..self.end].starts_with(b"www.");
        if hints && let Some(end) = url::end(&self.bytes[..self.end], start) {
            return self.push(start, end);
        }
        let mut at = number::end(&self.bytes[..self.end], start);
        if at > start && number::has_unit(&self.bytes[at..self.end]) {
            return self.push(start, at);
        }
        while at < self.end {
            let byte = self.bytes[at];
            if byte.is_ascii_alphanumeric() || byte == b'_' {
                at += 1;
                continue;
            }
            let Some(c) = char_at(self.text, at) else { break };
            let next = at + c.len_utf8();
            if matches!(c, '-' | '‐')
                && let Some(resumes) = self.next_line(start, at, next)
            {
                at = resumes;
                continue;
            }
            let inner = match c {
                '\'' | '’' => match self.apostrophe(start, at, c.len_utf8()) {
                    Apostrophe::Inner => true,
                    Apostrophe::Done(end) => return end,
                    Apostrophe::Apart => false,
                },
                '.' | '@' => self.is_word_at(next),
                '&' => self.bytes[at - 1].is_ascii_uppercase() && self.byte(next).is_ascii_uppercase(),
                '-' | '‐' | '‑' => affix::joins(self.bytes, start, at, next, self.end),
                '/' => is_slashed(&self.bytes[start..at], &self.bytes[next..self.end]),
                _ => is_word(c) || extends(c),
            };
            if !inner {
                break;
            }
            at = next;
        }
        if takes_sign(&self.bytes[start..at], self.byte(at)) {
            at += 1;
        }
        if self.byte(at) == b'.' && self.takes_stop(start, at) {
            at += 1;
        }
        self.push(start, at)
    }

    /// What the apostrophe at `at` does in the word that begins at `start`.
    fn apostrophe(&mut self, start: usize, at: usize, len: usize) -> Apostrophe {
        if !self.is_word_at(at + len) {
            return Apostrophe::Apart;
        }
        let rest = &self.bytes[at + len..self.end];
        match clitic::split(&self.bytes[start..at], rest) {
            None => Apostrophe::Inner,
            Some(split) => {
                let cut = at - split.back;
                if cut > start {
                    self.push(start, cut);
                }
                Apostrophe::Done(self.push(cut.max(start), at + len + split.len))
            }
        }
    }

    /// Whether the stop at `at` belongs to the word that begins at `start`.
    fn takes_stop(&self, start: usize, at: usize) -> bool {
        let next = char_at(self.text, at + 1).filter(|_| at + 1 < self.limit);
        let word = &self.bytes[start..at];
        if next.is_some_and(is_stop) {
            // "Inc..": the abbreviation's stop and the sentence's.
            let two = next == Some('.') && self.byte(at + 2) != b'.';
            return two && self.abbreviations.kind(word).is_some();
        }
        if is_acronym(word) {
            return true;
        }
        let last = self.ends_sentence(at + 1);
        let one_letter = word.len() == 1 && word[0].is_ascii_alphabetic();
        match self.abbreviations.kind(word) {
            Some(Kind::Number) => !last,
            Some(_) => true,
            None if last => false,
            None if one_letter => true,
            // "Kaz., ": no sentence ends before a comma.
            None => next == Some(',') && word.iter().all(u8::is_ascii_alphabetic),
        }
    }

    /// Whether nothing but closing marks stands between `at` and the end of the sentence.
    fn ends_sentence(&self, mut at: usize) -> bool {
        for _ in 0..4 {
            if at >= self.limit {
                return true;
            }
            match char_at(self.text, at) {
                Some(c) if is_closer(c) => at += c.len_utf8(),
                _ => return false,
            }
        }
        at >= self.limit
    }

    /// Adds the punctuation mark, symbol or sign that begins at `at`.
    fn mark(&mut self, at: usize, c: char) -> usize {
        if is_stop(c) {
            if c == '.' && self.byte(at + 1).is_ascii_digit() && !self.bytes[self.start..at].ends_with(b".") {
                return self.word_from(at, at + 1);
            }
            let mut end = at;
            while let Some(c) = char_at(self.text, end).filter(|&c| end < self.end && is_stop(c)) {
                end += c.len_utf8();
            }
            return self.push(at, grapheme_end_from(self.text, end, self.end));
        }
        if !c.is_ascii() {
            if c == '’'
                && let Some(len) = clitic::elision(&self.bytes[at + 3..self.end])
            {
                return self.push(at, at + 3 + len);
            }
            return self.push(at, grapheme_end(self.text, at, self.end));
        }
        let rest = &self.bytes[at..self.end];
        if c == '\''
            && let Some(len) = clitic::elision(&rest[1..])
        {
            return self.push(at, at + 1 + len);
        }
        let starts = at == self.start;
        if matches!(c, '@' | '#')
            && starts
            && rest.get(1).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_')
        {
            return self.word_from(at, at + 1);
        }
        if c == '+' && starts && rest.get(1).is_some_and(u8::is_ascii_digit) {
            return self.word_from(at, at + 1);
        }
        let end = at + mark::len(rest);
        self.push(at, grapheme_end_from(self.text, end, self.end))
    }

    /// Adds the word at `from` with the sign before it, which begins at `at`.
    fn word_from(&mut self, at: usize, from: usize) -> usize {
        let mut end = number::end(&self.bytes[..self.end], from);
        while self.is_word_at(end) || (matches!(self.byte(end), b'_' | b'.') && self.is_word_at(end + 1)) {
            end += char_at(self.text, end).map_or(1, char::len_utf8);
        }
        self.push(at, grapheme_end_from(self.text, end, self.end))
    }
}

enum Apostrophe {
    /// Part of the word, as in `O'Neill`.
    Inner,
    /// A clitic began there; both tokens are added, up to this position.
    Done(usize),
    /// A mark of its own.
    Apart,
}

/// `at`, or past the combining marks there.
fn grapheme_end_from(text: &str, mut at: usize, limit: usize) -> usize {
    while let Some(c) = char_at(text, at).filter(|&c| at < limit && extends(c)) {
        at += c.len_utf8();
    }
    at
}

/// `b/c`, `n/a`: letters that stand for words.
fn is_slashed(head: &[u8], rest: &[u8]) -> bool {
    let letter = |b: &[u8]| matches!(b, [b'a'..=b'z']);
    let len = rest.iter().take(2).take_while(|b| b.is_ascii_alphanumeric()).count();
    letter(head) && letter(&rest[..len])
}

/// `US$`, and `w/` for "with".
fn takes_sign(word: &[u8], sign: u8) -> bool {
    match sign {
        b'$' => DOLLARS.contains_bytes(word),
        b'/' => word == b"w",
        _ => false,
    }
}

#[cfg(test)]
mod tests;
