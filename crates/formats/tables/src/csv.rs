//! A table as a CSV file: RFC 4180, but a line ends with a line feed alone.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use docmill_dates::Date;
use serde_json::{Value, json};

use crate::{Cell, Kind, TablesError};

/// What a spreadsheet takes for the beginning of a formula, also behind a tab or a carriage return (OWASP, "CSV
/// Injection").
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A table on its way to a CSV file.
pub(crate) struct CsvTable {
    path: PathBuf,
    out: BufWriter<File>,
    spreadsheet_safe: bool,
    line: String,
}

impl CsvTable {
    /// Begins the file with the names of the columns.
    pub fn create(
        columns: &[(&str, Kind)],
        path: PathBuf,
        spreadsheet_safe: bool,
    ) -> Result<Self, TablesError> {
        let file = File::create(&path).map_err(TablesError::io(&path))?;
        let mut out = BufWriter::with_capacity(1 << 16, file);
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        writeln!(out, "{}", names.join(",")).map_err(TablesError::io(&path))?;
        Ok(Self { path, out, spreadsheet_safe, line: String::new() })
    }

    /// Adds a row.
    pub fn push<'c>(&mut self, row: impl Iterator<Item = Cell<'c>>) -> Result<(), TablesError> {
        self.line.clear();
        for (i, cell) in row.enumerate() {
            if i > 0 {
                self.line.push(',');
            }
            match cell {
                Cell::Text(text) => {
                    if let Some(text) = text {
                        self.text(&text);
                    }
                }
                Cell::Date(day) => {
                    self.line += day.as_deref().filter(|day| is_day(day)).unwrap_or_default();
                }
                Cell::Integer(value) => self.plain(value),
                Cell::Double(value) => {
                    if let Some(value) = value {
                        // With a point in it, as in the record.
                        self.line += &format!("{value:?}");
                    }
                }
                Cell::Boolean(value) => self.plain(value),
                Cell::Texts(texts) => self.text(&json!(texts).to_string()),
                Cell::Pairs(pairs) => {
                    let pairs = pairs.iter().map(|(key, value)| json!({ "key": key, "value": value }));
                    self.text(&pairs.collect::<Value>().to_string());
                }
            }
        }
        self.line.push('\n');
        self.out.write_all(self.line.as_bytes()).map_err(TablesError::io(&self.path))
    }

    fn plain(&mut self, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.line += &value.to_string();
        }
    }

    /// An empty text is `""`, which a null is not.
    fn text(&mut self, text: &str) {
        let text: Cow<'_, str> = if self.spreadsheet_safe && text.starts_with(FORMULA) {
            format!("'{text}").into()
        } else {
            text.into()
        };
        if text.is_empty() || text.contains(['"', ',', '\n', '\r']) {
            self.line += &format!("\"{}\"", text.replace('"', "\"\""));
        } else {
            self.line += &text;
        }
    }

    /// Ends the file, safely on the disk.
    pub fn finish(self) -> Result<(), TablesError> {
        let file = self.out.into_inner().map_err(io::IntoInnerError::into_error);
        file.and_then(|file| file.sync_all()).map_err(TablesError::io(&self.path))
    }
}

fn is_day(iso: &str) -> bool {
    Date::from_iso(iso).is_some()
}
