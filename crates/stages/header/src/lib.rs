//! Metadata lines at the head of archive texts: the stage `header`.
//!
//! Reads, from the top of a text to its first line of prose:
//!
//! - labelled fields, one or several on a line: `Publication: Steppe Review Volume: 2 Issue: 176`;
//! - issue lines: `Vol. 8, No. 19 (September 24, 2013)`, `Flank Notes | No. 37 | 18 November 2022`;
//! - a date alone on its line, and bylines (`By Nino Holt and Tom Ray`);
//! - the name of the journal above such lines, and the headline between them and the prose;
//! - the dateline of the first paragraph: `DUSHANBE, September 15 —`.
//!
//! What is found goes to the document's [`Meta`](docmill_core::Meta). A fact that is known already stays; what differs
//! from it, what has no field of its own, and what was not understood goes to `extra`, so that no line of a header is
//! lost. The text stays as it is. Only the first [`HEAD`] bytes are looked at, whatever the text's length.

mod dateline;
mod facts;
mod fields;
mod issue;
mod lines;
mod settings;
mod stage;
mod web;

use docmill_core::StageEntry;

pub use lines::HEAD;
pub use settings::HeaderSettings;

/// The stages of this crate.
pub const STAGES: &[StageEntry] = &[StageEntry::new::<HeaderSettings>(
    "header",
    "reads publication, issue, date, author and title from the first lines of a text",
)];
