//! Lines of bounded length.

use std::io::{self, BufRead};
use std::mem;

/// Byte order mark of UTF-8.
pub(crate) const BOM: &[u8] = "\u{FEFF}".as_bytes();

/// Lines, numbered from 1.
pub(crate) struct Lines<R> {
    input: R,
    limit: u64,
    number: u64,
}

/// A line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// Its bytes, with the line end.
    Whole(Vec<u8>),
    /// It was over the limit, and is gone.
    TooLong,
}

impl<R: BufRead> Lines<R> {
    pub fn new(input: R, limit: u64) -> Self {
        Self { input, limit, number: 0 }
    }

    /// Number of the line that was read last, or that could not be read.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The next line.
    pub fn next(&mut self) -> io::Result<Option<Line>> {
        let mut line = Vec::new();
        let mut length = 0;
        self.number += 1;
        loop {
            let buffer = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            let end = memchr::memchr(b'\n', buffer);
            let used = end.map_or(buffer.len(), |at| at + 1);
            length += used as u64;
            if length <= self.limit {
                line.extend_from_slice(&buffer[..used]);
            } else {
                // Nothing is kept of a line that will not be used.
                drop(mem::take(&mut line));
            }
            self.input.consume(used);
            if end.is_some() || used == 0 {
                break;
            }
        }
        if length == 0 {
            return Ok(None);
        }
        Ok(Some(if length > self.limit { Line::TooLong } else { Line::Whole(line) }))
    }
}

/// A line without its end.
pub(crate) fn trim_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_bounded() {
        let text = b"one\r\n\na line too long by far\nlast";
        let mut lines = Lines::new(&text[..], 6);
        let mut read = || lines.next().unwrap();
        assert_eq!(read(), Some(Line::Whole(b"one\r\n".to_vec())));
        assert_eq!(read(), Some(Line::Whole(b"\n".to_vec())));
        assert_eq!(read(), Some(Line::TooLong));
        assert_eq!(read(), Some(Line::Whole(b"last".to_vec())));
        assert_eq!(read(), None);
        assert_eq!(trim_end(b"one\r\n"), b"one");
    }
}
