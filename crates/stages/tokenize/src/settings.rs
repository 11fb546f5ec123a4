//! What can be set.

use docmill_core::layers::{Sentences, Tokens};
use docmill_core::{BuildContext, BuiltStage, LayerKey, StageConfig, StageError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Segmenter;
use crate::stage::Tokenizer;

/// Settings of the stage `tokenize`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TokenizeSettings {
    /// What ends a paragraph.
    pub paragraphs: Paragraphs,
    /// Additional abbreviations, with or without their final stop (`"Kaz."`, `"resp"`). A stop after one of them never
    /// ends a sentence. Case does not matter.
    pub abbreviations: Vec<String>,
}

/// What ends a paragraph.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Paragraphs {
    /// A blank line. A single line end is a wrap, unless the lines look like headings, list items or header fields, or
    /// are too long to be wrapped.
    #[default]
    BlankLine,
    /// Every line end.
    Line,
}

impl StageConfig for TokenizeSettings {
    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Sentences>(), LayerKey::of::<Tokens>()]
    }

    fn check(&self, _context: &BuildContext) -> Result<(), StageError> {
        for abbreviation in &self.abbreviations {
            let word = abbreviation.trim_end_matches('.');
            if word.is_empty() || word.contains(char::is_whitespace) {
                let reason = format!("`{abbreviation}` is not one word");
                return Err(StageError::setting("abbreviations", reason, "give words such as \"Kaz.\""));
            }
        }
        Ok(())
    }

    fn build(&self, context: &BuildContext) -> Result<BuiltStage, StageError> {
        let segmenter = Segmenter::with_words(self, &context.words)?;
        Ok(BuiltStage::per_document(Tokenizer::new(segmenter)))
    }
}
