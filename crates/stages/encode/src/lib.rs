//! The encoder's one pass: the stage `encode`.
//!
//! It reads every sentence once and leaves a row of values per wordpiece in the layer
//! [`Encodings`](docmill_core::layers::Encodings); named entities, sentiment and stance are small heads over it. A run
//! in which no stage reads the layer leaves the stage out.
//!
//! A sentence's rows depend on no other sentence, in any bit: see [`docmill_bert`].

mod kept;
mod settings;
mod stage;

use docmill_core::StageEntry;

pub use docmill_bert::Precision;
pub use settings::EncodeSettings;

/// The stages of this crate.
pub const STAGES: &[StageEntry] = &[StageEntry::new::<EncodeSettings>(
    "encode",
    "runs the language model once on every sentence, for all later stages",
)];
