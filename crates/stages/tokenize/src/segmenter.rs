//! The segmenter: text in, sentences and tokens out.

use docmill_core::layers::{Sentence, Sentences, Tokens};
use docmill_core::{Span, WordFile};
use docmill_lexicon::LexiconError;
use docmill_lexicon::lists::ABBREVIATIONS;

use crate::sentence::abbrev::Abbreviations;
use crate::sentence::{lines, split_stretch};
use crate::word::tokenize;
use crate::{Paragraphs, TokenizeSettings};

/// Splits texts into sentences and words. Cheap to share, and the same for every text.
#[derive(Debug, Clone, Default)]
pub struct Segmenter {
    paragraphs: Paragraphs,
    abbreviations: Abbreviations,
}

impl Segmenter {
    /// A segmenter with these settings.
    pub fn new(settings: &TokenizeSettings) -> Self {
        Self {
            paragraphs: settings.paragraphs,
            abbreviations: Abbreviations::new(ABBREVIATIONS.shipped(), &settings.abbreviations),
        }
    }

    /// The same with files of words that a configuration adds.
    ///
    /// # Errors
    /// With file and line, if one of them cannot be read.
    pub fn with_words(settings: &TokenizeSettings, words: &[WordFile]) -> Result<Self, LexiconError> {
        let table = ABBREVIATIONS.extended(words)?;
        let abbreviations = Abbreviations::new(&table, &settings.abbreviations);
        Ok(Self { paragraphs: settings.paragraphs, abbreviations })
    }

    /// The sentences of `text`: trimmed of white space, in order, and together covering everything visible.
    pub fn sentences(&self, text: &str) -> Sentences {
        let mut items = Vec::with_capacity(text.len() / 120 + 1);
        lines::stretches(text, self.paragraphs, |stretch| {
            split_stretch(text, &self.abbreviations, stretch.start, stretch.end, |start, end| {
                items.push(Sentence { span: Span::new(start, end), paragraph: stretch.paragraph });
            });
        });
        Sentences { items }
    }

    /// The tokens of `text`, grouped by its `sentences`.
    pub fn tokens(&self, text: &str, sentences: &Sentences) -> Tokens {
        let mut tokens = Tokens::with_capacity(text.len() / 5 + 1, sentences.items.len());
        for sentence in &sentences.items {
            tokenize(text, &self.abbreviations, sentence.span, &mut tokens);
            tokens.end_sentence();
        }
        tokens
    }
}
