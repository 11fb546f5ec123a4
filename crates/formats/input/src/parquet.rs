//! Parquet files, row by row.

use std::fs::File;
use std::panic::{self, AssertUnwindSafe};

use ::parquet::errors::ParquetError;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::reader::RowIter;
use ::parquet::record::{Field, Row};
use docmill_core::Source;
use serde::Serializer;
use serde_json::Value;

use crate::archives::seekable;
use crate::channel::Disconnected;
use crate::codec::too_long;
use crate::container::{Container, Reader, Stream};
use crate::fields::text_of;
use crate::item::{PayloadKind, record};
use crate::{FieldSettings, Item, footer};

/// A Parquet file.
pub(crate) struct Parquet;

impl Container for Parquet {
    fn read(&self, reader: &mut Reader<'_>, stream: Stream<'_>) -> Result<(), Disconnected> {
        match seekable(stream.whole, stream.input) {
            Ok(file) => reader.parquet(stream.place, file),
            Err(reason) => reader.fault(stream.place.clone(), reason),
        }
    }
}

impl Reader<'_> {
    /// Each row becomes an item, as a JSON object; its number is the record's.
    fn parquet(&mut self, place: &Source, mut file: File) -> Result<(), Disconnected> {
        if let Err(reason) = footer::check(&mut file) {
            return self.fault(place.clone(), reason);
        }
        let reader = match sound(|| SerializedFileReader::new(file)) {
            Ok(Ok(reader)) => reader,
            Ok(Err(error)) => return self.fault(place.clone(), reason(&error)),
            Err(reason) => return self.fault(place.clone(), reason),
        };
        let fields = &self.settings.settings.fields;
        let schema = reader.metadata().file_metadata().schema_descr_ptr();
        let names: Vec<String> =
            schema.root_schema().get_fields().iter().map(|field| field.name().to_owned()).collect();
        let dotted = |name: &str| fields.text.split_once('.').is_some_and(|(first, _)| first == name);
        if !fields.text.is_empty()
            && FieldSettings::column(&fields.text, &names).is_none()
            && !names.iter().any(|name| dotted(name))
        {
            return self.fault(place.clone(), fields.no_text(&names));
        }
        let limit = self.settings.settings.max_bytes;
        let mut rows = RowIter::from_file_into(Box::new(reader));
        for number in 1.. {
            let place = record(place, number);
            let row = match sound(|| rows.next()) {
                Ok(Some(Ok(row))) => row,
                Ok(None) => break,
                Ok(Some(Err(error))) => {
                    return self.fault(place, format!("{}; the rest is left out", reason(&error)));
                }
                Err(reason) => return self.fault(place, format!("{reason}; the rest is left out")),
            };
            match object(&row) {
                Ok(json) if json.len() as u64 > limit => self.fault(place, too_long(limit))?,
                Ok(json) => {
                    let own = |(name, field): (&String, &Field)| (*name == fields.id).then(|| value(field));
                    let id = row.get_column_iter().find_map(own).and_then(|id| text_of(&id));
                    self.put(Item::bytes_of(place, json, PayloadKind::Json).with_id(id))?;
                }
                Err(error) => self.fault(place, format!("a row that is no JSON: {error}"))?,
            }
        }
        Ok(())
    }
}

/// What the crate reads. At damaged pages it may fail an assertion instead of giving an error.
fn sound<T>(read: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(read))
        .map_err(|_| "cannot be read as Parquet: its pages are damaged".to_owned())
}

/// Days before and after 1970 that are dates: some 200,000 years.
const MOST_DAYS: i64 = 73_000_000;

/// The row as a JSON object, in the order of the columns.
fn object(row: &Row) -> Result<Vec<u8>, serde_json::Error> {
    let mut json = Vec::new();
    serde_json::Serializer::new(&mut json)
        .collect_map(row.get_column_iter().map(|(name, field)| (name, value(field))))?;
    Ok(json)
}

/// Text is often written without saying that it is text.
fn value(field: &Field) -> Value {
    match field {
        Field::Bytes(bytes) => match std::str::from_utf8(bytes.data()) {
            Ok(text) => Value::String(text.to_owned()),
            // What is no text, pictures for instance, has no place in a document.
            Err(_) => Value::Null,
        },
        // The converter of the crate knows no years beyond its calendar.
        Field::Date(days) if !(-MOST_DAYS..MOST_DAYS).contains(&i64::from(*days)) => Value::Null,
        Field::TimestampMillis(time) if !(-MOST_DAYS..MOST_DAYS).contains(&(time / 86_400_000)) => {
            Value::Null
        }
        Field::TimestampMicros(time) if !(-MOST_DAYS..MOST_DAYS).contains(&(time / 86_400_000_000)) => {
            Value::Null
        }
        Field::Group(row) => {
            Value::Object(row.get_column_iter().map(|(name, field)| (name.clone(), value(field))).collect())
        }
        Field::ListInternal(list) => Value::Array(list.elements().iter().map(value).collect()),
        field => field.to_json_value(),
    }
}

fn reason(error: &ParquetError) -> String {
    format!("cannot be read as Parquet: {error}")
}
