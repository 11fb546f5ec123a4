//! Who holds which office: the stage `roles`.
//!
//! A role is a noun of office, profession or membership with its modifiers (`deputy foreign minister`), tied to a named
//! person in one of a few ways (`extract`): a title before the name, an apposition behind it, a copula, `as`. The words
//! stand in `data/offices.tsv`, one a line. The organization or state is the name beside the role: `Russian Defense
//! Minister`, `minister of Russia`, `its` none. Each sentence is read once, each role looks at a bounded number of
//! words around it, so the time is linear in the text.

mod extract;
mod items;
mod offices;
mod phrase;
mod settings;
mod stage;

use docmill_core::StageEntry;

pub use settings::RolesSettings;

/// The stages of this crate.
pub const STAGES: &[StageEntry] = &[StageEntry::new::<RolesSettings>(
    "roles",
    "finds who holds which office, of which organization or state",
)];
