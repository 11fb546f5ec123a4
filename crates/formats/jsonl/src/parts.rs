//! The parts of a folder, to read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::shards::is_part_name;
use crate::{JsonlError, Reader, Record, RunInfo, Shards};

/// The parts of a folder in order: those that its `run.json` lists, or, without one, those that there are.
pub(crate) fn part_files(folder: &Path) -> Result<Vec<PathBuf>, JsonlError> {
    let info = folder.join("run.json");
    let names = if info.exists() {
        RunInfo::read(&info)?.parts.into_iter().map(|part| part.name).collect()
    } else {
        names(folder).map_err(JsonlError::read(folder))?
    };
    if names.is_empty() {
        let error = io::Error::new(io::ErrorKind::InvalidInput, "a folder without part-00000.jsonl");
        return Err(JsonlError::read(folder)(error));
    }
    Ok(names.into_iter().map(|name| folder.join(name)).collect())
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.extend(entry?.file_name().into_string().ok().filter(|name| is_part_name(name)));
    }
    names.sort();
    Ok(names)
}

/// The lines of a folder in the order in which they were written, also where they went to its parts in turn.
pub struct InOrder {
    parts: Vec<Reader>,
    next: usize,
}

impl InOrder {
    /// Opens a file or a folder.
    ///
    /// # Errors
    /// Those of [`Reader::open`].
    pub fn open(path: &Path) -> Result<Self, JsonlError> {
        let info = path.join("run.json");
        let in_turn =
            path.is_dir() && info.exists() && matches!(RunInfo::read(&info)?.shards, Some(Shards::Parts(_)));
        let parts = if in_turn {
            part_files(path)?.iter().map(|part| Reader::open(part)).collect::<Result<_, _>>()?
        } else {
            vec![Reader::open(path)?]
        };
        Ok(Self { parts, next: 0 })
    }

    /// The next line without its line feed; `None` at the end.
    ///
    /// # Errors
    /// Those of [`Reader::next_line`].
    pub fn next_line(&mut self) -> Result<Option<&[u8]>, JsonlError> {
        Ok(self.turn().next_line()?.map(|(_, line)| line))
    }

    /// The next record; `None` at the end.
    ///
    /// # Errors
    /// Those of [`Reader::next_record`]; after a line that is no record, the next call goes on behind it.
    pub fn next_record(&mut self) -> Result<Option<Record>, JsonlError> {
        self.turn().next_record()
    }

    /// The part whose turn it is. Lines went to the parts in turn, so that the first part without a line is where they
    /// ended.
    fn turn(&mut self) -> &mut Reader {
        let part = self.next;
        self.next = (self.next + 1) % self.parts.len();
        &mut self.parts[part]
    }
}
