//! What can be set.

use docmill_core::layers::Language;
use docmill_core::schemars::{self, JsonSchema};
use docmill_core::{BuildContext, BuiltStage, LayerKey, StageConfig, StageError};
use serde::Deserialize;

use crate::stage::LanguageStage;

/// Settings of the stage `language`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LanguageSettings {
    /// Keys of `meta.extra` that name the language, in any case; the first one present decides. Accepts codes (`en`,
    /// `en-GB`, `eng`) and English names (`English`).
    pub fields: Vec<String>,
    /// Whether to detect the language from the text if the metadata does not name one.
    pub detect: bool,
    /// How many bytes at the start of a text the detector reads.
    pub max_bytes: usize,
    /// Whether to record a language only if the detector is confident. If false, its best guess is recorded, which is
    /// often wrong for a few words of text.
    pub reliable: bool,
}

impl Default for LanguageSettings {
    fn default() -> Self {
        Self {
            fields: vec!["language".to_owned(), "lang".to_owned()],
            detect: true,
            // Some 600 words: the detector is sure long before, and the head of a text may be boilerplate.
            max_bytes: 4096,
            reliable: true,
        }
    }
}

impl StageConfig for LanguageSettings {
    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Language>()]
    }

    fn check(&self, _context: &BuildContext) -> Result<(), StageError> {
        if self.detect && self.max_bytes == 0 {
            let help = "give for instance 4096, or detect = false";
            return Err(StageError::setting("max_bytes", "nothing of a text is looked at".to_owned(), help));
        }
        Ok(())
    }

    fn build(&self, _context: &BuildContext) -> Result<BuiltStage, StageError> {
        Ok(BuiltStage::per_document(LanguageStage(self.clone())))
    }
}
