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
use crate::{Cell, Kind, TablesError};

/// Rows of a group: what DuckDB has in one of its own, so that a thread of it reads a group (its documentation,
/// "Parquet tips", recommends 100,000 to 1,000,000).
const GROUP_ROWS: usize = 122_880;

/// A table on its way to a Parquet file.
pub(crate) struct ParquetTable {
    path: PathBuf,
    writer: SerializedFileWriter<File>,
    columns: Vec<Vec<Leaf>>,
    /// Of the group under way.
    rows: usize,
    bytes: usize,
}

impl ParquetTable {
    /// Begins the file.
    pub fn create(
        name: &str,
        columns: &[(&str, Kind)],
        path: PathBuf,
    ) -> std::result::Result<Self, TablesError> {
        let file = File::create(&path).map_err(TablesError::io(&path))?;
        let writer = writer(name, columns, file).map_err(TablesError::parquet(&path))?;
        let columns = columns.iter().map(|(_, kind)| Leaf::of(*kind)).collect();
        Ok(Self { path, writer, columns, rows: 0, bytes: 0 })
    }

    /// Bytes of the group under way.
    pub fn buffered(&self) -> usize {
        self.bytes
    }

    /// Adds a row.
    pub fn push<'c>(&mut self, row: impl Iterator<Item = Cell<'c>>) -> std::result::Result<(), TablesError> {
        for (cell, leaves) in row.zip(&mut self.columns) {
            self.bytes += Leaf::push(leaves, &cell);
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

fn writer(name: &str, columns: &[(&str, Kind)], file: File) -> Result<SerializedFileWriter<File>> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_created_by(format!("docmill version {}", env!("CARGO_PKG_VERSION")))
        .build();
    SerializedFileWriter::new(file, schema(name, columns)?, Arc::new(properties))
}

/// The table's schema.
fn schema(name: &str, columns: &[(&str, Kind)]) -> Result<TypePtr> {
    let fields = columns.iter().map(|(name, kind)| field(name, *kind)).collect::<Result<_>>()?;
    Ok(Arc::new(Type::group_type_builder(name).with_fields(fields).build()?))
}

fn field(name: &str, kind: Kind) -> Result<TypePtr> {
    let optional = Repetition::OPTIONAL;
    match kind {
        Kind::Text => primitive(name, Physical::BYTE_ARRAY, Some(LogicalType::String), optional),
        Kind::Date => primitive(name, Physical::INT32, Some(LogicalType::Date), optional),
        Kind::Integer => primitive(name, Physical::INT64, None, optional),
        Kind::Double => primitive(name, Physical::DOUBLE, None, optional),
        Kind::Boolean => primitive(name, Physical::BOOLEAN, None, optional),
        Kind::Texts => list(name, text("element")?),
        Kind::Pairs => {
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
