//! Documents of an output that failed are run once more.

mod settle;
mod spool;

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use anyhow::{Context, Result, bail};
use docmill_engine::{Finished, Registry, Status, run as run_pipeline};
use docmill_journal::differences;
use docmill_jsonl::{InOrder, Layout, Output, Position, Quarantine, RunInfo, Seal, check_whole};

use serde_json::Value;

use crate::claim::{self, Claim};
use crate::failed::{Failed, Head};
use crate::line::Input;
use crate::observer::Observer;
use crate::setup::Setup;
use crate::{Line, fingerprint};
use docmill_config::ConfigOptions;
use settle::Settling;
use spool::Spool;

/// What is asked of [`retry`].
#[derive(Debug, Clone)]
pub struct RetryOptions {
    /// The output: a file or a folder of parts.
    pub output: PathBuf,
    /// The configuration of the run that made it.
    pub config: ConfigOptions,
    /// Worker threads; all processors if not given.
    pub jobs: Option<NonZeroUsize>,
}

/// What became of the documents that had failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retried {
    /// None had failed.
    Nothing,
    /// It was stopped; the output is as it was.
    Stopped,
    /// They were run again.
    Done {
        /// How many had failed.
        failed: usize,
        /// How many have failed again.
        left: usize,
    },
}

/// Runs the documents of an output that failed once more, and puts them in their places.
///
/// # Errors
/// If another configuration made the output, or it cannot be read or written; it is then as it was.
pub fn retry(
    options: &RetryOptions,
    registry: &Registry,
    observer: &dyn Observer,
    stop: &AtomicBool,
) -> Result<Retried> {
    let (layout, info) = existing(&options.output, observer)?;
    let setup = Setup::new(&options.config, options.jobs, registry)?;
    check_same(options, &info, &setup, observer)?;
    let failed = Failed::read(&layout)?;
    if failed.is_empty() {
        return Ok(Retried::Nothing);
    }
    let roots = roots(&failed, observer)?;
    let claim = Claim::take(&layout, "retry", observer)?;
    let mut spool = Spool::create(&layout)?;
    let merged = match again(&setup, &failed, &roots, &mut spool, observer, stop) {
        Ok(true) => {
            let settling = Settling::new(&setup.job.duplicates);
            merge(&layout, &info, &failed, &mut spool, settling).map(Some)
        }
        Ok(false) => Ok(None),
        Err(error) => Err(error),
    };
    spool.remove()?;
    match merged {
        Ok(Some(merged)) => {
            let left = merged.left;
            claim.publish(merged.output, merged.quarantine, Some(merged.run_info))?;
            Ok(Retried::Done { failed: failed.len(), left })
        }
        Ok(None) => {
            claim.discard()?;
            Ok(Retried::Stopped)
        }
        Err(error) => {
            // The output is as it was; what could not be written is of no use.
            let _ = claim.discard();
            Err(error)
        }
    }
}

/// What was written.
struct Merged {
    /// Documents that failed again.
    left: usize,
    output: Position,
    quarantine: Seal,
    run_info: Seal,
}

/// Refuses another configuration than that of the output. Another docmill may well be the one that mends what failed.
fn check_same(options: &RetryOptions, info: &RunInfo, setup: &Setup, observer: &dyn Observer) -> Result<()> {
    if info.docmill_version != setup.info.docmill_version {
        observer.warn(&format!(
            "docmill {} wrote {}, this is version {}: new records may differ from the others because of changes between \
             the versions; their run_id is {}",
            info.docmill_version,
            options.output.display(),
            setup.info.docmill_version,
            setup.info.run_id
        ));
    }
    let without_version = |info: &RunInfo| {
        let mut facts = fingerprint::of_records(info);
        facts["docmill version"] = Value::Null;
        facts
    };
    let changed = differences(&without_version(info), &without_version(&setup.info));
    if !changed.is_empty() {
        bail!(
            "{} comes from a different run: {}. Use the settings of that run, or run everything again: an output holds \
             records of one configuration only",
            options.output.display(),
            changed.join("; ")
        );
    }
    Ok(())
}

/// The layout of an output that is there, and what produced it.
fn existing(output: &Path, observer: &dyn Observer) -> Result<(Layout, RunInfo)> {
    // What an earlier one has written may not be in place yet.
    claim::recover(output, observer)?;
    if !output.exists() {
        bail!("{}: does not exist; name the output of a run", output.display());
    }
    let mut layout = Layout::existing(output)?;
    if let Some(shards) = layout.shards() {
        // A new folder takes its place; what else lies in it would be lost.
        layout = Layout::folder(output, shards, layout.compression())?;
    }
    let info = RunInfo::read(&layout.run_info())
        .context("cannot read how this output was produced, which a retry must repeat")?;
    check_whole(&layout, &info).with_context(|| {
        format!("{}: cannot be retried; run `docmill verify` for details", output.display())
    })?;
    Ok((layout, info))
}

/// Runs the documents again; false if it was stopped.
fn again(
    setup: &Setup,
    failed: &Failed,
    roots: &[PathBuf],
    spool: &mut Spool,
    observer: &dyn Observer,
    stop: &AtomicBool,
) -> Result<bool> {
    let pipeline = setup.pipeline()?;
    let limits = setup.limits()?;
    observer.begin(0);
    let items = setup.job.archive.open(roots).context("no thread for reading")?;
    let items = items.filter_map(|item| failed.wanted(item)).map(Input::from);
    let stats = run_pipeline(&pipeline, &setup.job, items, &limits, stop, |finished: Finished<Line>| {
        if let Some(failure) = &finished.failure {
            observer.failure(&finished.id, &failure.to_string());
        }
        spool.put(failed, finished)
    })?;
    observer.end();
    Ok(!stats.stopped)
}

/// The files to look into, in the order of the output. Standard input is gone; of files that are not there, the
/// documents keep the reasons that they have.
fn roots(failed: &Failed, observer: &dyn Observer) -> Result<Vec<PathBuf>> {
    let mut seen = HashSet::new();
    let paths = failed.documents().iter().map(|document| document.source.path.as_str());
    let named = paths.filter(|path| *path != "-" && seen.insert(*path)).map(PathBuf::from);
    let (there, gone): (Vec<_>, Vec<_>) = named.partition(|path| path.symlink_metadata().is_ok());
    match gone.first() {
        Some(first) if there.is_empty() => bail!(
            "no file with a failed document is there (the first: {}); repeat the command in the folder in which `docmill \
             run` was called",
            first.display()
        ),
        Some(first) => observer.warn(&format!(
            "{} files with failed documents are not there any more (the first: {}); these documents stay as they are",
            gone.len(),
            first.display()
        )),
        None => {}
    }
    Ok(there)
}

/// Writes the output again, with new records in the places of failed ones.
fn merge(
    layout: &Layout,
    info: &RunInfo,
    failed: &Failed,
    spool: &mut Spool,
    mut settling: Settling<'_>,
) -> Result<Merged> {
    let mut records = InOrder::open(layout.name())?;
    let mut output = Output::create(layout)?;
    let mut quarantine = Quarantine::create(layout)?;
    let mut left = 0;
    let mut line = Vec::new();
    while let Some(bytes) = records.next_line()? {
        line.clear();
        line.extend_from_slice(bytes);
        line.push(b'\n');
        let head: Head = serde_json::from_slice(bytes)
            .with_context(|| format!("{}: not a docmill record", layout.name().display()))?;
        let mut still = None;
        if head.is_failed()
            && let Some(number) = failed.number(&head.id, &head.source)
        {
            still = spool.take(failed, number, &mut line)?;
        }
        if settling.settle(&mut line)? != Status::Duplicate
            && let Some(document) = still
        {
            left += 1;
            quarantine.write(&document)?;
        }
        output.write(&line)?;
    }
    let sealed = output.seal()?;
    let quarantine = quarantine.commit()?;
    let totals = info.totals.map(|before| settling.with(before));
    let run_info = RunInfo { totals, ..info.clone() }.of(&sealed).write(layout)?;
    Ok(Merged { left, output: sealed.position, quarantine, run_info })
}
