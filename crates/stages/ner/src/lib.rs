//! Named entities: the stage `ner`.
//!
//! A model says for every wordpiece which label it has; everything around that is done here, once for all engines:
//!
//! - [`docmill_pretrained`]: our words become wordpieces and windows; a word's label is that of its first piece.
//! - `head`: the shared model's head over the layer `encodings`; the default.
//! - `batch`, `engines`: a model of the stage's own. Windows of like length share a batch, padded and masked.
//! - `labels`, `decode`: BIO labels of words become mentions.
//! - `label_consistency`: a document's sure mentions correct its unsure ones.
//!
//! A mention covers our words whole, so it never ends inside `U.S.` or on half a character.

mod batch;
mod decode;
mod engines;
mod factory;
mod head;
mod label_consistency;
mod labels;
mod no_names;
#[cfg(all(test, feature = "rust-bert"))]
mod parity_tests;
#[cfg(test)]
mod reference_tests;
mod settings;
mod stage;
mod transitions;

use docmill_core::StageEntry;

#[doc(hidden)]
pub use batch::plan as plan_batches;
pub use docmill_bert::Precision;
pub use settings::{Device, EngineKind, NerSettings};

/// The stages of this crate.
pub const STAGES: &[StageEntry] =
    &[StageEntry::new::<NerSettings>("ner", "finds named entities: persons, organizations, places")];
