//! Tables: CSV and TSV, with a header.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use csv_core::ReadRecordResult;
use docmill_core::Source;

use crate::channel::Disconnected;
use crate::codec::{describe, too_long};
use crate::container::{Container, Reader, Stream};
use crate::item::{PayloadKind, record};
use crate::table_header::{Dialect, Header};
use crate::text::is_binary;
use crate::{FieldSettings, Format, Item};

/// A table in CSV or TSV.
pub(crate) struct Table(pub Format);

impl Container for Table {
    fn is_text(&self) -> bool {
        true
    }

    fn read(&self, reader: &mut Reader<'_>, stream: Stream<'_>) -> Result<(), Disconnected> {
        reader.table(stream.place, stream.head, stream.input, self.0)
    }
}

impl Reader<'_> {
    /// Each row under the header becomes an item; the number of the row, without the header, is the record's.
    fn table(
        &mut self,
        place: &Source,
        head: &[u8],
        input: &mut dyn Read,
        format: Format,
    ) -> Result<(), Disconnected> {
        if is_binary(head) {
            return self.fault(place.clone(), "a binary file, not a table");
        }
        let limit = self.settings.settings.max_bytes;
        let fields = &self.settings.settings.fields;
        let mut input = BufReader::with_capacity(1 << 16, input);
        let dialect = match input.fill_buf() {
            Ok(start) => Dialect::of(start, format),
            Err(error) => return self.fault(place.clone(), describe(&error)),
        };
        input.consume(dialect.skipped);
        let mut rows = Rows::new(input, dialect, limit);
        let header = match rows.next() {
            Ok(Some(Row::Whole(raw))) => match Header::new(raw, dialect, fields) {
                Ok(header) => Arc::new(header),
                Err(reason) => return self.fault(place.clone(), reason),
            },
            Ok(Some(Row::TooLong)) => return self.fault(place.clone(), too_long(limit)),
            Ok(None) => return self.fault(place.clone(), "a table without a header"),
            Err(error) => return self.fault(place.clone(), describe(&error)),
        };
        let id_column = FieldSettings::column(&fields.id, &header.names);
        for number in 1.. {
            let row = rows.next();
            let place = record(place, number);
            match row {
                Ok(Some(Row::Whole(raw))) => {
                    let id = id_column.and_then(|column| rows.field(column)).filter(|id| !id.is_empty());
                    self.put(Item::bytes_of(place, raw, PayloadKind::Row(header.clone())).with_id(id))?;
                }
                Ok(Some(Row::TooLong)) => {
                    self.fault(place, format!("{} (or is a quotation mark not closed?)", too_long(limit)))?;
                }
                Ok(None) => return Ok(()),
                Err(error) => return self.fault(place, describe(&error)),
            }
        }
        Ok(())
    }
}

/// The rows of a table as they stand in the file, of bounded length.
struct Rows<R> {
    input: R,
    parser: csv_core::Reader,
    limit: u64,
    /// Fields of the row at hand, without quotation marks, one after the other; and where each ends.
    unquoted: Vec<u8>,
    ends: Vec<usize>,
    fields: usize,
}

enum Row {
    Whole(Vec<u8>),
    TooLong,
}

impl<R: BufRead> Rows<R> {
    fn new(input: R, dialect: Dialect, limit: u64) -> Self {
        let parser = csv_core::ReaderBuilder::new()
            .delimiter(dialect.delimiter)
            .escape(dialect.escapes.then_some(b'\\'))
            .build();
        Self { input, parser, limit, unquoted: vec![0; 1 << 12], ends: vec![0; 64], fields: 0 }
    }

    fn next(&mut self) -> io::Result<Option<Row>> {
        let mut raw: Vec<u8> = Vec::new();
        let mut length = 0;
        let (mut unquoted, mut fields) = (0, 0);
        loop {
            let buffer = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            let (result, used, wrote, ended) =
                self.parser.read_record(buffer, &mut self.unquoted[unquoted..], &mut self.ends[fields..]);
            length += used as u64;
            if length <= self.limit {
                raw.extend_from_slice(&buffer[..used]);
            }
            self.input.consume(used);
            unquoted += wrote;
            fields += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(None),
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull if length > self.limit => {
                    // Nothing of the row will be used.
                    (unquoted, fields) = (0, 0);
                }
                ReadRecordResult::OutputFull => self.unquoted.resize(2 * self.unquoted.len(), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
            }
        }
        self.fields = fields;
        if length > self.limit {
            return Ok(Some(Row::TooLong));
        }
        // The line feed of the line end before, if that was `\r\n`.
        let start = raw.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(0);
        raw.drain(..start);
        Ok(Some(Row::Whole(raw)))
    }

    /// A field of the row at hand.
    fn field(&self, column: usize) -> Option<String> {
        let ends = self.ends.get(..self.fields)?;
        let start = column.checked_sub(1).map_or(Some(0), |before| ends.get(before).copied())?;
        let field = self.unquoted.get(start..*ends.get(column)?)?;
        Some(String::from_utf8_lossy(field).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, limit: u64) -> Vec<Option<String>> {
        let dialect = Dialect::of(text.as_bytes(), Format::Csv);
        let mut rows = Rows::new(BufReader::with_capacity(5, text.as_bytes()), dialect, limit);
        let mut all = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            all.push(match row {
                Row::Whole(raw) => Some(String::from_utf8(raw).unwrap()),
                Row::TooLong => None,
            });
        }
        all
    }

    #[test]
    fn rows_stay_as_they_are() {
        let text = "id,text\r\n1,\"a \"\"b\"\"\nc\"\r\n\r\n2,5\" gun\n3,last";
        let expected = ["id,text\r", "1,\"a \"\"b\"\"\nc\"\r", "2,5\" gun\n", "3,last"];
        assert_eq!(rows(text, 100), expected.map(|row| Some(row.to_owned())));
        let long = format!("id,text\n1,{}\n2,b\n", "a,".repeat(9000));
        assert_eq!(rows(&long, 100).iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, true]);
    }

    #[test]
    fn dialects_are_told_apart() {
        let dialect = |text: &str| {
            let found = Dialect::of(text.as_bytes(), Format::Csv);
            (char::from(found.delimiter), found.escapes, found.skipped)
        };
        assert_eq!(dialect("id|text\n1|a, b"), ('|', false, 0));
        assert_eq!(dialect("sep=;\r\nid;text\r\n"), (';', false, 7));
        assert_eq!(dialect("id,text\n1,\"a \\\"b\\\" c\"\n"), (',', true, 0));
        assert_eq!(dialect("id,text\n1,\"C:\\dir\\\"\n2,\"a \"\"b\"\"\"\n"), (',', false, 0));
        let escaped = rows("id,text\n1,\"My \\\"word\\\"\nand, more.\"\n2,b\n", 100);
        assert_eq!(escaped.len(), 3);
        assert!(escaped[1].as_deref().is_some_and(|row| row.ends_with("more.\"\n")));
    }
}
