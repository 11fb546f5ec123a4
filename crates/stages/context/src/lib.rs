//! What a sentence means among its neighbours: the stage `context`.
//!
//! The encoder reads every sentence by itself. Here some more layers, the upper half of the encoder with weights of their
//! own, read windows of sentences, and go on from the rows that the encoder has in its middle. One pass answers for all
//! who ask later:
//!
//! - [`Context`](docmill_core::layers::Context) has a row for each wordpiece; the stage `stance` compares rows of holders
//!   and targets.
//! - [`Hints`](docmill_core::layers::Hints) says of words what type of event they tell, who does it and who undergoes it,
//!   and which earlier word they stand for; the stages `events` and `mentions` weigh it. Unlike the rows it is small, and
//!   is kept for a long document that is read in windows.

mod hints;
mod settings;
mod stage;
mod words;

use docmill_core::StageEntry;

pub use settings::ContextSettings;

/// The stages of this crate.
pub const STAGES: &[StageEntry] = &[StageEntry::new::<ContextSettings>(
    "context",
    "reads sentences among their neighbours, for stances, events and who is meant",
)];
