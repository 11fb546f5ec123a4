//! Web archives of the old kind (ARC 1 and 2, as the Internet Archive wrote them before WARC).

use std::io::BufReader;

use docmill_core::Source;

use crate::archives::Exact;
use crate::channel::Disconnected;
use crate::codec::describe;
use crate::container::{Container, Reader, Stream};
use crate::item::record;
use crate::page::Page;
use crate::warc::{RecordHeader, line};

/// A web archive of the old kind.
pub(crate) struct Arc;

impl Container for Arc {
    /// As in a web archive of today, pages and plain texts become items. A record is a line, `URL ADDRESS DATE TYPE ...
    /// LENGTH`, and so many bytes.
    fn read(&self, reader: &mut Reader<'_>, stream: Stream<'_>) -> Result<(), Disconnected> {
        let place = stream.place;
        let mut input = BufReader::with_capacity(1 << 16, stream.input);
        let mut number = 0;
        loop {
            let line = match line(&mut input) {
                Ok(Some(line)) => line,
                Ok(None) => return Ok(()),
                Err(error) => return reader.fault(record(place, number + 1), describe(&error)),
            };
            if line.is_empty() {
                continue;
            }
            number += 1;
            let place = record(place, number);
            let Some(header) = header(&String::from_utf8_lossy(&line)) else {
                return reader.fault(place, "a damaged record; the rest of the archive is left out");
            };
            let mut block = Exact { input: &mut input, left: header.length.unwrap_or_default() };
            reader.web_record(&place, header, &mut block)?;
            if block.skip().is_err() {
                let next = Source { line: Some(number + 1), ..place };
                return reader.fault(next, "the archive ends early; it may be truncated");
            }
        }
    }
}

/// What the line before a record says.
fn header(line: &str) -> Option<RecordHeader> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [uri, _, date, content_type, .., length] = words.as_slice() else { return None };
    let (scheme, _) = uri.split_once(':')?;
    let length = length.parse().ok()?;
    let web = matches!(scheme, "http" | "https");
    let page = Page { uri: Some((*uri).to_owned()), date: iso(date), ..Page::default() };
    // The first record tells of the archive, others of names and addresses.
    let kind = if web { "response" } else { "other" }.to_owned();
    let content_type = if web { "application/http".to_owned() } else { (*content_type).to_owned() };
    Some(RecordHeader { kind, content_type, length: Some(length), page })
}

/// `2005-09-20T08:00:00Z` of `20050920080000`.
fn iso(date: &str) -> Option<String> {
    let part = |from: usize, to: usize| date.get(from..to);
    let digits = date.len() >= 14 && date.chars().all(|c| c.is_ascii_digit());
    digits.then_some(())?;
    Some(format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0, 4)?,
        part(4, 6)?,
        part(6, 8)?,
        part(8, 10)?,
        part(10, 12)?,
        part(12, 14)?
    ))
}
