//! Web archives: WARC 1.0 and 1.1 (ISO 28500).

use std::io::{self, BufRead, BufReader, Read};

use docmill_core::Source;
use encoding_rs::Encoding;

use crate::archives::Exact;
use crate::channel::Disconnected;
use crate::codec::{describe, peek, read_bounded};
use crate::container::{Container, Reader, Stream};
use crate::item::{PayloadKind, record};
use crate::page::Page;
use crate::{Format, Item, http};

/// The longest line of a header (bytes).
const LINE: u64 = 1 << 16;

/// How much of a response is looked at for its header (bytes).
const HEAD: usize = 1 << 16;

/// The header of a record.
#[derive(Default)]
pub(crate) struct RecordHeader {
    pub kind: String,
    pub content_type: String,
    pub length: Option<u64>,
    pub page: Page,
}

/// WARC files.
pub(crate) struct Warc;

impl Container for Warc {
    fn read(&self, reader: &mut Reader<'_>, stream: Stream<'_>) -> Result<(), Disconnected> {
        reader.web_archive(stream.place, stream.input)
    }
}

impl Reader<'_> {
    /// Pages and plain texts that were captured become items; their number among all records is the record's.
    /// Requests, pictures, failed answers and the like are no documents.
    fn web_archive(&mut self, place: &Source, input: &mut dyn Read) -> Result<(), Disconnected> {
        let mut input = BufReader::with_capacity(1 << 16, input);
        let mut number = 0;
        let mut lost = false;
        loop {
            let line = match line(&mut input) {
                Ok(Some(line)) => line,
                Ok(None) => return Ok(()),
                Err(error) => return self.fault(record(place, number + 1), describe(&error)),
            };
            if line.is_empty() {
                continue;
            }
            if !line.starts_with(b"WARC/") {
                if !lost {
                    number += 1;
                    let reason = "a damaged record; read on from the next that is sound";
                    self.fault(record(place, number), reason)?;
                }
                lost = true;
                continue;
            }
            lost = false;
            number += 1;
            let place = record(place, number);
            let header = match header(&mut input) {
                Ok(header) => header,
                Err(error) => return self.fault(place, describe(&error)),
            };
            let Some(length) = header.length else {
                lost = true;
                self.fault(place, "a record without a Content-Length; read on from the next that is sound")?;
                continue;
            };
            let mut block = Exact { input: &mut input, left: length };
            self.web_record(&place, header, &mut block)?;
            if block.skip().is_err() {
                return self.fault(
                    Source { line: Some(number + 1), ..place },
                    "the archive ends early; it may be truncated",
                );
            }
        }
    }

    pub fn web_record(
        &mut self,
        place: &Source,
        header: RecordHeader,
        block: &mut dyn Read,
    ) -> Result<(), Disconnected> {
        let RecordHeader { kind, content_type, mut page, .. } = header;
        let most = match kind.as_str() {
            "response" => HEAD,
            "resource" | "conversion" => 0,
            _ => return Ok(()),
        };
        let mut block = match peek(block, most) {
            Ok(block) => block,
            Err(error) => return self.fault(place.clone(), describe(&error)),
        };
        if kind == "response" && content_type.starts_with("application/http") {
            let Some((response, body)) = http::response(&block.head) else {
                return self.fault(place.clone(), "an answer without a sound HTTP header");
            };
            if !(200..300).contains(&response.status) {
                return Ok(());
            }
            block.skip(body);
            (page.format, page.encoding) = text_type(&response.content_type);
            page.transfer = response.transfer;
        } else {
            (page.format, page.encoding) = text_type(&content_type);
        }
        if page.format.is_none() {
            return Ok(());
        }
        match read_bounded(&mut block, self.settings.settings.max_bytes) {
            Ok(bytes) => self.put(Item::bytes_of(place.clone(), bytes, PayloadKind::Page(Box::new(page)))),
            Err(reason) => self.fault(place.clone(), reason),
        }
    }
}

/// A line without its end; none at the end of the file.
pub(crate) fn line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if input.take(LINE).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    Ok(Some(crate::lines::trim_end(&line).to_vec()))
}

fn header(input: &mut impl BufRead) -> io::Result<RecordHeader> {
    let mut header = RecordHeader::default();
    loop {
        let line = line(input)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        if line.is_empty() {
            return Ok(header);
        }
        let line = String::from_utf8_lossy(&line);
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim().to_owned();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => header.kind = value.to_ascii_lowercase(),
            "content-type" => header.content_type = value.to_ascii_lowercase(),
            "content-length" => header.length = value.parse().ok(),
            "warc-target-uri" => {
                header.page.uri = Some(value.trim_matches(['<', '>']).to_owned());
            }
            "warc-date" => header.page.date = Some(value),
            _ => {}
        }
    }
}

/// Format and encoding of a content type that holds text.
fn text_type(content_type: &str) -> (Option<Format>, Option<&'static Encoding>) {
    let mut parts = content_type.split(';').map(str::trim);
    let format = match parts.next().unwrap_or_default() {
        "text/html" | "application/xhtml+xml" => Some(Format::Html),
        "text/plain" => Some(Format::Text),
        _ => None,
    };
    let label = parts.find_map(|part| part.strip_prefix("charset="));
    let encoding = label.and_then(|label| Encoding::for_label(label.trim_matches(['"', '\'']).as_bytes()));
    (format, encoding)
}
