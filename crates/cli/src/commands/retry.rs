//! `docmill retry`

mod settle;
mod spool;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use docmill_engine::{Finished, Registry, Status, run as run_pipeline};
use docmill_journal::differences;
use docmill_jsonl::{InOrder, Layout, Output, Quarantine, RunInfo, discard, put_in_place};

use serde_json::Value;

use super::check_free;
use super::failed::{Failed, Head};
use super::run::{Input, Line, Setup, facts, on_ctrl_c};
use crate::args::RetryArgs;
use crate::exit::Ended;
use settle::Settling;
use spool::Spool;

/// Runs the documents that failed once more, and puts them in their places.
pub fn run(args: &RetryArgs, registry: &Registry) -> Result<Ended> {
    let (layout, info) = existing(&args.output)?;
    let setup = Setup::new(&args.config, std::iter::empty(), args.jobs, registry)?;
    // Another docmill may well be the one that mends what failed; what its records are is decided by the rest.
    let without_version = |info: &RunInfo| {
        let mut facts = facts::of_records(info);
        facts["docmill version"] = Value::Null;
        facts
    };
    if info.docmill_version != setup.info.docmill_version {
        eprintln!(
            "docmill: docmill {} made {}, this is {}: records that are done again may differ from the others in what \
             this version does otherwise; they tell it by their run_id, {}",
            info.docmill_version,
            args.output.display(),
            setup.info.docmill_version,
            setup.info.run_id
        );
    }
    let changed = differences(&without_version(&info), &without_version(&setup.info));
    if !changed.is_empty() {
        bail!(
            "{} was made otherwise: {}. Take that back, or run everything again: records of one output come from one \
             configuration",
            args.output.display(),
            changed.join("; ")
        );
    }
    let failed = Failed::read(&layout)?;
    if failed.is_empty() {
        tell(args, "nothing to do: no document failed");
        return Ok(Ended::Clean);
    }
    let mut spool = Spool::create(&layout)?;
    if !again(&setup, &failed, &mut spool)? {
        spool.remove()?;
        tell(args, "stopped; the output is as it was");
        return Ok(Ended::Stopped);
    }
    let settling = Settling::new(&setup.job.duplicates);
    let merged = merge(&layout, &info, &failed, &mut spool, settling);
    spool.remove()?;
    match merged {
        Ok(left) => {
            put_in_place(&layout)?;
            let count = failed.len();
            tell(
                args,
                &format!(
                    "{} of {count} documents that had failed are done, {left} failed again",
                    count - left
                ),
            );
            Ok(if left > 0 { Ended::SomeFailed } else { Ended::Clean })
        }
        Err(error) => {
            // The output is as it was; what could not be written is of no use.
            let _ = discard(&layout);
            Err(error)
        }
    }
}

fn tell(args: &RetryArgs, message: &str) {
    if !args.quiet {
        eprintln!("docmill: {message}");
    }
}

/// The layout of an output that is there, and what produced it.
fn existing(output: &Path) -> Result<(Layout, RunInfo)> {
    if !output.exists() {
        bail!("{}: is not there; name the output of a run", output.display());
    }
    let mut layout = Layout::existing(output)?;
    if let Some(shards) = layout.shards() {
        // A new folder takes its place; what else lies in it would be lost.
        layout = Layout::folder(output, shards, layout.compression())?;
    }
    let info = RunInfo::read(&layout.run_info())
        .context("what produced the output must be known, to do the same again")?;
    check_free(&layout)?;
    Ok((layout, info))
}

/// Runs the documents again; false if it was stopped.
fn again(setup: &Setup, failed: &Failed, spool: &mut Spool) -> Result<bool> {
    let pipeline = setup.pipeline()?;
    let limits = setup.limits()?;
    let stop = on_ctrl_c();
    let roots = roots(failed);
    let items = setup.job.archive.open(&roots).context("no thread for reading")?;
    let items = items.filter(|item| failed.contains(&item.id(), item.source())).map(Input::from);
    let stats = run_pipeline(&pipeline, &setup.job, items, &limits, &stop, |finished: Finished<Line>| {
        if let Some(failure) = &finished.failure {
            eprintln!("docmill: {}: {failure}", finished.id);
        }
        spool.put(failed, finished)
    })?;
    Ok(!stats.stopped)
}

/// The files to look into, in the order of the output. Standard input is gone.
fn roots(failed: &Failed) -> Vec<PathBuf> {
    let mut seen = HashSet::new();
    let paths = failed.documents().iter().map(|document| document.source.path.as_str());
    paths.filter(|path| *path != "-" && seen.insert(*path)).map(PathBuf::from).collect()
}

/// Writes the output again, with new records in the places of failed ones; how many still fail.
fn merge(
    layout: &Layout,
    info: &RunInfo,
    failed: &Failed,
    spool: &mut Spool,
    mut settling: Settling<'_>,
) -> Result<usize> {
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
    let parts = output.seal()?;
    quarantine.commit()?;
    let totals = info.totals.map(|before| settling.with(before));
    RunInfo { totals, parts, ..info.clone() }.write(layout)?;
    Ok(left)
}
