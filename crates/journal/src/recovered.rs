//! What an earlier run left.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Take};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::chain::{Chain, split};
use crate::line::{Line, VERSION};
use crate::{Entry, JournalError};

/// What an earlier run left in its journal, up to the first line that is torn or damaged.
#[derive(Debug, Clone, PartialEq)]
pub struct Recovered<S> {
    /// What decided its output.
    pub facts: Value,
    /// Its commits, oldest first.
    pub checkpoints: Vec<Checkpoint<S>>,
    /// The state at its end, if all that was missing was to put its output in place.
    pub done: Option<S>,
    /// 1-based number of the line that ended the reading, if it is whole and not what was written. Lines behind it do
    /// not count.
    pub damaged: Option<u64>,
}

/// A commit: the place in the journal, and the state that was safe on disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Checkpoint<S> {
    /// Inputs that were done.
    pub inputs: u64,
    /// The rest of the state, such as the length of the output.
    pub state: S,
    /// Byte of the journal behind the commit.
    pub(crate) end: u64,
    /// Checksum of everything up to there.
    pub(crate) chain: Chain,
}

impl<S: DeserializeOwned> Recovered<S> {
    /// Reads the lines of a journal up to its first bad one; `None` if not even the first line is whole. `path` is what
    /// errors name.
    ///
    /// After a power cut, pages of what was last written may be missing while later ones are there; hence every line has
    /// a checksum, and what follows a bad one does not count, though it may look well.
    ///
    /// # Errors
    /// Those of the reader, [`JournalError::Version`], [`JournalError::Damaged`].
    pub fn read(mut lines: impl BufRead, path: &Path) -> Result<Option<Self>, JournalError> {
        let mut recovered: Option<Self> = None;
        let mut chain = Chain::default();
        let (mut buffer, mut end, mut number, mut inputs) = (Vec::new(), 0, 0, 0);
        loop {
            buffer.clear();
            end += lines.read_until(b'\n', &mut buffer).map_err(JournalError::io(path))? as u64;
            if buffer.pop() != Some(b'\n') {
                return Ok(recovered);
            }
            number += 1;
            let line = chain.check(&buffer).and_then(|line| serde_json::from_slice::<Line<S>>(line).ok());
            match (line, &mut recovered) {
                (Some(Line::Journal(header)), None) if header.version == VERSION => {
                    recovered = Some(Self {
                        facts: header.facts,
                        checkpoints: Vec::new(),
                        done: None,
                        damaged: None,
                    });
                }
                (Some(Line::Doc(_)), Some(_)) => inputs += 1,
                (Some(Line::Commit(state)), Some(recovered)) => {
                    recovered.checkpoints.push(Checkpoint { inputs, state, end, chain });
                }
                (Some(Line::Done(state)), Some(recovered)) => recovered.done = Some(state),
                (_, Some(recovered)) => {
                    recovered.damaged = Some(number);
                    break;
                }
                (_, None) => return Err(not_ours(path, &buffer)),
            }
        }
        Ok(recovered)
    }
}

/// Reads a journal's file from its start.
pub(crate) fn recover<S: DeserializeOwned>(
    path: &Path,
    file: &File,
) -> Result<Option<Recovered<S>>, JournalError> {
    let mut reader = BufReader::with_capacity(1 << 16, file);
    reader.seek(SeekFrom::Start(0)).map_err(JournalError::io(path))?;
    Recovered::read(reader, path)
}

/// Why a first line cannot be read: another form, of which the one without checksums is one, or damage.
fn not_ours(path: &Path, line: &[u8]) -> JournalError {
    let content = split(line).map_or(line, |(content, _)| content);
    let header = |line| serde_json::from_slice::<Line<Value>>(line).ok();
    match header(content).or_else(|| header(line)) {
        Some(Line::Journal(header)) if header.version != VERSION => {
            JournalError::Version { path: path.to_owned(), found: header.version, known: VERSION }
        }
        _ => JournalError::Damaged { path: path.to_owned() },
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
            // The checksums were right when the mark was found, and the lock is held since then.
            let line = self.buffer.strip_suffix(b"\n").and_then(split).map(|(line, _)| line);
            match serde_json::from_slice::<Line<S>>(line.unwrap_or_default()) {
                Ok(Line::Doc(entry)) => return Some(Ok(entry)),
                Ok(_) => {}
                Err(error) => return Some(Err(error.into())),
            }
        }
    }
}
