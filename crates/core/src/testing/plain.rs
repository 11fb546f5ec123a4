//! A simple tokenizer, so that a stage can be tested without another crate.

use crate::layers::{Sentence, Sentences, Tokens};
use crate::{Document, Span};

/// Adds [`Sentences`] (one per line that is not blank) and [`Tokens`] (runs of letters and digits; every other
/// visible character by itself).
///
/// ```
/// use docmill_core::layers::{Sentences, Tokens};
/// use docmill_core::testing::plain_layers;
/// use docmill_core::Document;
///
/// let mut doc = Document::from_text("a.txt", "Osh waits. Naryn does not.");
/// plain_layers(&mut doc);
/// assert!(!doc.require::<Sentences>().unwrap().items.is_empty());
/// assert!(!doc.require::<Tokens>().unwrap().all().is_empty());
/// ```
pub fn plain_layers(doc: &mut Document) {
    let text = doc.text();
    let mut sentences = Sentences::default();
    let mut tokens = Tokens::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let at = start + (line.len() - line.trim_start().len());
            let paragraph = sentences.items.len() as u32;
            sentences.items.push(Sentence { span: Span::new(at, at + trimmed.len()), paragraph });
            push_tokens(trimmed, at, &mut tokens);
            tokens.end_sentence();
        }
        start += line.len();
    }
    doc.layers_mut().insert(sentences);
    doc.layers_mut().insert(tokens);
}

fn push_tokens(line: &str, offset: usize, tokens: &mut Tokens) {
    let mut word: Option<usize> = None;
    for (i, c) in line.char_indices() {
        if c.is_alphanumeric() {
            word.get_or_insert(i);
            continue;
        }
        if let Some(from) = word.take() {
            tokens.push(Span::new(offset + from, offset + i));
        }
        if !c.is_whitespace() {
            tokens.push(Span::new(offset + i, offset + i + c.len_utf8()));
        }
    }
    if let Some(from) = word {
        tokens.push(Span::new(offset + from, offset + line.len()));
    }
}
