//! Puts outputs together.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use docmill_jsonl::{InOrder, Layout, Output, Position, Quarantine, RunInfo, Seal};

use crate::claim::Claim;
use crate::failed::{Failed, Head};

/// Puts `inputs` together in the file `output`; `mixed`: records of different runs too. The number of records comes
/// back, unless they went to standard output or a device.
///
/// # Errors
/// Inputs that are no outputs of docmill, or of different runs; the output is then as it was.
pub fn merge(inputs: &[PathBuf], output: &Path, mixed: bool) -> Result<Option<u64>> {
    let layout = Layout::file(output)?;
    for input in inputs {
        if input.canonicalize().is_ok_and(|input| output.canonicalize().is_ok_and(|out| out == input)) {
            bail!("{}: is both an input and the output; name another file with -o", input.display());
        }
    }
    let claim = Claim::take(&layout, "merge", &())?;
    let merged = match write(inputs, mixed, &layout) {
        Ok(merged) => merged,
        Err(error) => {
            claim.discard()?;
            return Err(error);
        }
    };
    claim.publish(merged.output, merged.quarantine, merged.run_info)?;
    Ok(layout.is_durable().then_some(merged.lines))
}

/// What was written.
struct Merged {
    lines: u64,
    output: Position,
    quarantine: Seal,
    run_info: Option<Seal>,
}

/// Writes the output.
fn write(inputs: &[PathBuf], mixed: bool, layout: &Layout) -> Result<Merged> {
    let quarantine = layout.is_durable().then(|| Quarantine::create(layout)).transpose()?;
    let mut merge = Merge { output: Output::create(layout)?, quarantine, lines: 0, first: None };
    for input in inputs {
        merge.copy(input, mixed)?;
    }
    let sealed = merge.output.seal()?;
    let mut merged = Merged {
        lines: merge.lines,
        output: sealed.position.clone(),
        quarantine: Seal::default(),
        run_info: None,
    };
    if let Some(quarantine) = &mut merge.quarantine {
        merged.quarantine = quarantine.commit()?;
        merged.run_info = run_info(inputs, mixed).map(|info| info.of(&sealed).write(layout)).transpose()?;
    }
    Ok(merged)
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
                    "{}: record {number}: not a docmill record; run `docmill verify` for details",
                    input.display()
                );
            };
            let run = (head.run_id.clone(), head.schema_version.clone());
            let first = self.first.get_or_insert_with(|| run.clone());
            if run != *first && !mixed {
                bail!(
                    "{}: record {number}: comes from run {} (version {}), the first record from run {} (version {}): \
                     a different run wrote it. To merge records of several runs, add --mixed",
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
fn run_info(inputs: &[PathBuf], mixed: bool) -> Option<RunInfo> {
    let first = inputs.first().filter(|_| !mixed)?;
    let info = RunInfo::read(&Layout::existing(first).ok()?.run_info()).ok()?;
    // What became of the inputs of several runs is not what became of those of the first.
    let totals = info.totals.filter(|_| inputs.len() == 1);
    Some(RunInfo { totals, shards: None, parts: Vec::new(), ..info })
}
