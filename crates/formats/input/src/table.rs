//! Tables: CSV and TSV, with a header.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use csv_core::ReadRecordResult;
use docmill_core::Source;
use serde_json::Value;

use crate::codec::{told, too_long};
use crate::feed::Gone;
use crate::item::{Shape, record};
use crate::jsonl::BOM;
use crate::read::Reader;
use crate::text::{is_binary, unmarked};
use crate::{FieldSettings, Format, Item};

/// The columns of a table.
#[derive(Debug)]
pub(crate) struct Header {
    names: Vec<String>,
    delimiter: u8,
}

impl Reader<'_> {
    /// Each row under the header becomes an item; the number of the row, without the header, is the record's.
    pub fn table(
        &mut self,
        place: &Source,
        head: &[u8],
        input: &mut dyn Read,
        format: Format,
    ) -> Result<(), Gone> {
        if is_binary(head) {
            return self.fault(place.clone(), "a binary file, not a table");
        }
        let limit = self.settings.settings.max_bytes;
        let fields = &self.settings.settings.fields;
        let mut input = BufReader::with_capacity(1 << 16, input);
        let delimiter = match (format, input.fill_buf()) {
            (Format::Tsv, _) => b'\t',
            (_, Ok(start)) => delimiter(start),
            (_, Err(error)) => return self.fault(place.clone(), told(&error)),
        };
        let mut rows = Rows::new(input, delimiter, limit);
        let header = match rows.next() {
            Ok(Some(Row::Whole(raw))) => match Header::new(raw, delimiter, fields) {
                Ok(header) => Arc::new(header),
                Err(reason) => return self.fault(place.clone(), reason),
            },
            Ok(Some(Row::TooLong)) => return self.fault(place.clone(), too_long(limit)),
            Ok(None) => return self.fault(place.clone(), "a table without a header"),
            Err(error) => return self.fault(place.clone(), told(&error)),
        };
        let id_column = header.names.iter().position(|name| !name.is_empty() && *name == fields.id);
        for number in 1.. {
            let row = rows.next();
            let place = record(place, number);
            match row {
                Ok(Some(Row::Whole(raw))) => {
                    let id = id_column.and_then(|column| rows.field(column)).filter(|id| !id.is_empty());
                    self.put(Item::bytes_of(place, raw, Shape::Row(header.clone())).with_id(id))?;
                }
                Ok(Some(Row::TooLong)) => {
                    self.fault(place, format!("{} (or is a quotation mark not closed?)", too_long(limit)))?;
                }
                Ok(None) => return Ok(()),
                Err(error) => return self.fault(place, told(&error)),
            }
        }
        Ok(())
    }
}

/// What separates the columns: the commonest of the candidates in the first line.
fn delimiter(start: &[u8]) -> u8 {
    let line = &start[..memchr::memchr(b'\n', start).unwrap_or(start.len())];
    let times = |wanted: u8| memchr::memchr_iter(wanted, line).count();
    // Of equals, the last wins.
    [b'\t', b';', b','].into_iter().max_by_key(|&candidate| times(candidate)).unwrap_or(b',')
}

impl Header {
    fn new(mut raw: Vec<u8>, delimiter: u8, fields: &FieldSettings) -> Result<Self, String> {
        if raw.starts_with(BOM) {
            raw.drain(..BOM.len());
        }
        let names = split(&unmarked(raw, None).text, delimiter)?;
        let names: Vec<String> = names.into_iter().map(|name| name.trim().to_owned()).collect();
        let times = |wanted: &str| names.iter().filter(|name| *name == wanted).count();
        if times(&fields.text) == 0 {
            return Err(fields.no_text(&names));
        }
        if let Some(twice) = [&fields.text, &fields.id].into_iter().find(|name| times(name) > 1) {
            return Err(format!("the column `{twice}` stands twice in the header"));
        }
        Ok(Self { names, delimiter })
    }

    /// The fields of a row.
    pub fn fields(&self, row: &str) -> Result<Vec<(String, Value)>, String> {
        let values = split(row, self.delimiter)?;
        if values.len() != self.names.len() {
            let hint = if row.trim_end().contains('\n') { " (is a quotation mark not closed?)" } else { "" };
            return Err(format!(
                "a row of {} fields under a header of {}{hint}",
                values.len(),
                self.names.len()
            ));
        }
        let value = |value: String| if value.is_empty() { Value::Null } else { Value::String(value) };
        Ok(self.names.iter().cloned().zip(values.into_iter().map(value)).collect())
    }
}

fn split(row: &str, delimiter: u8) -> Result<Vec<String>, String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(row.as_bytes());
    match reader.records().next() {
        Some(Ok(record)) => Ok(record.iter().map(str::to_owned).collect()),
        Some(Err(error)) => Err(format!("not a row of a table: {error}")),
        None => Ok(Vec::new()),
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
    fn new(input: R, delimiter: u8, limit: u64) -> Self {
        let parser = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
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
        let mut rows = Rows::new(BufReader::with_capacity(5, text.as_bytes()), b',', limit);
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
    fn a_header_decides() {
        let fields = FieldSettings::default();
        let header = |text: &str| Header::new(text.as_bytes().to_vec(), delimiter(text.as_bytes()), &fields);
        let columns = header("\u{feff}id; text ;note\n").unwrap();
        assert_eq!((columns.names.join("|"), columns.delimiter), ("id|text|note".to_owned(), b';'));
        assert_eq!(columns.fields("1;a;\n").unwrap()[2].1, Value::Null);
        assert!(columns.fields("1;a").unwrap_err().contains("a row of 2 fields under a header of 3"));
        assert!(header("id,body\n").unwrap_err().contains("no field `text`, but `id`, `body`"));
        assert!(header("text,text\n").unwrap_err().contains("twice"));
    }
}
