//! Sentiment: the stage `sentiment`.
//!
//! Three questions, three answers:
//!
//! - **toward an entity**: does this sentence put this mention in a good or a bad light? The model's head `sentiment`
//!   is asked about each mention; `score = P(positive) - P(negative)`. Where the stage `stance` comes before and has judged
//!   the text, the question is whether anybody says or does something for or against the mention (`toward`): holders
//!   and bystanders are neutral.
//! - **of a sentence**: the model's head `sentence`, with the same score.
//! - **of a document**: the mean of its sentences' scores.
//!
//! News is neutral unless it says otherwise: a score counts as positive or negative from a threshold on, below which
//! the label is neutral. [`SentimentSettings`] states the thresholds and where they come from.
//!
//! The engine `lexicon` needs no model: it adds up the valence of words by VADER's published rules (Hutto and Gilbert
//! 2014), and says of every mention what it says of the sentence.

mod lexicon;
mod model;
mod settings;
mod summary;
mod toward;

use docmill_core::StageEntry;

pub use settings::{EngineKind, SentimentSettings};

/// The stages of this crate.
pub const STAGES: &[StageEntry] = &[StageEntry::new::<SentimentSettings>(
    "sentiment",
    "scores sentiment of documents and sentences, and toward entities",
)];
