//! Lines back from a file.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::JsonlError;
use crate::compression::decoder;

/// The lines of a `.jsonl`, `.jsonl.gz` or `.jsonl.zst` file, or of standard input.
pub struct Reader {
    path: PathBuf,
    lines: Box<dyn BufRead>,
    number: u64,
    buffer: Vec<u8>,
}

impl Reader {
    /// Opens a file; `-` is standard input.
    ///
    /// # Errors
    /// Those of the system.
    pub fn open(path: &Path) -> Result<Self, JsonlError> {
        let reader: Box<dyn Read> = if path.as_os_str() == "-" {
            Box::new(io::stdin())
        } else {
            let file = File::open(path).map_err(JsonlError::io(path))?;
            decoder(path, file).map_err(JsonlError::io(path))?
        };
        let lines = Box::new(BufReader::with_capacity(1 << 16, reader));
        Ok(Self { path: path.to_owned(), lines, number: 0, buffer: Vec::new() })
    }

    /// The next line without its line feed, and its 1-based number; `None` at the end.
    ///
    /// # Errors
    /// Those of the system, a damaged compressed file among them.
    pub fn next_line(&mut self) -> Result<Option<(u64, &[u8])>, JsonlError> {
        self.buffer.clear();
        let read = self.lines.read_until(b'\n', &mut self.buffer).map_err(JsonlError::io(&self.path))?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        if self.buffer.last() == Some(&b'\n') {
            self.buffer.pop();
        }
        Ok(Some((self.number, &self.buffer)))
    }
}
