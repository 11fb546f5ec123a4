//! Inline sources of news: the stage `citations`.
//!
//! `(Asia-Plus, September 13)`, `(Interfax, RIA-Novosti, September 15)`, `(Kommersant, May 12, 13; see EDM, April 4)`:
//! each outlet with each of its dates is a [`Citation`](docmill_core::layers::Citation).
//!
//! A bracket is read in three steps:
//!
//! 1. **Pieces**: it is cut at semicolons into groups, and at commas into pieces, outside quotations and inner brackets.
//!    A piece is a date, an outlet, a title, an issue number, a place, a remark, or none of these; then the group is
//!    prose, and cites nothing.
//! 2. **Outlets**: a name is taken for one if it is on the list, is a web address, holds a word such as `Radio` or
//!    `Gazeta`, or else is short, capitalised, no place, no event, and stands before a day. Months, years, weekdays, and
//!    no date at all need more evidence than a capital.
//! 3. **Years** that are not written are inferred, in this order: the document's date; a rule for its publication
//!    ([`PublicationRule`]); a year in its volume or issue; the years that the text names. Nothing to go by: no date.
//!
//! An interview of the author's names no outlet and is no citation.

mod brackets;
mod factory;
mod groups;
mod judge;
mod named_years;
mod outlets;
mod pieces;
mod settings;
mod sources;
mod stage;
mod words;
mod years;

use docmill_core::StageEntry;

pub use settings::{CitationsSettings, PublicationRule};

/// The stages of this crate.
pub const STAGES: &[StageEntry] = &[StageEntry::new::<CitationsSettings>(
    "citations",
    "finds the outlets cited in brackets, with their dates",
)];
