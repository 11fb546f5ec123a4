//! The words of a sentence in lower case.

use std::ops::Range;

use docmill_core::Span;

/// Words of one sentence, lower-cased (ASCII letters), with straight apostrophes.
#[derive(Debug, Default)]
pub(crate) struct Words<'d> {
    spans: &'d [Span],
    lower: String,
    /// One past the last byte of word `i` in `lower`.
    ends: Vec<u32>,
    capital: Vec<bool>,
    /// Most words are written with a capital.
    headline: bool,
}

impl<'d> Words<'d> {
    pub fn new(text: &str, spans: &'d [Span]) -> Self {
        let mut words = Self { spans, ..Self::default() };
        for span in spans {
            let word = span.slice(text).unwrap_or_default();
            words.capital.push(word.starts_with(char::is_uppercase));
            words.lower.extend(word.chars().map(|c| if c == '’' { '\'' } else { c.to_ascii_lowercase() }));
            words.ends.push(words.lower.len() as u32);
        }
        let capitals = words.capital.iter().filter(|capital| **capital).count();
        words.headline = 3 * capitals > 2 * spans.len();
        words
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Word `i`; empty past the end.
    pub fn get(&self, i: usize) -> &str {
        let Some(&end) = self.ends.get(i) else { return "" };
        let start = i.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.lower.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The word before `i`; empty at the start.
    pub fn before(&self, i: usize) -> &str {
        i.checked_sub(1).map_or("", |i| self.get(i))
    }

    /// True if word `i` is written with a capital that is due to neither the sentence's start nor a headline's style.
    pub fn is_name(&self, i: usize) -> bool {
        let opens = i == 0 || matches!(self.before(i), "\"" | "“" | "‘" | ":" | "-" | "--" | "—" | "." | ")");
        !opens && !self.headline && self.capital.get(i).copied().unwrap_or_default()
    }

    /// Where word `i` stands in the text.
    pub fn span(&self, i: usize) -> Option<Span> {
        self.spans.get(i).copied()
    }

    /// The words that `span` touches.
    pub fn range(&self, span: Span) -> Range<usize> {
        let start = self.spans.partition_point(|word| word.end <= span.start);
        start..self.spans.partition_point(|word| word.start < span.end).max(start)
    }
}
