//! A table as a Parquet file.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::errors::Result;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};

use crate::buffer::Leaf;
use crate::{Column, Get, Table, TablesError, View};

/// Rows of a group: what DuckDB has in one of its own, so that a thread of it reads a group (its documentation,
/// "Parquet tips", recommends 100,000 to 1,000,000).
const GROUP_ROWS: usize = 122_880;

/// A table on its way to a Parquet file.
pub(crate) struct ParquetTable {
    table: &'static Table,
    path: PathBuf,
    writer: SerializedFileWriter<File>,
    columns: Vec<Vec<Leaf>>,
    /// Of the group under way.
    rows: usize,
    bytes: usize,
}

impl ParquetTable {
    /// Begins the file.
    pub fn create(table: &'static Table, path: PathBuf) -> std::result::Result<Self, TablesError> {
        let file = File::create(&path).map_err(TablesError::io(&path))?;
        let writer = writer(table, file).map_err(TablesError::parquet(&path))?;
        let columns = table.columns.iter().map(|column| Leaf::of(column.get)).collect();
        Ok(Self { table, path, writer, columns, rows: 0, bytes: 0 })
    }

    /// Bytes of the group under way.
    pub fn buffered(&self) -> usize {
        self.bytes
    }

    /// Adds row `row` of a record.
    pub fn push(&mut self, view: &View<'_>, row: usize) -> std::result::Result<(), TablesError> {
        for (column, leaves) in self.table.columns.iter().zip(&mut self.columns) {
            self.bytes += Leaf::push(leaves, column.get, view, row);
        }
        self.rows += 1;
        if self.rows == GROUP_ROWS { self.end_group() } else { Ok(()) }
    }

    /// Writes the group under way.
    pub fn end_group(&mut self) -> std::result::Result<(), TablesError> {
        if self.rows == 0 {
            return Ok(());
        }
        (self.rows, self.bytes) = (0, 0);
        self.write_group().map_err(TablesError::parquet(&self.path))
    }

    fn write_group(&mut self) -> Result<()> {
        let mut group = self.writer.next_row_group()?;
        for leaf in self.columns.iter_mut().flatten() {
            if let Some(mut column) = group.next_column()? {
                leaf.drain(&mut column)?;
                column.close()?;
            }
        }
        group.close().map(drop)
    }

    /// Ends the file, with these facts in it, safely on the disk.
    pub fn finish(mut self, facts: &[(&str, String)]) -> std::result::Result<(), TablesError> {
        self.end_group()?;
        for (key, value) in facts {
            self.writer.append_key_value_metadata(KeyValue::new((*key).to_owned(), value.clone()));
        }
        let file = self.writer.into_inner().map_err(TablesError::parquet(&self.path))?;
        file.sync_all().map_err(TablesError::io(&self.path))
    }
}

fn writer(table: &Table, file: File) -> Result<SerializedFileWriter<File>> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_created_by(format!("docmill version {}", env!("CARGO_PKG_VERSION")))
        .build();
    SerializedFileWriter::new(file, schema(table)?, Arc::new(properties))
}

/// The table's schema.
fn schema(table: &Table) -> Result<TypePtr> {
    let fields = table.columns.iter().map(field).collect::<Result<_>>()?;
    Ok(Arc::new(Type::group_type_builder(table.name).with_fields(fields).build()?))
}

fn field(column: &Column) -> Result<TypePtr> {
    let optional = Repetition::OPTIONAL;
    let name = column.name;
    match column.get {
        Get::Text(_) => primitive(name, Physical::BYTE_ARRAY, Some(LogicalType::String), optional),
        Get::Date(_) => primitive(name, Physical::INT32, Some(LogicalType::Date), optional),
        Get::Integer(_) => primitive(name, Physical::INT64, None, optional),
        Get::Double(_) => primitive(name, Physical::DOUBLE, None, optional),
        Get::Boolean(_) => primitive(name, Physical::BOOLEAN, None, optional),
        Get::Texts(_) => list(name, text("element")?),
        Get::Pairs(_) => {
            let pair = Type::group_type_builder("element")
                .with_repetition(Repetition::REQUIRED)
                .with_fields(vec![text("key")?, text("value")?]);
            list(name, Arc::new(pair.build()?))
        }
    }
}

/// A text in a list, which is there.
fn text(name: &str) -> Result<TypePtr> {
    primitive(name, Physical::BYTE_ARRAY, Some(LogicalType::String), Repetition::REQUIRED)
}

fn primitive(
    name: &str,
    physical: Physical,
    logical: Option<LogicalType>,
    repetition: Repetition,
) -> Result<TypePtr> {
    let builder = Type::primitive_type_builder(name, physical).with_repetition(repetition);
    Ok(Arc::new(builder.with_logical_type(logical).build()?))
}

/// A list in the three levels that the format asks for.
fn list(name: &str, element: TypePtr) -> Result<TypePtr> {
    let inner =
        Type::group_type_builder("list").with_repetition(Repetition::REPEATED).with_fields(vec![element]);
    let outer = Type::group_type_builder(name)
        .with_repetition(Repetition::REQUIRED)
        .with_logical_type(Some(LogicalType::List))
        .with_converted_type(ConvertedType::LIST)
        .with_fields(vec![Arc::new(inner.build()?)]);
    Ok(Arc::new(outer.build()?))
}
