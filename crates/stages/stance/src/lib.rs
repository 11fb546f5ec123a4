//! Who is for or against whom: the stage `stance`.
//!
//! - `parties`: who is in a sentence: the entities, somebody quoted who says `we`, the author who says `I`, and whom `he`,
//!   `it` and `the organization` plainly stand for (`anaphora`, `names`); `scene` is what they are read from.
//! - `pairs`: which of them are asked about together.
//! - The shared model's head `stance` says for each pair whether one is for or against the other, and which (`judge`).
//!   Sentiment toward a target is not taken for a stance: a stance needs a holder, and the head reads both.
//! - The rules read the same pair: what passes between the two (`lexicon`, `root`, `relation`: the quad classes of PLOVER),
//!   who does it to whom (`direction`, `phrase`), and which side that takes (`side`).
//! - `combine`: model and rules make one judgement; below a threshold the stage says nothing.
//! - Where the stage `syntax` has parsed the text, learned judges take the place of `combine`: `tree` reads who does what,
//!   `questions` asks about each holder and target, `features` describes them, `judges` answers with `weights` and the
//!   model's head. `models/train/news_en/judge.py` learns the weights. `things`: what besides names a stance can be about.
//! - `found`: how the text says it. `modality`: as a fact, denied, conditional, planned, or on somebody's word.

mod anaphora;
mod combine;
mod direction;
mod features;
mod found;
mod judge;
mod judges;
mod lexicon;
mod mix;
mod modality;
mod names;
mod open;
mod pairs;
mod parsed;
mod parties;
mod party;
mod phrase;
mod questions;
mod read;
mod relation;
mod root;
mod rules;
mod scene;
mod settings;
mod side;
mod stage;
#[cfg(test)]
mod testing;
mod things;
mod tree;
mod vocabulary;
mod weights;
mod words;

use docmill_core::StageEntry;

pub use rules::{Acting, PairRules};
pub use settings::{StanceEngine, StanceSettings};

/// The stages of this crate.
pub const STAGES: &[StageEntry] =
    &[StageEntry::new::<StanceSettings>("stance", "finds who is for or against whom")];
