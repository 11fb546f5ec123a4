//! Length and hash of a file: whether it is what was written.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::JsonlError;

/// Length and hash of a file, or of its beginning.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Seal {
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of so many bytes, in lower-case hexadecimal.
    pub sha256: String,
}

impl Seal {
    pub(crate) fn new(bytes: u64, hash: &Sha256) -> Self {
        Self { bytes, sha256: hex::encode(hash.clone().finalize()) }
    }

    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        Self::new(bytes.len() as u64, &Sha256::new_with_prefix(bytes))
    }

    /// Whether a file is as long as this says, or longer.
    pub(crate) fn reached_by(&self, path: &Path) -> bool {
        path.metadata().is_ok_and(|found| found.len() >= self.bytes)
    }

    /// Checks a whole file.
    ///
    /// # Errors
    /// [`JsonlError::Changed`] if it is another, those of the system if it cannot be read.
    pub fn check(&self, path: &Path) -> Result<(), JsonlError> {
        let length = path.metadata().map_err(JsonlError::read(path))?.len();
        if length != self.bytes {
            let why = format!("{length} bytes long, {} were written", self.bytes);
            return Err(JsonlError::Changed { path: path.to_owned(), why });
        }
        self.check_beginning(path).map(drop)
    }

    /// Checks the beginning of a file that may be longer; its hash comes back, to be continued.
    pub(crate) fn check_beginning(&self, path: &Path) -> Result<Sha256, JsonlError> {
        if self.bytes == 0 {
            return Ok(Sha256::new());
        }
        let mut hashed = Hashed::new(io::sink());
        let copy = |to: &mut Hashed<_>| io::copy(&mut File::open(path)?.take(self.bytes), to);
        let read = copy(&mut hashed).map_err(JsonlError::read(path))?;
        if Self::new(read, &hashed.hash) == *self {
            return Ok(hashed.hash);
        }
        let why = format!("its first {} bytes have another hash", self.bytes);
        Err(JsonlError::Changed { path: path.to_owned(), why })
    }
}

/// A writer that hashes what goes through.
pub(crate) struct Hashed<W> {
    pub inner: W,
    pub hash: Sha256,
}

impl<W> Hashed<W> {
    pub fn new(inner: W) -> Self {
        Self { inner, hash: Sha256::new() }
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or(bytes));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
