//! One table on its way to a file, in either format.

use std::path::Path;

use crate::csv::CsvTable;
use crate::parquet::ParquetTable;
use crate::{Cell, Format, Kind, TablesError};

/// A table that is being written.
pub(crate) struct Sink {
    rows: u64,
    writer: Writer,
}

enum Writer {
    Parquet(Box<ParquetTable>),
    Csv(CsvTable),
}

impl Sink {
    /// Begins the file.
    pub fn create(
        name: &str,
        columns: &[(&str, Kind)],
        path: &Path,
        format: Format,
    ) -> Result<Self, TablesError> {
        let path = path.to_owned();
        let writer = match format {
            Format::Parquet => Writer::Parquet(Box::new(ParquetTable::create(name, columns, path)?)),
            Format::Csv { spreadsheet_safe } => {
                Writer::Csv(CsvTable::create(columns, path, spreadsheet_safe)?)
            }
        };
        Ok(Self { rows: 0, writer })
    }

    /// Adds a row: a value for each column, of its type.
    pub fn push<'c>(&mut self, row: impl Iterator<Item = Cell<'c>>) -> Result<(), TablesError> {
        self.rows += 1;
        match &mut self.writer {
            Writer::Parquet(table) => table.push(row),
            Writer::Csv(table) => table.push(row),
        }
    }

    /// Rows so far.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Bytes that wait in memory for the end of their group.
    pub fn buffered(&self) -> usize {
        match &self.writer {
            Writer::Parquet(table) => table.buffered(),
            Writer::Csv(_) => 0,
        }
    }

    /// Writes what waits in memory.
    pub fn flush(&mut self) -> Result<(), TablesError> {
        match &mut self.writer {
            Writer::Parquet(table) => table.end_group(),
            Writer::Csv(_) => Ok(()),
        }
    }

    /// Ends the file, safely on the disk. `facts` become metadata of the file, if the format has any.
    pub fn finish(self, facts: &[(&str, String)]) -> Result<(), TablesError> {
        match self.writer {
            Writer::Parquet(table) => table.finish(facts),
            Writer::Csv(table) => table.finish(),
        }
    }
}
