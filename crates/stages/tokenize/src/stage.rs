//! The running stage.

use docmill_core::{Document, Stage, StageError};

use crate::Segmenter;

/// Adds sentences and tokens to a document.
#[derive(Debug)]
pub(crate) struct Tokenizer {
    segmenter: Segmenter,
}

impl Tokenizer {
    pub(crate) fn new(segmenter: Segmenter) -> Self {
        Self { segmenter }
    }
}

impl Stage for Tokenizer {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let sentences = self.segmenter.sentences(doc.text());
        let tokens = self.segmenter.tokens(doc.text(), &sentences);
        doc.layers_mut().insert(sentences);
        doc.layers_mut().insert(tokens);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use docmill_core::testing::Conformance;

    use crate::{Paragraphs, TokenizeSettings};

    #[test]
    fn keeps_what_every_stage_promises() {
        Conformance::of(&TokenizeSettings::default()).prepare(|_| ()).check();
        let by_line = TokenizeSettings { paragraphs: Paragraphs::Line, ..TokenizeSettings::default() };
        Conformance::of(&by_line).prepare(|_| ()).check();
    }
}
