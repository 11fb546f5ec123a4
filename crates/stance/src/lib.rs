//! Who is for or against whom: the stage `stance`.
//!
//! - `parties`: who is there in a sentence: the entities, somebody quoted who says `we`, the author who says `I`, and
//!   the person that `he` or `she` plainly is.
//! - `pairs`: which of them are asked about together.
//! - The shared model's head `stance` says for each pair whether one is for or against the other, and which. Sentiment
//!   toward a target is not taken for a stance: a stance needs a holder, and the head reads both.
//! - `judge`: a class becomes holder, target and polarity; below a threshold the stage says nothing.

mod judge;
mod pairs;
mod parties;
mod settings;
mod stage;

use docmill_core::StageEntry;

pub use settings::StanceSettings;

/// The stages of this crate.
pub const STAGES: &[StageEntry] =
    &[StageEntry::new::<StanceSettings>("stance", "tells who is for or against whom")];
