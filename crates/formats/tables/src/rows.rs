//! A table of rows that are not those of records.

use std::path::Path;

use crate::format::BUFFERED;
use crate::sink::Sink;
use crate::{Cell, Format, Kind, TABLES_VERSION, TablesError};

/// One table of rows that are no records', on its way to a file.
pub struct Rows {
    sink: Sink,
}

impl Rows {
    /// Begins the file.
    ///
    /// # Errors
    /// Those of the system.
    pub fn create(
        name: &str,
        columns: &[(&str, Kind)],
        path: &Path,
        format: Format,
    ) -> Result<Self, TablesError> {
        Ok(Self { sink: Sink::create(name, columns, path, format)? })
    }

    /// Adds a row: a value for each column, of its type.
    ///
    /// # Errors
    /// Those of the system.
    pub fn push(&mut self, row: Vec<Cell<'_>>) -> Result<(), TablesError> {
        self.sink.push(row.into_iter())?;
        if self.sink.buffered() > BUFFERED { self.sink.flush() } else { Ok(()) }
    }

    /// Ends the file, safely on the disk.
    ///
    /// # Errors
    /// Those of the system.
    pub fn finish(self) -> Result<(), TablesError> {
        self.sink.finish(&[("docmill.tables_version", TABLES_VERSION.to_owned())])
    }
}
