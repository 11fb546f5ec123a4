//! The documents that failed, in a file of their own.

use std::path::Path;

use docmill_core::Source;
use serde::{Deserialize, Serialize};

use crate::compression::Compression;
use crate::frames::FrameFile;
use crate::{JsonlError, Layout, Reader, Seal};

/// A document that failed. It stands in the output too, at its place, with status `failed`; this list is what
/// `docmill retry` works through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedDocument {
    /// Id of the document.
    pub id: String,
    /// Where it came from.
    pub source: Source,
    /// Key of the stage at fault; null if the input could not be read or the record not be written.
    pub stage: Option<String>,
    /// The reason.
    pub message: String,
    /// What caused it, the nearest cause first.
    pub causes: Vec<String>,
    /// How often it was tried.
    pub attempt: u32,
}

/// Writes `out.failed.jsonl`, beside an output that can be gone on with.
pub struct Quarantine {
    file: FrameFile,
}

impl Quarantine {
    /// Begins it.
    ///
    /// # Errors
    /// Those of the system.
    pub fn create(layout: &Layout) -> Result<Self, JsonlError> {
        Ok(Self { file: FrameFile::create(&layout.quarantine_partial(), Compression::None)? })
    }

    /// Resumes at what [`Quarantine::commit`] gave.
    ///
    /// # Errors
    /// Those of the system, and [`JsonlError::Changed`].
    pub fn resume(layout: &Layout, at: &Seal) -> Result<Self, JsonlError> {
        Ok(Self { file: FrameFile::resume(&layout.quarantine_partial(), Compression::None, at)? })
    }

    /// True if the file is as long, or longer.
    pub fn reaches(layout: &Layout, at: &Seal) -> bool {
        at.bytes == 0 || at.reached_by(&layout.quarantine_partial())
    }

    /// Checks a quarantine that has ended, whether it is in place yet or not.
    ///
    /// # Errors
    /// [`JsonlError::Changed`] if it is not what was written, those of the system if it cannot be read.
    pub fn check_sealed(layout: &Layout, seal: &Seal) -> Result<(), JsonlError> {
        let partial = layout.quarantine_partial();
        if partial.exists() {
            return seal.check(&partial);
        }
        if seal.bytes == 0 { Ok(()) } else { seal.check(&layout.quarantine()) }
    }

    /// Adds a document.
    ///
    /// # Errors
    /// Those of the system.
    pub fn write(&mut self, failed: &FailedDocument) -> Result<(), JsonlError> {
        let mut line = serde_json::to_vec(failed)?;
        line.push(b'\n');
        self.file.write(&line)
    }

    /// Makes everything up to here outlive a power cut; its length and hash come back.
    ///
    /// # Errors
    /// Those of the system, and [`JsonlError::Gone`].
    pub fn commit(&mut self) -> Result<Seal, JsonlError> {
        self.file.end_frame()?;
        self.file.sync()?;
        Ok(self.file.seal())
    }

    /// Reads it back.
    ///
    /// # Errors
    /// Those of [`Reader`], and a line that is no document that failed.
    pub fn read(path: &Path) -> Result<Vec<FailedDocument>, JsonlError> {
        let mut reader = Reader::open(path)?;
        let mut failed = Vec::new();
        while let Some((line, bytes)) = reader.next_line()? {
            failed.push(serde_json::from_slice(bytes).map_err(|error| JsonlError::Line {
                path: path.to_owned(),
                line,
                message: format!("not a document that failed: {error}"),
            })?);
        }
        Ok(failed)
    }
}
