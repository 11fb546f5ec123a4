//! Lines back from a file.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::compression::decoder;
use crate::parts::part_files;
use crate::{JsonlError, Record};

/// Longest line that is read (bytes), unless [`Reader::max_line`] says otherwise: a document of 32 MB with all its
/// tokens fits, a file that is not JSON lines does not fill the memory.
const MAX_LINE: u64 = 1 << 30;

/// The lines of a `.jsonl`, `.jsonl.gz` or `.jsonl.zst` file, of the parts of a folder one after another, or of standard
/// input.
pub struct Reader {
    current: Lines,
    /// Parts of a folder that come later.
    rest: std::vec::IntoIter<PathBuf>,
    buffer: Vec<u8>,
    max_line: u64,
    /// Set when there is no way to go on: at the end, after an error of the system, inside a line that is too long.
    ended: bool,
}

/// One file.
struct Lines {
    path: PathBuf,
    reader: Box<dyn BufRead>,
    number: u64,
}

impl Lines {
    fn open(path: PathBuf) -> Result<Self, JsonlError> {
        let reader: Box<dyn Read> = if path.as_os_str() == "-" {
            Box::new(io::stdin())
        } else {
            let file = File::open(&path).map_err(JsonlError::read(&path))?;
            decoder(&path, file).map_err(JsonlError::read(&path))?
        };
        Ok(Self { path, reader: Box::new(BufReader::with_capacity(1 << 16, reader)), number: 0 })
    }
}

impl Reader {
    /// Opens a file, or a folder of parts; `-` is standard input.
    ///
    /// # Errors
    /// Those of the system, and a folder without parts.
    pub fn open(path: &Path) -> Result<Self, JsonlError> {
        let files = if path.is_dir() { part_files(path)? } else { vec![path.to_owned()] };
        let mut rest = files.into_iter();
        let first = rest.next().unwrap_or_default();
        let current = Lines::open(first)?;
        Ok(Self { current, rest, buffer: Vec::new(), max_line: MAX_LINE, ended: false })
    }

    /// The file that the last line came from.
    pub fn path(&self) -> &Path {
        &self.current.path
    }

    /// Sets the longest line that is read (bytes).
    #[must_use]
    pub fn max_line(mut self, bytes: u64) -> Self {
        self.max_line = bytes;
        self
    }

    /// The next line without its line feed, and its 1-based number in its file; `None` at the end.
    ///
    /// # Errors
    /// Those of the system, a damaged compressed file among them, and a line over the limit. Nothing follows them.
    pub fn next_line(&mut self) -> Result<Option<(u64, &[u8])>, JsonlError> {
        self.buffer.clear();
        if self.ended {
            return Ok(None);
        }
        // Until the line is known to be good.
        self.ended = true;
        loop {
            // One byte more than allowed, and the line feed, tell a line that is too long from one that just fits.
            let mut lines = (&mut self.current.reader).take(self.max_line.saturating_add(1));
            let read = lines.read_until(b'\n', &mut self.buffer);
            if read.map_err(JsonlError::read(&self.current.path))? > 0 {
                break;
            }
            let Some(next) = self.rest.next() else { return Ok(None) };
            self.current = Lines::open(next)?;
        }
        self.current.number += 1;
        if self.buffer.last() == Some(&b'\n') {
            self.buffer.pop();
        } else if self.buffer.len() as u64 > self.max_line {
            return Err(self.line_error(format!("longer than {} bytes; is this JSON lines?", self.max_line)));
        }
        self.ended = false;
        Ok(Some((self.current.number, &self.buffer)))
    }

    /// The next record; `None` at the end. Layers that [`Record`] has no key for are passed over.
    ///
    /// # Errors
    /// Those of [`Reader::next_line`], and a line that is no record, named with file and line; the next call goes on
    /// behind that line.
    pub fn next_record(&mut self) -> Result<Option<Record>, JsonlError> {
        let Some((_, line)) = self.next_line()? else { return Ok(None) };
        let record = serde_json::from_slice(line);
        record.map(Some).map_err(|error| self.line_error(format!("not a docmill record: {error}")))
    }

    fn line_error(&self, message: String) -> JsonlError {
        JsonlError::Line { path: self.current.path.clone(), line: self.current.number, message }
    }
}

impl Iterator for Reader {
    type Item = Result<Record, JsonlError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_record().transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(content: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.jsonl");
        std::fs::write(&path, content).unwrap();
        (folder, path)
    }

    #[test]
    fn lines_are_bounded_and_numbered() {
        let (_folder, path) = file(b"1234\n12345\n\n123456\nrest");
        let mut reader = Reader::open(&path).unwrap().max_line(5);
        assert_eq!(reader.next_line().unwrap(), Some((1, &b"1234"[..])));
        assert_eq!(reader.next_line().unwrap(), Some((2, &b"12345"[..])));
        assert_eq!(reader.next_line().unwrap(), Some((3, &b""[..])));
        let error = reader.next_line().unwrap_err().to_string();
        assert!(error.ends_with("x.jsonl:4: longer than 5 bytes; is this JSON lines?"), "{error}");
        assert_eq!(reader.next_line().unwrap(), None);
    }

    #[test]
    fn a_line_that_is_no_record_is_named() {
        let (_folder, path) = file(b"{}\nnot json\n");
        let errors: Vec<String> = Reader::open(&path).unwrap().map(|r| r.unwrap_err().to_string()).collect();
        assert!(errors[0].contains("x.jsonl:1: not a docmill record: missing field"), "{}", errors[0]);
        assert!(errors[1].contains("x.jsonl:2: "), "{}", errors[1]);
    }

    #[test]
    fn a_missing_or_damaged_file_is_told() {
        let (folder, path) = file(b"not gzip");
        let missing = Reader::open(&folder.path().join("none.jsonl")).err().unwrap().to_string();
        assert!(missing.ends_with("; check the name"), "{missing}");
        let gz = path.with_extension("jsonl.gz");
        std::fs::rename(path, &gz).unwrap();
        assert!(Reader::open(&gz).unwrap().next_line().is_err());
    }
}
