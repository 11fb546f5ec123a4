//! The shared model's head.

use docmill_bert::Linear;
use docmill_core::layers::{Encodings, Entities, Sentences};
use docmill_core::{Document, Span, Stage, StageError};

use crate::decode::Tagger;
use crate::label_consistency::harmonize;

/// Adds entities to documents that are encoded: one linear layer over the first wordpiece of each word.
pub(crate) struct Head {
    pub classifier: Linear,
    pub tagger: Tagger,
    /// Whether sure mentions correct unsure ones.
    pub consistent: bool,
}

impl Stage for Head {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let sentences = doc.require::<Sentences>()?.items.len() as u32;
        let encodings = doc.require::<Encodings>()?;
        if encodings.hidden != self.classifier.inputs() {
            let (given, wanted) = (encodings.hidden, self.classifier.inputs());
            let message =
                format!("encodings of {given} values, but the head wants {wanted}; use one model for both");
            return Err(StageError::Document(message));
        }
        let mut entities = Entities::default();
        let (mut spans, mut rows, mut scores): (Vec<Span>, Vec<f32>, Vec<f32>) = Default::default();
        for sentence in 0..sentences {
            spans.clear();
            rows.clear();
            let mut heard = Vec::new();
            for window in encodings.windows_of(sentence) {
                for word in &encodings.words[window.keep.start as usize..window.keep.end as usize] {
                    spans.push(word.span);
                    heard.push(!word.rows.is_empty());
                    if !word.rows.is_empty() {
                        rows.extend_from_slice(encodings.row(word.rows.start));
                    }
                }
            }
            self.classifier.apply_into(&rows, &mut scores);
            let mut scores = scores.chunks_exact(self.classifier.outputs());
            let words: Vec<Option<&[f32]>> =
                heard.into_iter().map(|heard| if heard { scores.next() } else { None }).collect();
            let guesses = self.tagger.guesses(words.into_iter())?;
            self.tagger.entities(sentence, &spans, &guesses, &mut entities.items);
        }
        if self.consistent {
            harmonize(doc.text(), &mut entities.items);
        }
        self.tagger.drop_no_names(doc.text(), &mut entities.items);
        doc.layers_mut().insert(entities);
        Ok(())
    }
}
