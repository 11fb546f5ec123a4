//! One file of lines, compressed in frames.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::Sha256;

use crate::compression::{Compression, Encoder};
use crate::seal::Hashed;
use crate::{JsonlError, Seal};

/// One file of lines, compressed in frames: each is a whole gzip member or zstd frame, so that the file can be cut
/// between two of them and gone on with.
pub(crate) struct FrameFile {
    path: PathBuf,
    compression: Compression,
    state: State,
    /// Length of the file up to the end of the last frame.
    length: u64,
    /// Hash of the file up to there.
    hash: Sha256,
}

enum State {
    Between(Hashed<File>),
    Within(Encoder<Hashed<File>>),
    /// An error of the system left nothing to go on with.
    Broken,
}

impl FrameFile {
    /// Makes the file, or empties it.
    pub fn create(path: &Path, compression: Compression) -> Result<Self, JsonlError> {
        let file = File::create(path).map_err(JsonlError::io(path))?;
        Ok(Self::between(path, compression, file, 0, Sha256::default()))
    }

    /// Opens what is there, a pipe or a device, to write from its beginning.
    pub fn device(path: &Path, compression: Compression) -> Result<Self, JsonlError> {
        let file = OpenOptions::new().write(true).open(path).map_err(JsonlError::io(path))?;
        Ok(Self::between(path, compression, file, 0, Sha256::default()))
    }

    /// Opens a file that begins as `at` says, and cuts off the rest.
    pub fn resume(path: &Path, compression: Compression, at: &Seal) -> Result<Self, JsonlError> {
        let hash = at.check_beginning(path)?;
        Self::cut(path, compression, at.bytes, hash)
    }

    /// Opens a file and cuts it at `length`, where its hash is this.
    fn cut(path: &Path, compression: Compression, length: u64, hash: Sha256) -> Result<Self, JsonlError> {
        let open = || {
            let mut file = OpenOptions::new().write(true).create(length == 0).truncate(false).open(path)?;
            file.set_len(length)?;
            file.seek(SeekFrom::Start(length))?;
            Ok(file)
        };
        let file = open().map_err(JsonlError::io(path))?;
        Ok(Self::between(path, compression, file, length, hash))
    }

    fn between(path: &Path, compression: Compression, file: File, length: u64, hash: Sha256) -> Self {
        let state = State::Between(Hashed { inner: file, hash: hash.clone() });
        Self { path: path.to_owned(), compression, state, length, hash }
    }

    /// Writes one line, into the frame that is open or a new one.
    pub fn write(&mut self, line: &[u8]) -> Result<(), JsonlError> {
        let mut encoder = self.encoder().map_err(JsonlError::io(&self.path))?;
        encoder.write_all(line).map_err(JsonlError::io(&self.path))?;
        self.state = State::Within(encoder);
        Ok(())
    }

    fn encoder(&mut self) -> io::Result<Encoder<Hashed<File>>> {
        match std::mem::replace(&mut self.state, State::Broken) {
            State::Between(file) => Encoder::new(self.compression, file),
            State::Within(encoder) => Ok(encoder),
            State::Broken => Err(io::Error::other("an earlier error left nothing to write to")),
        }
    }

    /// Ends the frame, if one is open.
    pub fn end_frame(&mut self) -> Result<(), JsonlError> {
        if let State::Between(_) = self.state {
            return Ok(());
        }
        let end = |this: &mut Self| {
            let mut file = this.encoder()?.finish()?;
            // A pipe has no position, and is never gone on with.
            this.length = file.inner.stream_position().unwrap_or(0);
            this.hash = file.hash.clone();
            this.state = State::Between(file);
            Ok(())
        };
        end(self).map_err(JsonlError::io(&self.path))
    }

    /// Ends the last frame. A compressed file without a line gets an empty frame, since readers take an empty file
    /// for a torn one.
    pub fn end(&mut self) -> Result<(), JsonlError> {
        if self.length == 0 && self.compression != Compression::None {
            self.write(b"")?;
        }
        self.end_frame()
    }

    /// Drops the frame that is open: the file ends with its last whole frame.
    pub fn drop_frame(&mut self) -> Result<(), JsonlError> {
        if let State::Between(_) = self.state {
            return Ok(());
        }
        // The encoder may still write when it is dropped; the cut comes after that.
        self.state = State::Broken;
        *self = Self::cut(&self.path, self.compression, self.length, self.hash.clone())?;
        Ok(())
    }

    pub fn compression(&self) -> Compression {
        self.compression
    }

    /// Length and hash up to the last whole frame.
    pub fn seal(&self) -> Seal {
        Seal::new(self.length, &self.hash)
    }

    /// Makes every whole frame outlive a power cut.
    ///
    /// # Errors
    /// Those of the system, and [`JsonlError::Gone`] if the file is no longer under its name: what is written to it
    /// then is lost.
    pub fn sync(&self) -> Result<(), JsonlError> {
        let State::Between(file) = &self.state else { return Ok(()) };
        let file = &file.inner;
        if !is_there(&self.path, file) {
            return Err(JsonlError::Gone(self.path.clone()));
        }
        file.sync_data().map_err(JsonlError::io(&self.path))
    }
}

#[cfg(unix)]
fn is_there(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |m: std::fs::Metadata| (m.dev(), m.ino());
    path.metadata().ok().map(identity) == file.metadata().ok().map(identity)
}

#[cfg(not(unix))]
fn is_there(path: &Path, _file: &File) -> bool {
    path.exists()
}
