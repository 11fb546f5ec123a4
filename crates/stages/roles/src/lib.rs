//! Who holds which office: the stage `roles`.
//!
//! A role is a noun of office, profession or membership with its modifiers (`deputy foreign minister`), tied to a named
//! person in one of a few ways (`extract`): a title before the name, an apposition behind it, a copula, `as`. The words
//! stand in the lists `offices` and `role_words`. The organization or state is what stands beside the role (`phrase`):
//! `Russian Defense Minister`, `leader of the party Dawn`, `government spokesman`, `its president`. An office of a state
//! beside which none stands is of the state of another office of the person, of the one state that has such an office, or
//! of the state that the text is about (`states`). Each sentence is read once, each role looks at a bounded number of
//! words around it and of states, so the time is linear in the text.

mod bodies;
mod extract;
mod items;
mod offices;
mod owners;
mod phrase;
mod resolve;
mod scene;
mod settings;
mod stage;
mod states;
mod words;

use docmill_core::StageEntry;

pub use settings::RolesSettings;

/// The stages of this crate.
pub const STAGES: &[StageEntry] = &[StageEntry::new::<RolesSettings>(
    "roles",
    "finds who holds which office, of which organization or state",
)];
