//! Expressions of time in running text: the stage `times`.
//!
//! `Tuesday`, `21 March`, `last October`, `September 21-23`, `the late 1990s`, `three days later`, `every Monday`: each
//! becomes a [`Time`](docmill_core::layers::Time) with its TIMEX3 type and value.
//!
//! 1. **Words**: the text is cut into words, numbers and marks (`lex`).
//! 2. **Rules**: patterns over words, from `data/rules.tsv`; the longest match wins (`rules`, `matcher`).
//! 3. **Values**: what an expression leaves out comes from the document's date, from the dateline, from the sources that
//!    the text cites, or from the last date that it names (`resolve`, `anchors`).
//!
//! A rule looks at a bounded number of words, so the work grows with the length of the text and with nothing else.

mod anchors;
mod captured;
mod factory;
mod iso;
mod lex;
mod lexicon;
mod matcher;
mod resolve;
mod rules;
mod settings;
mod stage;

use docmill_core::StageEntry;

pub use settings::{TextKind, TimesSettings};

/// The stages of this crate.
pub const STAGES: &[StageEntry] = &[StageEntry::new::<TimesSettings>(
    "times",
    "finds expressions of date, time, duration and set, with their TIMEX3 values",
)];
