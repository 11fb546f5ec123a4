//! Records in, files out.

use std::path::{Path, PathBuf};

use docmill_jsonl::Record;

use crate::format::BUFFERED;
use crate::further::Further;
use crate::shape::Shape;
use crate::sink::Sink;
use crate::{ALL, Format, Kind, TABLES_VERSION, Table, TablesError, View};

/// All tables, on their way to files. Memory does not grow with the number of records.
pub struct Tables {
    folder: PathBuf,
    format: Format,
    /// docmill's own tables, in the order of [`ALL`].
    sinks: Vec<Sink>,
    further: Further,
    budget: usize,
    /// Run and version of the first record, and whether all have the same.
    run: Option<(String, String)>,
    mixed: bool,
}

impl Tables {
    /// Begins a file for each table.
    ///
    /// # Errors
    /// Those of the system.
    pub fn create(folder: &Path, format: Format) -> Result<Self, TablesError> {
        Self::with_budget(folder, format, BUFFERED)
    }

    fn with_budget(folder: &Path, format: Format, budget: usize) -> Result<Self, TablesError> {
        let sink = |table: &&Table| {
            let columns: Vec<(&str, Kind)> =
                table.columns.iter().map(|column| (column.name, column.get.kind())).collect();
            Sink::create(table.name, &columns, &path(folder, table.name, format), format)
        };
        Ok(Self {
            folder: folder.to_owned(),
            format,
            sinks: ALL.iter().map(sink).collect::<Result<_, TablesError>>()?,
            further: Further::new(folder),
            budget,
            run: None,
            mixed: false,
        })
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
        for (table, sink) in ALL.iter().zip(&mut self.sinks) {
            for row in 0..(table.rows)(&view) {
                sink.push(table.columns.iter().map(|column| column.get.cell(&view, row)))?;
            }
        }
        self.further.keep(record)?;
        keep_small(&mut self.sinks, self.budget)
    }

    /// Writes the tables of other people's layers, whose columns are known now, and ends all files; the name and the
    /// rows of each table come back.
    ///
    /// # Errors
    /// Those of the system.
    pub fn finish(self) -> Result<Vec<(String, u64)>, TablesError> {
        let mut facts = vec![("docmill.tables_version", TABLES_VERSION.to_owned())];
        if let (Some((run, version)), false) = (self.run, self.mixed) {
            facts.extend([("docmill.run_id", run), ("docmill.schema_version", version)]);
        }
        let mut written = Vec::new();
        for (table, sink) in ALL.iter().zip(self.sinks) {
            written.push((table.name.to_owned(), sink.rows()));
            sink.finish(&facts)?;
        }
        let Some((shapes, mut kept)) = self.further.read_back()? else { return Ok(written) };
        let create = |shape: &Shape| {
            let columns: Vec<(&str, Kind)> = shape.columns().collect();
            Sink::create(shape.name(), &columns, &path(&self.folder, shape.name(), self.format), self.format)
        };
        let mut sinks: Vec<Sink> = shapes.all().iter().map(create).collect::<Result<_, _>>()?;
        while let Some(layer) = kept.next_layer()? {
            layer.each_row(&mut |table, row| match shapes.position(table) {
                Some(at) => sinks[at].push(shapes.all()[at].cells(&row)),
                None => Ok(()),
            })?;
            keep_small(&mut sinks, self.budget)?;
        }
        for (shape, sink) in shapes.all().iter().zip(sinks) {
            written.push((shape.name().to_owned(), sink.rows()));
            sink.finish(&facts)?;
        }
        Ok(written)
    }
}

fn path(folder: &Path, table: &str, format: Format) -> PathBuf {
    folder.join(format!("{table}{}", format.suffix()))
}

/// Writes the largest groups until the others fit the budget.
fn keep_small(sinks: &mut [Sink], budget: usize) -> Result<(), TablesError> {
    while sinks.iter().map(Sink::buffered).sum::<usize>() > budget {
        if let Some(largest) = sinks.iter_mut().max_by_key(|sink| sink.buffered()) {
            largest.flush()?;
        }
    }
    Ok(())
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
            assert!(tables.sinks.iter().map(Sink::buffered).sum::<usize>() <= 10_000);
        }
        tables.finish().unwrap();
        let file = File::open(folder.path().join("documents.parquet")).unwrap();
        let file = SerializedFileReader::new(file).unwrap();
        assert!((10..=20).contains(&file.num_row_groups()), "{}", file.num_row_groups());
        assert_eq!(file.get_row_iter(None).unwrap().count(), 100);
    }
}
