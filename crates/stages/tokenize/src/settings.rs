//! What can be set.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
