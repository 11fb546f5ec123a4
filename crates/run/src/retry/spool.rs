//! New records, until they are put in their places.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use docmill_engine::Finished;
use docmill_jsonl::{FailedDocument, Layout};

use crate::failed::Failed;
use crate::ledger::failed_document;
use crate::line::Line;

/// New records in a file of their own: any number of them, whatever their order.
pub struct Spool {
    path: PathBuf,
    file: File,
    length: u64,
    /// By number of the document that had failed.
    records: Vec<Option<Spooled>>,
}

struct Spooled {
    start: u64,
    bytes: u64,
    failed: Option<FailedDocument>,
}

impl Spool {
    pub fn create(layout: &Layout) -> Result<Self> {
        let path = layout.retried();
        let open = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(&path);
        let file = open.with_context(|| path.display().to_string())?;
        Ok(Self { path, file, length: 0, records: Vec::new() })
    }

    /// Keeps what became of a document.
    pub fn put(&mut self, failed: &Failed, finished: Finished<Line>) -> Result<()> {
        let Some(number) = failed.number(&finished.id, &finished.source) else { return Ok(()) };
        let attempt = failed.documents()[number].attempt + 1;
        let still = failed_document(&finished, attempt);
        let line = finished.output.unwrap_or_default().bytes;
        self.file.write_all(&line).with_context(|| self.path.display().to_string())?;
        if self.records.len() <= number {
            self.records.resize_with(number + 1, || None);
        }
        let bytes = line.len() as u64;
        self.records[number] = Some(Spooled { start: self.length, bytes, failed: still });
        self.length += bytes;
        Ok(())
    }

    /// Puts the new record of a document into `line`, if there is one; what it failed of, if it still fails.
    pub fn take(
        &mut self,
        failed: &Failed,
        number: usize,
        line: &mut Vec<u8>,
    ) -> Result<Option<FailedDocument>> {
        let Some(Some(record)) = self.records.get_mut(number) else {
            // It was not found again: it stays what it is.
            return Ok(Some(failed.documents()[number].clone()));
        };
        line.clear();
        self.file.seek(SeekFrom::Start(record.start)).with_context(|| self.path.display().to_string())?;
        (&self.file).take(record.bytes).read_to_end(line).with_context(|| self.path.display().to_string())?;
        Ok(record.failed.take())
    }

    pub fn remove(self) -> Result<()> {
        drop(self.file);
        fs::remove_file(&self.path).with_context(|| self.path.display().to_string())
    }
}
