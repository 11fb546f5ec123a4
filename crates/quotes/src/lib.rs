//! Who says, thinks or wants what: the stage `quotes`.
//!
//! Rules over words, without a parser or a model. In order of use:
//!
//! - `marks`: which quotation marks belong together, over sentences and paragraphs.
//! - `lexicon` (with `inflect`, `cue`, `tags`): word lists in `data/`, every verb in all its forms.
//! - `items`: a sentence as words with what is known of them; a stretch between marks is one item.
//! - `clause`: verb groups, what is finite, where noun phrases and clauses end.
//! - `source`: the noun phrase that is the source of a cue.
//! - `attribute`: each cue of a sentence with its source and what is attributed to it.
//! - `draft`: joins sentences with the stretches between marks.
//! - `mention` (with `people`): the entity mention that a speaker is, also of a pronoun or a title.

mod attribute;
mod clause;
mod cue;
mod draft;
mod inflect;
mod items;
mod lexicon;
mod marks;
mod mention;
mod people;
mod settings;
mod source;
mod stage;
mod tags;

use docmill_core::StageEntry;

pub use settings::QuoteSettings;

/// The stages of this crate.
pub const STAGES: &[StageEntry] =
    &[StageEntry::new::<QuoteSettings>("quotes", "finds who says, thinks or wants what")];
