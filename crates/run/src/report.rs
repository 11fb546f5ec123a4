//! What a run reports at its end: a table on stderr, and JSON in `--report FILE`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::{Context, Result, bail};
use docmill_engine::RunStats;
use serde::Serialize;

use crate::summary::{FailureLine, Summary};

#[derive(Serialize)]
struct Report<'r> {
    run_id: &'r str,
    /// Documents that had been done before the run went on; the speeds leave them out.
    resumed: u64,
    documents_per_second: f64,
    words_per_second: f64,
    megabytes_per_second: f64,
    /// At most [`crate::summary::FAILURES_KEPT`].
    failures: &'r [FailureLine],
    /// Files in folders that were not read, by the ends of their names.
    not_read: BTreeMap<&'r str, u64>,
    #[serde(rename = "totals")]
    stats: &'r RunStats,
}

/// Checks before the work that the report's folder is there.
pub fn check(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        bail!("report {}: the folder {} does not exist; create it first", path.display(), folder.display());
    }
    Ok(())
}

impl Summary {
    /// Writes the report, as JSON.
    pub fn write_report(&self, path: &Path) -> Result<()> {
        write(path, self)
    }

    /// The closing table.
    pub(crate) fn table(&self, output: &str) -> String {
        table(self, output)
    }
}

fn write(path: &Path, closed: &Summary) -> Result<()> {
    let (totals, before) = (&closed.stats.totals, &closed.before);
    let per_second = |all: u64, before: u64| rate(all - before, closed.stats.seconds);
    let report = Report {
        run_id: &closed.run_id,
        resumed: before.read,
        documents_per_second: per_second(totals.read, before.read),
        words_per_second: per_second(totals.words, before.words),
        megabytes_per_second: per_second(totals.bytes, before.bytes) / 1e6,
        failures: &closed.failures,
        not_read: closed.passed_over.iter().map(|(kind, count)| (kind.as_str(), *count)).collect(),
        stats: &closed.stats,
    };
    let write = || -> Result<()> {
        let mut out = BufWriter::new(File::create(path)?);
        serde_json::to_writer_pretty(&mut out, &report)?;
        out.write_all(b"\n")?;
        Ok(out.flush()?)
    };
    write().with_context(|| format!("report {}", path.display()))
}

fn rate(count: u64, seconds: f64) -> f64 {
    count as f64 / seconds.max(1e-9)
}

/// Kinds that a line lists.
const KINDS: usize = 6;

/// What to do with files of a kind that is not read.
const HINTS: &str = include_str!("../data/unread.tsv");

/// `13 files were not read: 3 .xls (export it as .csv), 1 .log; ...`; nothing if all were.
pub fn not_read(passed_over: &[(String, u64)]) -> Option<String> {
    let all: u64 = passed_over.iter().map(|(_, count)| count).sum();
    let hint = |kind: &str| {
        HINTS
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .find(|(known, _)| *known == kind)
            .map(|(_, hint)| hint)
    };
    let mut kinds: Vec<String> = passed_over
        .iter()
        .take(KINDS)
        .map(|(kind, count)| match hint(kind) {
            Some(hint) => format!("{count} {kind} ({hint})"),
            None => format!("{count} {kind}"),
        })
        .collect();
    let more = passed_over.len().saturating_sub(KINDS);
    if more > 0 {
        kinds.push(format!("{more} other kinds"));
    }
    let (files, were) = if all == 1 { ("file", "was") } else { ("files", "were") };
    let mut told = format!("{all} {files} {were} not read: {}", kinds.join(", "));
    if passed_over.iter().any(|(kind, _)| hint(kind).is_none()) {
        told += "; text among them is read with input.include, as in --set 'input.include=[\"*.log\"]'";
    }
    (all > 0).then_some(told)
}

fn table(closed: &Summary, output: &str) -> String {
    let (stats, totals, before) = (&closed.stats, &closed.stats.totals, &closed.before);
    let mut table = format!(
        "{} read = {} ok + {} failed + {} filtered + {} duplicates, {} words, {:.2} MB in {:.2} s: {:.1} documents/s, {:.0} words/s with {} {}\n",
        totals.read,
        totals.ok,
        totals.failed,
        totals.filtered,
        totals.duplicates,
        totals.words,
        totals.bytes as f64 / 1e6,
        stats.seconds,
        rate(totals.read - before.read, stats.seconds),
        rate(totals.words - before.words, stats.seconds),
        stats.jobs,
        if stats.jobs == 1 { "job" } else { "jobs" },
    );
    if before.read > 0 {
        table += &format!("  {} of them were finished before the run resumed\n", before.read);
    }
    if totals.marked > 0 {
        table += &format!("  {} of those written are marked as duplicates\n", totals.marked);
    }
    if totals.reused > 0 {
        table += &format!("  {} of them were copied from an earlier run\n", totals.reused);
    }
    if let Some(files) = not_read(&closed.passed_over) {
        table += &format!("  {files}\n");
    }
    table += &format!("  {:<16} {:>10} {:>8}", "stage", "documents", "failed");
    let any_skipped = stats.stages.iter().any(|stage| stage.skipped > 0);
    if any_skipped {
        table += &format!(" {:>8}", "skipped");
    }
    table += &format!(" {:>10} {:>12}\n", "seconds", "MB/s");
    for stage in &stats.stages {
        let speed = rate(stage.bytes, stage.seconds) / 1e6;
        table += &format!("  {:<16} {:>10} {:>8}", stage.stage, stage.documents, stage.failed);
        if any_skipped {
            table += &format!(" {:>8}", stage.skipped);
        }
        table += &format!(" {:>10.3} {:>12.2}\n", stage.seconds, speed);
    }
    table + &format!("written to {output}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_that_is_not_read_has_a_hint() {
        let told = |kinds: &[(&str, u64)]| {
            not_read(&kinds.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect::<Vec<_>>())
        };
        assert_eq!(
            told(&[(".xls", 3)]).as_deref(),
            Some("3 files were not read: 3 .xls (export it as .csv)")
        );
        let log = told(&[(".log", 1)]).unwrap_or_default();
        assert!(log.starts_with("1 file was not read: 1 .log; text among them"), "{log}");
        assert_eq!(told(&[]), None);
        assert!(HINTS.lines().all(|line| line.starts_with('.') && line.contains('\t')));
    }
}
