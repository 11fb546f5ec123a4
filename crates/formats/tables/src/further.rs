//! Tables of other people's layers.
//!
//! Which columns they have is known when every record was seen. Until then the layers wait in a temporary file, so that
//! memory does not grow with the records and the records are read once.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Lines, Seek, Write};
use std::path::{Path, PathBuf};
use std::slice;

use docmill_jsonl::Record;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::TablesError;
use crate::flatten::{Field, Flat};
use crate::shape::{Row, Shape, plain};

/// Tables that a run may have besides docmill's own: each is an open file.
const MOST_TABLES: usize = 64;

/// Lists inside lists that become tables.
const DEPTH: usize = 3;

/// What the names of these tables begin with.
const PREFIX: &str = "layer_";

/// True for the name that such a table has.
pub(crate) fn is_name(stem: &str) -> bool {
    stem.strip_prefix(PREFIX).is_some_and(|rest| !rest.is_empty() && plain(rest) == rest)
}

/// Collects layers.
pub(crate) struct Further {
    folder: PathBuf,
    /// None before the first layer.
    file: Option<BufWriter<File>>,
    shapes: Shapes,
}

/// The tables met, in the order in which they were.
#[derive(Default)]
pub(crate) struct Shapes {
    all: Vec<Shape>,
    by_name: BTreeMap<String, usize>,
}

/// A layer of a record, as it waits.
#[derive(Serialize)]
struct Waiting<'r> {
    doc: &'r str,
    layer: &'r str,
    value: &'r Value,
}

/// The same, read again.
#[derive(Deserialize)]
pub(crate) struct KeptLayer {
    doc: String,
    layer: String,
    value: Value,
}

impl Further {
    /// Collects layers in a temporary file in `folder`.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), file: None, shapes: Shapes::default() }
    }

    /// Keeps the layers of a record, and notes their columns.
    pub fn keep(&mut self, record: &Record) -> Result<(), TablesError> {
        for (layer, value) in record.layers.iter().filter(|(_, value)| !value.is_null()) {
            let noted: Result<(), Infallible> = each_row(&record.id, layer, value, &mut |table, row| {
                self.shapes.note(table, &row);
                Ok(())
            });
            noted.unwrap_or_else(|never| match never {});
            if self.file.is_none() {
                let file = tempfile::tempfile_in(&self.folder).map_err(TablesError::io(&self.folder))?;
                self.file = Some(BufWriter::with_capacity(1 << 16, file));
            }
            let Some(file) = &mut self.file else { continue };
            let waiting = Waiting { doc: &record.id, layer, value };
            let mut write = || -> std::io::Result<()> {
                serde_json::to_writer(&mut *file, &waiting)?;
                file.write_all(b"\n")
            };
            write().map_err(TablesError::io(&self.folder))?;
        }
        Ok(())
    }

    /// The tables that were met, and what was kept, from its start; none if there was no such layer.
    pub fn read_back(self) -> Result<Option<(Shapes, Kept)>, TablesError> {
        let Some(file) = self.file else { return Ok(None) };
        let rewound = file.into_inner().map_err(std::io::IntoInnerError::into_error).and_then(|mut file| {
            file.rewind()?;
            Ok(file)
        });
        let file = rewound.map_err(TablesError::io(&self.folder))?;
        Ok(Some((self.shapes, Kept { folder: self.folder, lines: BufReader::new(file).lines() })))
    }
}

impl Shapes {
    /// The tables in the order in which they were met.
    pub fn all(&self) -> &[Shape] {
        &self.all
    }

    /// The place of a table in [`Shapes::all`]; none if there were too many.
    pub fn position(&self, table: &str) -> Option<usize> {
        self.by_name.get(table).copied()
    }

    fn note(&mut self, table: &str, row: &Row<'_>) {
        let place = self.position(table).or_else(|| {
            let next = self.all.len();
            (next < MOST_TABLES).then(|| {
                self.all.push(Shape::new(table.to_owned(), row.parent.is_some()));
                self.by_name.insert(table.to_owned(), next);
                next
            })
        });
        if let Some(place) = place {
            self.all[place].note(row);
        }
    }
}

/// Layers read back.
pub(crate) struct Kept {
    folder: PathBuf,
    lines: Lines<BufReader<File>>,
}

impl Kept {
    /// The next one.
    pub fn next_layer(&mut self) -> Result<Option<KeptLayer>, TablesError> {
        let Some(line) = self.lines.next() else { return Ok(None) };
        let read = line.and_then(|line| Ok(serde_json::from_str(&line)?));
        read.map(Some).map_err(TablesError::io(&self.folder))
    }
}

impl KeptLayer {
    /// Its rows: the table of each, and the row.
    pub fn each_row<E>(&self, act: &mut impl FnMut(&str, Row<'_>) -> Result<(), E>) -> Result<(), E> {
        each_row(&self.doc, &self.layer, &self.value, act)
    }
}

/// The rows that a layer of a document gives.
fn each_row<E>(
    doc_id: &str,
    layer: &str,
    value: &Value,
    act: &mut impl FnMut(&str, Row<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let items = match value {
        Value::Null => &[],
        Value::Array(items) => items.as_slice(),
        other => slice::from_ref(other),
    };
    // What is left to do: a table, the row that holds the list, and the list.
    let mut lists: Vec<(String, Option<usize>, usize, &[Value])> =
        vec![(format!("{PREFIX}{}", plain(layer)), None, 1, items)];
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut at = 0;
    while let Some((table, parent, depth, items)) = lists.get(at).cloned() {
        for value in items {
            let Flat { span, mut fields, lists: inner } = Flat::of(value);
            let count = counts.entry(table.clone()).or_default();
            let item = *count;
            *count += 1;
            for (field, list) in inner {
                match list.as_array().filter(|_| depth < DEPTH) {
                    Some(rows) => {
                        lists.push((format!("{table}_{}", plain(&field)), Some(item), depth + 1, rows));
                    }
                    None => fields.push((field, Field::Json(list))),
                }
            }
            act(&table, Row { doc_id, parent, item, span, fields })?;
        }
        at += 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_of_tables() {
        assert!(is_name("layer_watch_list") && is_name("layer_a1"));
        for other in ["layer_", "layer_A", "layers", "thesis", "layer_../x"] {
            assert!(!is_name(other), "{other}");
        }
    }

    #[test]
    fn lists_of_objects_are_tables_that_name_their_row() {
        let value =
            json!([{ "n": 1, "hits": [{ "t": "a" }, { "t": "b" }] }, { "n": 2, "hits": [{ "t": "c" }] }]);
        let mut rows = Vec::new();
        let done: Result<(), Infallible> = each_row("d", "Watch List", &value, &mut |table, row| {
            rows.push(format!("{table} {:?} {} {}", row.parent, row.item, row.fields.len()));
            Ok(())
        });
        done.unwrap();
        assert_eq!(
            rows,
            [
                "layer_watch_list None 0 1",
                "layer_watch_list None 1 1",
                "layer_watch_list_hits Some(0) 0 1",
                "layer_watch_list_hits Some(0) 1 1",
                "layer_watch_list_hits Some(1) 2 1",
            ]
        );
    }
}
