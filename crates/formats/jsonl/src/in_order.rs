//! Lines in the order in which they were written.

use std::path::Path;

use crate::parts::part_files;
use crate::{JsonlError, Reader, Record, RunInfo, Shards};

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
