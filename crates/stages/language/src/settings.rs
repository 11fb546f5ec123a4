//! What can be set.

use docmill_core::schemars::{self, JsonSchema};
use serde::Deserialize;

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
