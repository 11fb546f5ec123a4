//! The words of a record.

use std::ops::Range;

use docmill_core::Span;
use docmill_core::layers::{Sentence, Sentences, TokenRecord};
use docmill_tokenize::Segmenter;

use crate::{ConvertError, Source};

/// A word of a record.
#[derive(Debug, Clone)]
pub(crate) struct Word<'r> {
    /// Its bytes.
    pub bytes: Range<usize>,
    /// The token of the record that it is, with its number, if the record has tokens.
    pub token: Option<(usize, &'r TokenRecord)>,
}

/// The words of each sentence, as bytes.
pub(crate) fn words(source: &Source<'_>) -> Result<Vec<Vec<Range<usize>>>, ConvertError> {
    let bytes = |words: Vec<Word<'_>>| words.into_iter().map(|word| word.bytes).collect();
    Ok(words_of(source)?.into_iter().map(bytes).collect())
}

/// The words of each sentence: those of the record if it has them, else what docmill's own tokenizer makes of its
/// sentences.
pub(crate) fn words_of<'r>(source: &Source<'r>) -> Result<Vec<Vec<Word<'r>>>, ConvertError> {
    let record = source.record;
    if record.tokens.is_empty() {
        let mut items = Vec::with_capacity(record.sentences.len());
        for sentence in &record.sentences {
            let stretch = source.stretch(sentence.start, sentence.end)?;
            let bytes = stretch.map_or(0..0, super::Stretch::bytes);
            items.push(Sentence { span: Span::new(bytes.start, bytes.end), paragraph: sentence.paragraph });
        }
        let sentences = Sentences { items };
        let tokens = Segmenter::default().tokens(source.text, &sentences);
        let word = |token: &Span| Word { bytes: token.range(), token: None };
        let of = |i| tokens.of_sentence(i).iter().map(word).collect();
        return Ok((0..tokens.sentences()).map(of).collect());
    }
    let mut words = vec![Vec::new(); record.sentences.len()];
    let mut sentence = 0;
    for (i, token) in record.tokens.iter().enumerate() {
        // Tokens stand in the order of their sentences.
        while record.sentences.get(sentence).is_some_and(|found| found.id != token.sentence) {
            sentence += 1;
        }
        if let (Some(words), Some(stretch)) =
            (words.get_mut(sentence), source.stretch(token.start, token.end)?)
        {
            words.push(Word { bytes: stretch.bytes(), token: Some((i, token)) });
        }
    }
    Ok(words)
}

/// Cuts words at `cuts` (bytes, sorted), so that no word lies across the border of an annotation.
pub(crate) fn cut(words: impl Iterator<Item = Range<usize>>, cuts: &[usize]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut next = 0;
    for word in words {
        let mut start = word.start;
        while cuts.get(next).is_some_and(|&cut| cut <= start) {
            next += 1;
        }
        while let Some(&cut) = cuts.get(next).filter(|&&cut| cut < word.end) {
            pieces.push(start..cut);
            start = cut;
            next += 1;
        }
        pieces.push(start..word.end);
    }
    pieces
}
