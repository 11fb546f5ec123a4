//! `docmill merge`

use std::path::Path;

use anyhow::{Result, bail};
use docmill_jsonl::{InOrder, Layout, Output, Quarantine, RunInfo, discard, put_in_place};

use super::check_free;
use super::failed::{Failed, Head};
use crate::args::MergeArgs;
use crate::exit::Ended;

/// Puts outputs together.
pub fn run(args: &MergeArgs) -> Result<Ended> {
    let layout = Layout::file(&args.output)?;
    for input in &args.inputs {
        if input.canonicalize().is_ok_and(|input| args.output.canonicalize().is_ok_and(|out| out == input)) {
            bail!("{}: is an input and the output; name another file with -o", input.display());
        }
    }
    check_free(&layout)?;
    let merged = merge(args, &layout);
    if merged.is_err() {
        discard(&layout)?;
    }
    let lines = merged?;
    if layout.is_durable() {
        eprintln!("docmill: {lines} records merged into {}", args.output.display());
    }
    Ok(Ended::Clean)
}

/// Writes the output; the number of its lines comes back.
fn merge(args: &MergeArgs, layout: &Layout) -> Result<u64> {
    let quarantine = layout.is_durable().then(|| Quarantine::create(layout)).transpose()?;
    let mut merge = Merge { output: Output::create(layout)?, quarantine, lines: 0, first: None };
    for input in &args.inputs {
        merge.copy(input, args.mixed)?;
    }
    merge.output.seal()?;
    if let Some(quarantine) = &mut merge.quarantine {
        quarantine.commit()?;
        if let Some(info) = run_info(args) {
            info.write(layout)?;
        }
    }
    put_in_place(layout)?;
    Ok(merge.lines)
}

struct Merge {
    output: Output,
    /// None for standard output and devices.
    quarantine: Option<Quarantine>,
    lines: u64,
    /// Run and version of the first record.
    first: Option<(String, String)>,
}

impl Merge {
    /// Copies every line of one output.
    fn copy(&mut self, input: &Path, mixed: bool) -> Result<()> {
        let failed = Failed::listed(&Layout::existing(input)?)?;
        let mut records = InOrder::open(input)?;
        let before = self.lines;
        let mut line = Vec::new();
        while let Some(bytes) = records.next_line()? {
            line.clear();
            line.extend_from_slice(bytes);
            line.push(b'\n');
            self.lines += 1;
            let number = self.lines - before;
            let Ok(head) = serde_json::from_slice::<Head>(&line) else {
                bail!(
                    "{}: record {number}: not a docmill record; `docmill verify` tells more",
                    input.display()
                );
            };
            let run = (head.run_id.clone(), head.schema_version.clone());
            let first = self.first.get_or_insert_with(|| run.clone());
            if run != *first && !mixed {
                bail!(
                    "{}: record {number}: comes from run {} (version {}), the first record from run {} (version {}): \
                     other settings, models or programs made it. Merge such outputs with --mixed",
                    input.display(),
                    run.0,
                    run.1,
                    first.0,
                    first.1
                );
            }
            self.output.write(&line)?;
            if let Some(quarantine) = &mut self.quarantine {
                let listed = failed.number(&head.id, &head.source).map(|n| failed.documents()[n].clone());
                if let Some(document) = head.into_failed() {
                    quarantine.write(&listed.unwrap_or(document))?;
                }
            }
        }
        check_count(input, self.lines - before)
    }
}

/// Whether a folder holds as many records as its `run.json` says.
fn check_count(input: &Path, lines: u64) -> Result<()> {
    let path = input.join("run.json");
    if !input.is_dir() || !path.exists() {
        return Ok(());
    }
    let expected: u64 = RunInfo::read(&path)?.parts.iter().map(|part| part.documents).sum();
    if lines != expected {
        bail!("{}: {lines} records, but {} says {expected}; copy it again", input.display(), path.display());
    }
    Ok(())
}

/// What produced the records, if it is one thing and the first input says so.
fn run_info(args: &MergeArgs) -> Option<RunInfo> {
    let first = args.inputs.first().filter(|_| !args.mixed)?;
    let info = RunInfo::read(&Layout::existing(first).ok()?.run_info()).ok()?;
    // What became of the inputs of several runs is not what became of those of the first.
    let totals = info.totals.filter(|_| args.inputs.len() == 1);
    Some(RunInfo { totals, shards: None, parts: Vec::new(), ..info })
}
