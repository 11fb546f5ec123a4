//! The words of a record.

use std::ops::Range;

use docmill_core::Span;
use docmill_core::layers::{Sentence, Sentences};
use docmill_tokenize::Segmenter;

use crate::{ConvertError, Source};

/// The words of each sentence, as bytes: those of the record if it has them, else what docmill's own tokenizer makes of
/// its sentences.
pub(crate) fn words(source: &Source<'_>) -> Result<Vec<Vec<Range<usize>>>, ConvertError> {
    let record = source.record;
    if record.tokens.is_empty() {
        let mut items = Vec::with_capacity(record.sentences.len());
        for sentence in &record.sentences {
            let place = source.place(sentence.start, sentence.end)?;
            let bytes = place.map_or(0..0, super::Place::bytes);
            items.push(Sentence { span: Span::new(bytes.start, bytes.end), paragraph: sentence.paragraph });
        }
        let sentences = Sentences { items };
        let tokens = Segmenter::default().tokens(source.text, &sentences);
        let of = |i| tokens.of_sentence(i).iter().map(|token| token.range()).collect();
        return Ok((0..tokens.sentences()).map(of).collect());
    }
    let mut words = vec![Vec::new(); record.sentences.len()];
    let mut sentence = 0;
    for token in &record.tokens {
        // Tokens stand in the order of their sentences.
        while record.sentences.get(sentence).is_some_and(|found| found.id != token.sentence) {
            sentence += 1;
        }
        if let (Some(words), Some(place)) = (words.get_mut(sentence), source.place(token.start, token.end)?) {
            words.push(place.bytes());
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
