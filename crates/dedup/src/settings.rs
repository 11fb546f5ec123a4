//! What counts as a duplicate, and what becomes of it.

use schemars::JsonSchema;
use serde::Deserialize;

/// What counts as a duplicate, and what becomes of it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Which duplicates to find.
    pub find: Find,
    /// Least share of common three-word sequences at which two texts are near duplicates: 0.6 to 1. A correction that
    /// adds 40 words to a text of 400 leaves 0.9.
    pub threshold: f64,
    /// Drop duplicates instead of marking them in the output.
    pub drop: bool,
}

/// Which duplicates to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Find {
    /// Nothing.
    None,
    /// Texts that differ in white space only.
    Exact,
    /// Exact duplicates, and texts that are nearly the same.
    Near,
}

impl Default for Settings {
    fn default() -> Self {
        Self { find: Find::Near, threshold: 0.8, drop: false }
    }
}

/// A setting that cannot work.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SettingsError {
    /// The bands do not find texts that have less in common.
    #[error(
        "duplicates.threshold: {0} is not between 0.6 and 1; of texts that have less in common, too few are found"
    )]
    Threshold(f64),
}

impl Settings {
    /// Checks what types cannot say.
    ///
    /// # Errors
    /// If the threshold is out of range.
    pub fn check(&self) -> Result<(), SettingsError> {
        if (0.6..=1.0).contains(&self.threshold) {
            Ok(())
        } else {
            Err(SettingsError::Threshold(self.threshold))
        }
    }
}
