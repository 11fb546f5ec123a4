//! Stage `language`: the language of a document, so that other stages can be kept to the languages they know
//! (`when = { language = "en" }`).
//!
//! What the metadata say goes first; else [whatlang](https://docs.rs/whatlang) tells by letters and trigrams. It knows
//! 70 languages, is sure of a few sentences and not of a headline, and tells near relatives (Norwegian and Danish,
//! Croatian and Serbian) apart less well. A text in two languages gets the one that prevails in its first part.

mod codes;
mod factory;
mod settings;
mod stage;

use docmill_core::StageEntry;

pub use settings::LanguageSettings;

/// The stages of this crate.
pub const STAGES: &[StageEntry] = &[StageEntry::new::<LanguageSettings>(
    "language",
    "determines the language of a text, from its metadata or its letters",
)];
