//! Which place a name means, and where it is: the stage `places`.
//!
//! 1. **Toponyms**: mentions of places, adjectives of states (`Kyrgyz`), and names of places inside other names (`Paris
//!    Library`, `Fort Worth, Texas`) (`scan`).
//! 2. **Candidates**: the places of that name, from GeoNames (`gazetteer`) and from the lists of states, regions and
//!    waters in `data/en` (`world`).
//! 3. **Features**: how large a candidate is, what it is, whether the text says what it lies in (`Cairo, Illinois`),
//!    whether the document's other places lie near it or in the same region or country (`features`).
//! 4. **Weights**: a log-linear model chooses; it is learned from documents that are drawn from the gazetteer, so from
//!    no text (`model`, `learn`, `data/weights.tsv`).
//!
//! A name means one place in a document. A name looks at a bounded number of other names, so the time is linear.

mod features;
mod fold;
mod gazetteer;
#[doc(hidden)]
pub mod learn;
mod model;
mod names;
mod scan;
mod settings;
mod stage;
mod words;
mod world;

use docmill_core::StageEntry;

pub use settings::PlacesSettings;

/// The stages of this crate.
pub const STAGES: &[StageEntry] =
    &[StageEntry::new::<PlacesSettings>("places", "finds which place a name means, and where it is")];
