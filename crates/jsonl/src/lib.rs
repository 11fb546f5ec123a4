//! The output of docmill: one JSON object a line, the same keys on every line.
//!
//! - [`Record`]: what a line holds; [`schema`]: the same as JSON Schema.
//! - [`Renderer`]: a document to a line, in the workers.
//! - [`Output`]: lines to a file that appears whole or not at all, or to stdout.
//! - [`RunInfo`]: what produced a run, in `run.json` beside the output.
//! - [`Reader`] and [`verify()`]: lines back, and whether they keep their promises.

mod compression;
mod error;
mod lines;
mod output;
mod reader;
mod record;
mod render;
mod run_info;
mod schema;
mod verify;

pub use error::JsonlError;
pub use output::Output;
pub use reader::Reader;
pub use record::{Record, RecordError, RecordStatus, SCHEMA_VERSION};
pub use render::{OutputSettings, Renderer};
pub use run_info::{ModelInfo, RunInfo};
pub use schema::schema;
pub use verify::{Problem, Report, verify};
