//! How the settings become a stage, and what the stage reads and writes.

use docmill_core::layers::{Sentences, Tokens};
use docmill_core::{BuildContext, BuiltStage, LayerKey, StageConfig, StageError};

use crate::segmenter::Segmenter;
use crate::settings::TokenizeSettings;
use crate::stage::Tokenizer;

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
