//! What can be set.

use docmill_core::schemars::{self, JsonSchema};
use serde::Deserialize;

/// Settings of the stage `names`. Citations are heeded if their stage comes before it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NamesSettings {
    /// Whether a capital, or a seat such as the Kremlin, may mean the government there. If false, it is always a place.
    pub governments: bool,
    /// Whether to treat spelling variants as the same name: `Rakhmonov` and `Rahmonov`, `Odessa` and `Odesa`.
    pub spellings: bool,
    /// Names and abbreviations of the same organization, the usual full name first, for instance `[["Hizb ut-Tahrir",
    /// "Party of Liberation", "HuT"]]`. They take precedence over the built-in ones.
    pub same: Vec<Vec<String>>,
}

impl Default for NamesSettings {
    fn default() -> Self {
        Self { governments: true, spellings: true, same: Vec::new() }
    }
}
