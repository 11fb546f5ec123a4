//! The names of a whole archive, made one by stated rules.
//!
//! - [`Names`]: records in, one [`NameRow`] a person, organization, state or place out.
//! - [`Corrections`]: what the user knows better, applied on each run.
//!
//! Everything that grows with the archive is sorted on the disk ([`sort::Sorter`]), so memory is bounded; time is linear
//! but for the sorting.

mod columns;
mod corrections;
mod error;
mod filing;
mod group;
mod key;
mod names;
mod row;
mod sighting;
pub mod sort;
mod sum;
mod words;

pub use columns::{COLUMNS, cells};
pub use corrections::Corrections;
pub use error::ArchiveError;
pub use names::{Names, Rows};
pub use row::{AliasCount, Counts, Merge, NameKind, NameRow, RoleSpan, Rule};
