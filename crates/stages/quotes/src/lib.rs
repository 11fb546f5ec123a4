//! Who says, thinks or wants what: the stage `quotes`.
//!
//! Rules over words; where the stage `syntax` has parsed the text, verbs of speech are read by `spoken` over `tree`
//! (with `attachment` and `unsaid`) instead. In order of use:
//!
//! - `marks`: which quotation marks belong together, over sentences and paragraphs.
//! - `lexicon` (with `cue`, `tags`): word lists of `data/en`, every verb in all its forms.
//! - `items`: a sentence as words with what is known of them; a stretch between marks is one item.
//! - `clause`: verb groups, what is finite; `phrase`: noun phrases; `ends`: where what is attributed ends.
//! - `source`: the noun phrase before a cue that is its source.
//! - `attribute`: each cue of a sentence with its source and what is attributed to it: `verb` (with `content` for what
//!   stands after it, `around` for what stands before it) and `other_cues`.
//! - `draft`: joins sentences with the stretches between marks.
//! - `mention` (with `people`): the entity mention that a speaker is, also of a pronoun or a title.

mod around;
mod attachment;
mod attribute;
mod clause;
mod content;
mod cue;
mod draft;
mod ends;
mod factory;
mod issuer;
mod items;
mod lexicon;
mod marks;
mod mention;
mod named_later;
mod other_cues;
mod people;
mod phrase;
mod settings;
mod source;
mod spoken;
mod stage;
mod tags;
mod tree;
mod unsaid;
mod verb;

use docmill_core::StageEntry;

pub use settings::QuoteSettings;

/// The stages of this crate.
pub const STAGES: &[StageEntry] =
    &[StageEntry::new::<QuoteSettings>("quotes", "finds who says, thinks or wants what")];
