//! What an earlier run has left.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Take};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::line::{Line, VERSION};
use crate::{Entry, JournalError};

/// What an earlier run has left in its journal, up to the first line that is torn.
#[derive(Debug, Clone, PartialEq)]
pub struct Past<S> {
    /// What decided its output.
    pub facts: Value,
    /// Its commits, oldest first.
    pub marks: Vec<Mark<S>>,
    /// The state at its end, if all that was missing was to put its output in place.
    pub done: Option<S>,
}

/// A commit: the place in the journal, and the state that was safe on disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark<S> {
    /// Inputs that were done.
    pub inputs: u64,
    /// The rest of the state, such as the length of the output.
    pub state: S,
    /// Byte of the journal behind the commit.
    pub(crate) end: u64,
}

/// Reads a journal up to its first torn line; `None` if not even the first line is whole.
///
/// After a power cut, pages of what was last written may be missing while later ones are there; hence every line is
/// parsed, and what follows a bad one does not count, though it may look well.
pub(crate) fn scan<S: DeserializeOwned>(path: &Path, file: &File) -> Result<Option<Past<S>>, JournalError> {
    let io = || JournalError::io(path);
    let mut reader = BufReader::with_capacity(1 << 16, file);
    reader.seek(SeekFrom::Start(0)).map_err(io())?;
    let mut past: Option<Past<S>> = None;
    let (mut buffer, mut end, mut inputs) = (Vec::new(), 0, 0);
    loop {
        buffer.clear();
        end += reader.read_until(b'\n', &mut buffer).map_err(io())? as u64;
        if buffer.pop() != Some(b'\n') {
            return Ok(past);
        }
        let Ok(line) = serde_json::from_slice::<Line<S>>(&buffer) else { return Ok(past) };
        match (line, &mut past) {
            (Line::Journal(header), None) if header.version == VERSION => {
                past = Some(Past { facts: header.facts, marks: Vec::new(), done: None });
            }
            (Line::Journal(header), None) => {
                return Err(JournalError::Version {
                    path: path.to_owned(),
                    found: header.version,
                    known: VERSION,
                });
            }
            (Line::Doc(_), Some(_)) => inputs += 1,
            (Line::Commit(state), Some(past)) => past.marks.push(Mark { inputs, state, end }),
            (Line::Done(state), Some(past)) => past.done = Some(state),
            _ => return Ok(past),
        }
    }
}

/// The entries before a mark, in input order.
#[derive(Debug)]
pub struct Entries<S> {
    path: PathBuf,
    lines: BufReader<Take<File>>,
    buffer: Vec<u8>,
    state: PhantomData<fn() -> S>,
}

impl<S> Entries<S> {
    pub(crate) fn open(path: &Path, end: u64) -> Result<Self, JournalError> {
        let file = File::open(path).map_err(JournalError::io(path))?;
        let lines = BufReader::with_capacity(1 << 16, file.take(end));
        Ok(Self { path: path.to_owned(), lines, buffer: Vec::new(), state: PhantomData })
    }
}

impl<S: DeserializeOwned> Iterator for Entries<S> {
    type Item = Result<Entry, JournalError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.buffer.clear();
            match self.lines.read_until(b'\n', &mut self.buffer) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => return Some(Err(JournalError::io(&self.path)(error))),
            }
            match serde_json::from_slice::<Line<S>>(&self.buffer) {
                Ok(Line::Doc(entry)) => return Some(Ok(entry)),
                Ok(_) => {}
                Err(error) => return Some(Err(error.into())),
            }
        }
    }
}
