use std::ops::Range;

use crate::{Layer, Span, View};

/// What a language model makes of each sentence: a row of values for every wordpiece, for heads to read.
///
/// One forward pass serves every head. The rows are large (1.5 kB a wordpiece for 384 values), so the layer never
/// reaches the output and is dropped after its last reader.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Encodings {
    /// Values per row.
    pub hidden: usize,
    /// Rows of all windows, one after another.
    pub rows: Vec<f32>,
    /// The same rows after some of the model's layers, for heads that go on from there with layers of their own; empty
    /// if the model has no such head.
    pub middle: Vec<f32>,
    /// Words of all windows, in text order inside each.
    pub words: Vec<EncodedWord>,
    /// Tokens in text order, each once: those that a word joins at its hyphens, one by one.
    pub tokens: Vec<EncodedToken>,
    /// What was read at once, in text order. A sentence longer than the model's limit has several windows, a sentence
    /// without words none.
    pub windows: Vec<EncodedWindow>,
}

/// A word as the model read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodedWord {
    /// Its span in the text.
    pub span: Span,
    /// Its rows in [`Encodings::rows`]; empty for a word that the tokenizer drops.
    pub rows: Range<u32>,
}

/// A token and the rows of its wordpieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodedToken {
    /// Index into [`crate::layers::Tokens::all`].
    pub token: u32,
    /// Its rows in [`Encodings::rows`]; empty for a token that the tokenizer drops.
    pub rows: Range<u32>,
}

/// Words that the model read at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodedWindow {
    /// Index of the sentence.
    pub sentence: u32,
    /// Its rows in [`Encodings::rows`]: that of `[CLS]`, those of the words, that of `[SEP]`.
    pub rows: Range<u32>,
    /// Its words in [`Encodings::words`].
    pub words: Range<u32>,
    /// Those of its words that have more context here than in any other window of the sentence.
    pub keep: Range<u32>,
    /// The tokens in [`Encodings::tokens`] that the words of `keep` are made of.
    pub tokens: Range<u32>,
}

impl Encodings {
    /// Row `i`.
    pub fn row(&self, i: u32) -> &[f32] {
        self.rows_of(i..i + 1)
    }

    /// Consecutive rows, one after another.
    pub fn rows_of(&self, rows: Range<u32>) -> &[f32] {
        &self.rows[rows.start as usize * self.hidden..rows.end as usize * self.hidden]
    }

    /// Consecutive rows after some of the layers; none if they were not kept.
    pub fn middle_of(&self, rows: Range<u32>) -> Option<&[f32]> {
        self.middle.get(rows.start as usize * self.hidden..rows.end as usize * self.hidden)
    }

    /// The windows of a sentence.
    pub fn windows_of(&self, sentence: u32) -> &[EncodedWindow] {
        let start = self.windows.partition_point(|window| window.sentence < sentence);
        let end = self.windows.partition_point(|window| window.sentence <= sentence);
        &self.windows[start..end]
    }

    /// The words of a window.
    pub fn words_of(&self, window: &EncodedWindow) -> &[EncodedWord] {
        &self.words[window.words.start as usize..window.words.end as usize]
    }

    /// The rows of the words of `window` that overlap `span`; none if it reads none of them.
    pub fn rows_at(&self, window: &EncodedWindow, span: Span) -> Option<Range<u32>> {
        let words = self.words_of(window);
        let first = words.partition_point(|word| word.span.end <= span.start);
        let last = words.partition_point(|word| word.span.start < span.end);
        let touched = words.get(first..last).filter(|words| !words.is_empty())?;
        let (start, end) = (touched[0].rows.start, touched[touched.len() - 1].rows.end);
        (start < end).then_some(start..end)
    }
}

impl Layer for Encodings {
    const NAME: &'static str = "encodings";
    const IN_RECORD: bool = false;
    type Record = ();

    fn record(&self, _view: &View<'_>) -> Self::Record {}
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "Rasht denies it": three words, the second of two pieces, read in two windows.
    fn encodings() -> Encodings {
        let word = |start, end, rows| EncodedWord { span: Span { start, end }, rows };
        Encodings {
            hidden: 2,
            rows: (0_u8..18).map(f32::from).collect(),
            middle: Vec::new(),
            words: vec![word(0, 5, 1..2), word(6, 12, 2..4), word(6, 12, 6..6), word(13, 15, 6..7)],
            tokens: Vec::new(),
            windows: vec![
                EncodedWindow { sentence: 3, rows: 0..5, words: 0..2, keep: 0..2, tokens: 0..0 },
                EncodedWindow { sentence: 3, rows: 5..8, words: 2..4, keep: 3..4, tokens: 0..0 },
            ],
        }
    }

    #[test]
    fn rows_are_found_by_span_and_window() {
        let all = encodings();
        assert_eq!(all.row(2), [4.0, 5.0]);
        let [first, second] = all.windows_of(3) else { panic!("two windows") };
        assert!(all.windows_of(2).is_empty());
        assert_eq!(all.rows_at(first, Span { start: 0, end: 12 }), Some(1..4));
        assert_eq!(all.rows_at(first, Span { start: 7, end: 8 }), Some(2..4));
        assert_eq!(all.rows_at(first, Span { start: 13, end: 15 }), None);
        // A word without pieces has no rows; with another it has that one's.
        assert_eq!(all.rows_at(second, Span { start: 6, end: 12 }), None);
        assert_eq!(all.rows_at(second, Span { start: 6, end: 15 }), Some(6..7));
    }
}
