//! Who did what to whom: the stage `events`.
//!
//! 1. **Predicates**: verbs and nouns that may say that something happens between two sides, by PLOVER's event types
//!    (the list `events`, `lexicon`).
//! 2. **Frames**: what depends on a predicate in the sentence's tree, and what it shares with the clauses around it
//!    (`tree`, `frame`); from it the sides that may be meant (`party`, `options`).
//! 3. **Weights**: three logistic regressions say whether an event of the type is told, which actors and which recipients
//!    are right (`features`, `model`, `data/weights.tsv`); a fourth makes one probability of the three. They are learned
//!    from articles that people have read: `models/train/news_en/events.py`.
//! 4. **Events**: the best reading of each predicate, each event once in a document, with its status, time, place and
//!    quotation (`stage`, `circumstances`).
//!
//! Each sentence is read once; a predicate looks at a bounded number of sides, so the time is linear in the text.

mod circumstances;
mod features;
mod frame;
mod lexicon;
mod model;
mod nouns;
mod options;
mod party;
mod read;
mod reader;
mod rows;
mod settings;
mod stage;
mod tree;
mod words;

use docmill_core::StageEntry;

pub use settings::EventsSettings;

/// The stages of this crate.
pub const STAGES: &[StageEntry] =
    &[StageEntry::new::<EventsSettings>("events", "finds who did what to whom, by PLOVER's event types")];
