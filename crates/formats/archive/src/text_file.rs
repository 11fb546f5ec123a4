//! A file of text on its way.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::ArchiveError;

/// A file of text; errors name it.
#[derive(Debug)]
pub(crate) struct TextFile {
    path: PathBuf,
    out: BufWriter<File>,
}

impl TextFile {
    /// Begins the file.
    pub fn create(path: &Path) -> Result<Self, ArchiveError> {
        let file = File::create(path).map_err(|source| ArchiveError::Io { path: path.to_owned(), source })?;
        Ok(Self { path: path.to_owned(), out: BufWriter::with_capacity(1 << 16, file) })
    }

    /// Adds text.
    pub fn write(&mut self, text: &str) -> Result<(), ArchiveError> {
        self.out
            .write_all(text.as_bytes())
            .map_err(|source| ArchiveError::Io { path: self.path.clone(), source })
    }

    /// Ends the file, safely on the disk.
    pub fn finish(mut self) -> Result<(), ArchiveError> {
        let ended = self.out.flush().and_then(|()| self.out.get_ref().sync_all());
        ended.map_err(|source| ArchiveError::Io { path: self.path, source })
    }
}
