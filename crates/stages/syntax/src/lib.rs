//! Parts of speech, lemmas and dependency trees: the stage `syntax`.
//!
//! A head over the shared model's encodings (see [`docmill_bert::Biaffine`]) reads each sentence:
//!
//! - the universal part of speech of each token;
//! - its lemma: from the model's table of exceptions (`lemmas.tsv`), or else by a script that the head chooses, such as
//!   `3|y` (the form without its last three letters, and a `y`: `parties`, `party`; in lower case unless it is a name);
//! - its head and its relation to it, of Universal Dependencies. Each word gets its best head; where that is no tree,
//!   the best tree is found.
//!
//! A sentence that the model reads in several windows is still one tree: the roots of the later windows hang on the
//! first one's as `parataxis`. A token that the tokenizer drops (a control character) hangs on the root as `dep`.

mod lemmas;
mod settings;
mod stage;
mod tree;

use docmill_core::StageEntry;

pub use settings::SyntaxSettings;

/// The stages of this crate.
pub const STAGES: &[StageEntry] = &[StageEntry::new::<SyntaxSettings>(
    "syntax",
    "parses sentences: part of speech, lemma and head of each word",
)];
