//! Records in, files out.

use std::path::{Path, PathBuf};

use docmill_jsonl::Record;

use crate::csv::CsvTable;
use crate::parquet::ParquetTable;
use crate::{ALL, Cell, Kind, TABLES_VERSION, TablesError, View};

/// What the row groups under way may take together (bytes), before the largest of them is written: 122,880 articles
/// with their texts would be a gigabyte.
const BUFFERED: usize = 128 << 20;

/// How tables are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Apache Parquet, compressed with zstd.
    Parquet,
    /// CSV in UTF-8 with a header; lists are JSON.
    Csv {
        /// Puts `'` before texts that a spreadsheet would run as a formula.
        spreadsheet_safe: bool,
    },
}

impl Format {
    /// What the names of files end with, the dot included.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Parquet => ".parquet",
            Self::Csv { .. } => ".csv",
        }
    }
}

/// All tables, on their way to files. Memory does not grow with the number of records.
pub struct Tables {
    sinks: Vec<Sink>,
    rows: Vec<u64>,
    buffered: usize,
    /// Run and version of the first record, and whether all have the same.
    run: Option<(String, String)>,
    mixed: bool,
}

enum Sink {
    Parquet(Box<ParquetTable>),
    Csv(CsvTable),
}

impl Tables {
    /// Begins a file for each table.
    ///
    /// # Errors
    /// Those of the system.
    pub fn create(folder: &Path, format: Format) -> Result<Self, TablesError> {
        Self::with_budget(folder, format, BUFFERED)
    }

    fn with_budget(folder: &Path, format: Format, buffered: usize) -> Result<Self, TablesError> {
        let sink = |table: &&'static crate::Table| {
            let path = folder.join(format!("{}{}", table.name, format.suffix()));
            let columns: Vec<_> =
                table.columns.iter().map(|column| (column.name, column.get.kind())).collect();
            Sink::create(table.name, &columns, path, format)
        };
        let sinks = ALL.iter().map(sink).collect::<Result<_, TablesError>>()?;
        Ok(Self { sinks, rows: vec![0; ALL.len()], buffered, run: None, mixed: false })
    }

    /// Adds a record.
    ///
    /// # Errors
    /// Those of the system.
    pub fn push(&mut self, record: &Record) -> Result<(), TablesError> {
        match &self.run {
            None => self.run = Some((record.run_id.clone(), record.schema_version.clone())),
            Some((run, version)) => {
                self.mixed |= *run != record.run_id || *version != record.schema_version;
            }
        }
        let view = View::new(record);
        for ((table, sink), written) in ALL.iter().zip(&mut self.sinks).zip(&mut self.rows) {
            let rows = (table.rows)(&view);
            for row in 0..rows {
                sink.push(table.columns.iter().map(|column| column.get.cell(&view, row)))?;
            }
            *written += rows as u64;
        }
        self.keep_small()
    }

    /// Writes the largest groups until the others fit the budget.
    fn keep_small(&mut self) -> Result<(), TablesError> {
        let groups = || self.sinks.iter().filter_map(Sink::buffered);
        if groups().sum::<usize>() <= self.buffered {
            return Ok(());
        }
        let largest = groups().max().unwrap_or_default();
        for sink in &mut self.sinks {
            if let Sink::Parquet(table) = sink
                && table.buffered() == largest
            {
                table.end_group()?;
            }
        }
        self.keep_small()
    }

    /// Ends all files; the rows of each table come back.
    ///
    /// # Errors
    /// Those of the system.
    pub fn finish(self) -> Result<Vec<(&'static str, u64)>, TablesError> {
        let mut facts = vec![("docmill.tables_version", TABLES_VERSION.to_owned())];
        if let (Some((run, version)), false) = (self.run, self.mixed) {
            facts.extend([("docmill.run_id", run), ("docmill.schema_version", version)]);
        }
        for sink in self.sinks {
            sink.finish(&facts)?;
        }
        Ok(ALL.iter().map(|table| table.name).zip(self.rows).collect())
    }
}

impl Sink {
    fn create(
        name: &str,
        columns: &[(&'static str, Kind)],
        path: PathBuf,
        format: Format,
    ) -> Result<Self, TablesError> {
        Ok(match format {
            Format::Parquet => Self::Parquet(Box::new(ParquetTable::create(name, columns, path)?)),
            Format::Csv { spreadsheet_safe } => Self::Csv(CsvTable::create(columns, path, spreadsheet_safe)?),
        })
    }

    fn push<'c>(&mut self, row: impl Iterator<Item = Cell<'c>>) -> Result<(), TablesError> {
        match self {
            Self::Parquet(table) => table.push(row),
            Self::Csv(table) => table.push(row),
        }
    }

    fn finish(self, facts: &[(&str, String)]) -> Result<(), TablesError> {
        match self {
            Self::Parquet(table) => table.finish(facts),
            Self::Csv(table) => table.finish(),
        }
    }

    fn buffered(&self) -> Option<usize> {
        match self {
            Self::Parquet(table) => Some(table.buffered()),
            Self::Csv(_) => None,
        }
    }
}

/// One table of rows that are no records', on its way to a file.
pub struct Rows {
    sink: Sink,
    budget: usize,
}

impl Rows {
    /// Begins the file.
    ///
    /// # Errors
    /// Those of the system.
    pub fn create(
        name: &str,
        columns: &[(&'static str, Kind)],
        path: &Path,
        format: Format,
    ) -> Result<Self, TablesError> {
        Ok(Self { sink: Sink::create(name, columns, path.to_owned(), format)?, budget: BUFFERED })
    }

    /// Adds a row: a value for each column, of its type.
    ///
    /// # Errors
    /// Those of the system.
    pub fn push(&mut self, row: Vec<Cell<'_>>) -> Result<(), TablesError> {
        self.sink.push(row.into_iter())?;
        match &mut self.sink {
            Sink::Parquet(table) if table.buffered() > self.budget => table.end_group(),
            _ => Ok(()),
        }
    }

    /// Ends the file, safely on the disk.
    ///
    /// # Errors
    /// Those of the system.
    pub fn finish(self) -> Result<(), TablesError> {
        self.sink.finish(&[("docmill.tables_version", TABLES_VERSION.to_owned())])
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;

    #[test]
    fn what_waits_is_bounded() {
        let line = r#"{"schema_version":"1.3","run_id":"r","id":"a","status":"ok","error":null,
            "source":{"path":"a","member":null,"line":null,"sha256":null,"bytes":0,"encoding":null,"replaced":0},
            "meta":{"title":null,"publication":null,"volume":null,"issue":null,"date":null,"author":null,"extra":[]},
            "language":null,"offset_unit":"codepoint","text":"TEXT","sentences":[],"tokens":[],"entities":[],
            "clusters":[],"sentiment":{"document":null,"sentences":[],"entities":[]},"stances":[],"quotes":[],
            "citations":[]}"#;
        let record: Record = serde_json::from_str(&line.replace("TEXT", &"word ".repeat(200))).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut tables = Tables::with_budget(folder.path(), Format::Parquet, 10_000).unwrap();
        for _ in 0..100 {
            tables.push(&record).unwrap();
            assert!(tables.sinks.iter().filter_map(Sink::buffered).sum::<usize>() <= 10_000);
        }
        tables.finish().unwrap();
        let file = File::open(folder.path().join("documents.parquet")).unwrap();
        let file = SerializedFileReader::new(file).unwrap();
        assert!((10..=20).contains(&file.num_row_groups()), "{}", file.num_row_groups());
        assert_eq!(file.get_row_iter(None).unwrap().count(), 100);
    }
}
