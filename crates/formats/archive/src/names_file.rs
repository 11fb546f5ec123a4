//! The rows of an archive in a file, whose name tells the format.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use docmill_jsonl::{Layout, Output, discard, publish};
use docmill_tables::{Format, Rows};

use crate::columns::{COLUMNS, cells};
use crate::error::ArchiveError;
use crate::names::Names;
use crate::row::NameKind;

/// A file for rows: Parquet, CSV, or JSON lines.
#[derive(Debug)]
pub struct NamesFile {
    path: PathBuf,
    /// None for JSON lines.
    table: Option<Format>,
}

/// Rows by kind, in the order of [`NameKind::ALL`].
pub type NameCounts = [u64; NameKind::ALL.len()];

impl NamesFile {
    /// The format by the end of the name; `-` is JSON lines on standard output. `spreadsheet_safe` is that of
    /// [`Format::Csv`].
    ///
    /// # Errors
    /// If the name is a folder's, or tells no format.
    pub fn new(path: &Path, spreadsheet_safe: bool) -> Result<Self, ArchiveError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let refuse = |why| Err(ArchiveError::NoFormat { path: path.to_owned(), why });
        if path.is_dir() {
            return refuse("is a folder; name a file in it");
        }
        let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| name.ends_with(suffix));
        let table = if ends(&[".parquet"]) {
            Some(Format::Parquet)
        } else if ends(&[".csv"]) {
            Some(Format::Csv { spreadsheet_safe })
        } else if name == "-" || ends(&[".jsonl", ".jsonl.gz", ".jsonl.zst"]) {
            None
        } else {
            return refuse("the extension decides the format; use .parquet, .csv or .jsonl");
        };
        Ok(Self { path: path.to_owned(), table })
    }

    /// Writes all rows. The file appears whole or not at all.
    ///
    /// # Errors
    /// Those of the system.
    pub fn write(&self, names: Names) -> Result<NameCounts, ArchiveError> {
        match self.table {
            Some(format) => self.write_table(names, format),
            None => self.write_lines(names),
        }
    }

    fn write_table(&self, names: Names, format: Format) -> Result<NameCounts, ArchiveError> {
        let mut partial = OsString::from(&self.path);
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        let write = || {
            let mut rows = Rows::create("names", COLUMNS, &partial, format)?;
            let mut counts = NameCounts::default();
            for row in names.rows()? {
                let row = row?;
                rows.push(cells(&row))?;
                count(&mut counts, row.kind);
            }
            rows.finish()?;
            let put = fs::rename(&partial, &self.path);
            put.map_err(|source| ArchiveError::Io { path: self.path.clone(), source })?;
            Ok(counts)
        };
        write().inspect_err(|_| {
            // What was written is of no use; that it cannot be removed changes nothing about the error.
            let _ = fs::remove_file(&partial);
        })
    }

    fn write_lines(&self, names: Names) -> Result<NameCounts, ArchiveError> {
        let layout = Layout::file(&self.path)?;
        let mut output = Output::create(&layout)?;
        let write = || {
            let mut counts = NameCounts::default();
            for row in names.rows()? {
                let row = row?;
                output.write((serde_json::to_string(&row)? + "\n").as_bytes())?;
                count(&mut counts, row.kind);
            }
            output.seal()?;
            Ok(counts)
        };
        match write() {
            Ok(counts) => publish(&layout).map(|()| counts).map_err(Into::into),
            Err(error) => {
                discard(&layout)?;
                Err(error)
            }
        }
    }
}

fn count(counts: &mut NameCounts, kind: NameKind) {
    if let Some(i) = NameKind::ALL.iter().position(|(known, _)| *known == kind) {
        counts[i] += 1;
    }
}
