//! Named entities: the stage `ner`.
//!
//! A model says for every wordpiece which label it has; everything around that is done here, once for all engines:
//!
//! - `tokenizer`, `align`: our words become wordpieces; a word's label is that of its first piece.
//! - `case`: models that read the case of a word from the token types get it.
//! - `window`: sentences over the model's limit go in as overlapping windows cut between words.
//! - `batch`: windows of like length share a batch, padded and masked.
//! - `labels`, `decode`: BIO labels of words become mentions.
//! - `engines`: the forward pass.
//!
//! A mention covers our words whole, so it never ends inside `U.S.` or on half a character.

mod align;
mod batch;
mod case;
mod checksum;
mod decode;
mod engines;
mod hub;
mod labels;
mod model_config;
mod model_dir;
mod model_ref;
#[cfg(test)]
mod reference_tests;
mod settings;
mod shipped;
mod stage;
mod tokenizer;
mod window;
mod words;

use docmill_core::StageEntry;

#[doc(hidden)]
pub use batch::plan as plan_batches;
pub use settings::{Device, EngineKind, NerSettings, Precision};

/// The stages of this crate.
pub const STAGES: &[StageEntry] =
    &[StageEntry::new::<NerSettings>("ner", "names persons, organizations, places")];
