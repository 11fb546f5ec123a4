//! Who is for or against whom: the stage `stance`.
//!
//! - `parties`: who is there in a sentence: the entities, somebody quoted who says `we`, the author who says `I`, and
//!   the person that `he` or `she` plainly is.
//! - `pairs`: which of them are asked about together.
//! - The shared model's head `stance` says for each pair whether one is for or against the other, and which. Sentiment
//!   toward a target is not taken for a stance: a stance needs a holder, and the head reads both.
//! - `judge`: a class becomes holder, target and polarity; below a threshold the stage says nothing.

mod combine;
mod direction;
mod inflect;
mod judge;
mod lexicon;
mod modality;
mod names;
mod pairs;
mod parties;
mod relation;
mod rules;
mod settings;
mod stage;
#[cfg(test)]
mod testing;
mod vocabulary;
mod words;

use docmill_core::StageEntry;

pub use rules::{Acting, PairRules};
pub use settings::{StanceEngine, StanceSettings};

/// The stages of this crate.
pub const STAGES: &[StageEntry] =
    &[StageEntry::new::<StanceSettings>("stance", "tells who is for or against whom")];
