//! A table as a CSV file: RFC 4180, but a line ends with a line feed alone.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use docmill_dates::Date;
use serde_json::{Value, json};

use crate::{Get, Table, TablesError, View};

/// What a spreadsheet takes for the beginning of a formula, also behind a tab or a carriage return (OWASP, "CSV
/// Injection").
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A table on its way to a CSV file.
pub(crate) struct CsvTable {
    table: &'static Table,
    path: PathBuf,
    out: BufWriter<File>,
    spreadsheet_safe: bool,
    line: String,
}

impl CsvTable {
    /// Begins the file with the names of the columns.
    pub fn create(table: &'static Table, path: PathBuf, spreadsheet_safe: bool) -> Result<Self, TablesError> {
        let file = File::create(&path).map_err(TablesError::io(&path))?;
        let mut out = BufWriter::with_capacity(1 << 16, file);
        let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        writeln!(out, "{}", names.join(",")).map_err(TablesError::io(&path))?;
        Ok(Self { table, path, out, spreadsheet_safe, line: String::new() })
    }

    /// Adds row `row` of a record.
    pub fn push(&mut self, view: &View<'_>, row: usize) -> Result<(), TablesError> {
        self.line.clear();
        for (i, column) in self.table.columns.iter().enumerate() {
            if i > 0 {
                self.line.push(',');
            }
            match column.get {
                Get::Text(get) => {
                    if let Some(text) = get(view, row) {
                        self.text(&text);
                    }
                }
                Get::Date(get) => self.line += get(view, row).filter(is_day).unwrap_or_default(),
                Get::Integer(get) => self.plain(get(view, row)),
                Get::Double(get) => {
                    if let Some(value) = get(view, row) {
                        // With a point in it, as in the record.
                        self.line += &format!("{value:?}");
                    }
                }
                Get::Boolean(get) => self.plain(get(view, row)),
                Get::Texts(get) => self.text(&json!(get(view, row)).to_string()),
                Get::Pairs(get) => {
                    let pairs = get(view, row);
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

fn is_day(iso: &&str) -> bool {
    Date::from_iso(iso).is_some()
}
