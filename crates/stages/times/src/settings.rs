//! What can be set.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a text tells about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TextKind {
    /// Chooses by the years that the text names.
    #[default]
    Auto,
    /// The text is about events near the document's date: `March` is the nearest March.
    News,
    /// The text tells past events in order: `March` belongs to the year named last.
    History,
}

/// Settings of the stage `times`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TimesSettings {
    /// How to complete incomplete dates: from the document's date (`news`), from the date named last (`history`), or by
    /// the years that each text names (`auto`).
    pub text: TextKind,
}
