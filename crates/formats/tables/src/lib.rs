//! The records of a run as tables, for DuckDB, pandas, polars, Spark and spreadsheets.
//!
//! - [`ALL`]: the tables. Each is a list of columns that say their name, type, meaning and value; [`describe()`] makes
//!   the reference page from the same list.
//! - Layers of other people's stages have tables of their own, whose columns follow from their items.
//! - [`Tables`]: records in, one Parquet or CSV file a table out, with bounded memory.
//! - [`Folder`]: where the files are, which appears whole or not at all.

mod buffer;
mod column;
mod csv;
mod describe;
mod error;
mod flatten;
mod folder;
mod format;
mod further;
mod parquet;
mod plover;
mod rows;
mod shape;
mod sink;
mod tables;
mod view;
mod writer;

pub use column::{Cell, Column, Get, Kind, Table};
pub use describe::describe;
pub use error::TablesError;
pub use folder::Folder;
pub use format::Format;
pub use rows::Rows;
pub use tables::ALL;
pub use view::View;
pub use writer::Tables;

/// Version of the tables' shape. A table or column more raises the second number; anything else the first.
pub const TABLES_VERSION: &str = "1.2";
