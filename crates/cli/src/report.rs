//! What is told when a run has ended: a table on stderr, and JSON in `--report FILE`.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::{Context, Result, bail};
use docmill_engine::RunStats;
use serde::Serialize;

/// A failure, for the report.
#[derive(Debug, Clone, Serialize)]
pub struct FailureLine {
    /// Id of the document.
    pub id: String,
    /// Stage at fault, if it was one.
    pub stage: Option<String>,
    /// The reason.
    pub message: String,
}

#[derive(Serialize)]
struct Report<'r> {
    run_id: &'r str,
    documents_per_second: f64,
    words_per_second: f64,
    megabytes_per_second: f64,
    /// At most [`FAILURES_KEPT`].
    failures: &'r [FailureLine],
    #[serde(rename = "totals")]
    stats: &'r RunStats,
}

/// Failures that the report lists; the records tell of all.
pub const FAILURES_KEPT: usize = 1000;

/// Whether the report's folder is there, told before the work.
pub fn check(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        bail!("report {}: there is no folder {}; make it first", path.display(), folder.display());
    }
    Ok(())
}

/// Writes the report.
pub fn write(path: &Path, run_id: &str, stats: &RunStats, failures: &[FailureLine]) -> Result<()> {
    let per_second = |count: u64| count as f64 / stats.seconds.max(1e-9);
    let report = Report {
        run_id,
        documents_per_second: per_second(stats.read),
        words_per_second: per_second(stats.words),
        megabytes_per_second: per_second(stats.bytes) / 1e6,
        failures,
        stats,
    };
    let write = || -> Result<()> {
        let mut out = BufWriter::new(File::create(path)?);
        serde_json::to_writer_pretty(&mut out, &report)?;
        out.write_all(b"\n")?;
        Ok(out.flush()?)
    };
    write().with_context(|| format!("report {}", path.display()))
}

/// The closing table.
pub fn table(stats: &RunStats, output: &str) -> String {
    let rate = |count: u64, seconds: f64| count as f64 / seconds.max(1e-9);
    let mut table = format!(
        "{} read = {} ok + {} failed + {} filtered, {} words, {:.2} MB in {:.2} s: {:.1} documents/s, {:.0} words/s with {} {}\n",
        stats.read,
        stats.ok,
        stats.failed,
        stats.filtered,
        stats.words,
        stats.bytes as f64 / 1e6,
        stats.seconds,
        rate(stats.read, stats.seconds),
        rate(stats.words, stats.seconds),
        stats.jobs,
        if stats.jobs == 1 { "job" } else { "jobs" },
    );
    table +=
        &format!("  {:<16} {:>10} {:>8} {:>10} {:>12}\n", "stage", "documents", "failed", "seconds", "MB/s");
    for stage in &stats.stages {
        let speed = rate(stage.bytes, stage.seconds) / 1e6;
        table += &format!(
            "  {:<16} {:>10} {:>8} {:>10.3} {:>12.2}\n",
            stage.stage, stage.documents, stage.failed, stage.seconds, speed
        );
    }
    table + &format!("written to {output}")
}
