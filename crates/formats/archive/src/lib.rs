//! The names of a whole archive, made one by stated rules, and what stands between them.
//!
//! - [`Names`]: records in, one [`NameRow`] a person, organization, state or place out.
//! - [`Corrections`]: what the user knows better, applied on each run.
//! - [`Graph`]: the names as nodes, and the stances, events, offices and quotations between them, as `GraphML`, as CSV
//!   for Neo4j, as entities of `FollowTheMoney`.
//!
//! Everything that grows with the archive is sorted on the disk ([`sort::Sorter`]), so memory is bounded; time is linear
//! but for the sorting.

mod columns;
mod corrections;
mod edges;
mod error;
mod facts;
mod filed;
mod filing;
mod ftm;
mod graph;
mod graphml;
mod group;
mod key;
mod names;
mod names_file;
mod neo4j;
mod row;
mod sighting;
pub mod sort;
mod sum;
mod text_file;
mod words;

pub use corrections::Corrections;
pub use edges::Edge;
pub use error::ArchiveError;
pub use facts::FactKind;
pub use graph::{FILES, Graph, GraphCounts, GraphFormats};
pub use names::{Names, Rows};
pub use names_file::{NameCounts, NamesFile};
pub use row::{AliasCount, Counts, Merge, NameKind, NameRow, RoleSpan, Rule};
