//! The output of docmill: one JSON object a line, the same keys on every line.
//!
//! - [`Record`]: what a line holds; [`schema`]: the same as JSON Schema.
//! - [`Renderer`]: a document to a line, in the workers.
//! - [`Output`]: lines to a file or a folder of parts that appears whole or not at all, or to stdout; [`Layout`]:
//!   where that is. It can be gone on with from a [`Position`].
//! - [`Quarantine`]: the documents that failed.
//! - [`RunInfo`]: what produced a run, in `run.json` beside the output.
//! - [`diff()`]: what changed between two outputs; [`Lookahead`]: their records by id.
//! - [`Reader`] and [`verify()`]: lines back, and whether they keep their promises.

mod compression;
mod diff;
mod duplicate;
mod error;
mod existing;
mod folder;
mod frames;
mod further;
mod in_order;
mod layout;
mod lines;
mod lookahead;
mod output;
mod parts;
mod position;
mod publish;
mod quarantine;
mod reader;
mod record;
mod render;
mod run_info;
mod schema;
mod seal;
mod shards;
mod summary;
mod verify;
mod whole;

pub use compression::Compression;
pub use diff::{Change, Diff, DiffSettings, Difference, Field, LayerDiff, diff};
pub use duplicate::{DuplicateKind, DuplicateRecord};
pub use error::JsonlError;
pub use further::{LayerItem, as_span};
pub use in_order::InOrder;
pub use layout::Layout;
pub use lookahead::{Ids, Lookahead};
pub use output::Output;
pub use position::{Position, Sealed};
pub use publish::{discard, publish};
pub use quarantine::{FailedDocument, Quarantine};
pub use reader::Reader;
pub use record::{Record, RecordError, RecordStatus, SCHEMA_VERSION};
pub use render::{OutputSettings, Renderer};
pub use run_info::{ModelInfo, RunInfo, RunTotals};
pub use schema::schema;
pub use seal::Seal;
pub use shards::{Part, Shards};
pub use summary::{Counted, LeftOut, Name, Summary};
pub use verify::{Problem, Report, verify};
pub use whole::{check_whole, verify_whole};
