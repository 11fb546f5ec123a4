//! Records of an earlier run that need not be made again.
//!
//! A record depends on the settings, the models and the program (whose hash is the run's id), on the document's bytes, and
//! on its place, which is its id. Where all of these are what they were, the line is copied.

use std::path::Path;

use anyhow::{Context, Result, bail};
use docmill_core::Source;
use docmill_input::{Archive, Item};
use docmill_journal::differences;
use docmill_jsonl::{Layout, Lookahead, RecordStatus, RunInfo, check_whole};
use serde::Deserialize;

use crate::fingerprint;
use crate::line::Input;
use crate::observer::Observer;

/// Bytes of earlier records that are held where the order of the documents has changed. What does not fit is made again.
const HELD: usize = 256 << 20;

/// The records of an earlier run.
pub struct Reuse {
    records: Lookahead,
    broken: bool,
}

impl Reuse {
    /// Opens the output of an earlier run.
    ///
    /// # Errors
    /// If it cannot be read, or other settings, models or programs made it.
    pub fn open(output: &Path, info: &RunInfo) -> Result<Self> {
        if !output.exists() {
            bail!("--reuse {}: does not exist; name the output of an earlier run", output.display());
        }
        let layout = Layout::existing(output)?;
        let earlier = RunInfo::read(&layout.run_info())
            .with_context(|| format!("--reuse {}: cannot determine which run wrote it", output.display()))?;
        if earlier.run_id != info.run_id {
            let mut changed = differences(&fingerprint::of_records(&earlier), &fingerprint::of_records(info));
            if changed.is_empty() {
                changed.push(format!("it is run {}, this one {}", earlier.run_id, info.run_id));
            }
            bail!(
                "--reuse {}: its records come from different settings: {}. Revert the change, or omit --reuse",
                output.display(),
                changed.join("; ")
            );
        }
        check_whole(&layout, &earlier)
            .with_context(|| format!("--reuse {}: run `docmill verify` for details", output.display()))?;
        Ok(Self { records: Lookahead::open(output, HELD)?, broken: false })
    }

    /// The item with its earlier record.
    pub fn input(&mut self, item: Item, observer: &dyn Observer) -> Input {
        if self.broken || !item.is_self_contained() {
            return item.into();
        }
        match self.records.take(&item.id(), |_| true) {
            Ok(earlier) => Input::with_earlier(item, earlier),
            Err(error) => {
                // It could be read a moment ago. Nothing is lost but time.
                observer.warn(&format!("--reuse: {error}; processing the remaining documents again"));
                self.broken = true;
                item.into()
            }
        }
    }
}

/// The keys of a record that say what it was made of.
#[derive(Deserialize)]
struct Head {
    status: RecordStatus,
    source: Source,
}

/// The source of an item whose record is `line`, if the record is what the item would give again.
pub fn source(archive: &Archive, item: &Item, line: &[u8]) -> Option<Source> {
    let Head { status, source } = serde_json::from_slice(line).ok()?;
    // What failed may have failed for want of memory or the like.
    if status != RecordStatus::Ok {
        return None;
    }
    let now = item.source();
    let same_place = source.path == now.path && source.member == now.member && source.line == now.line;
    let same = same_place && archive.fingerprint(item) == Some((source.sha256.clone()?, source.bytes));
    same.then_some(Source { modified: now.modified, ..source })
}
