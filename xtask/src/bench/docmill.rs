//! One measured run of docmill.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::watch::{Watched, watch};
use crate::cargo::root;

/// A run of somebody.
#[derive(Debug)]
pub struct Measured {
    /// From the first text read to the last line written.
    pub seconds: f64,
    /// The whole process.
    pub watched: Watched,
}

/// What docmill says of a run (`--report`).
#[derive(Debug, Deserialize)]
struct Report {
    totals: Totals,
}

/// Of a report.
#[derive(Debug, Deserialize)]
pub struct Totals {
    /// From the first input to the last output.
    pub seconds: f64,
    /// Words of all documents.
    pub words: u64,
    /// The stages in order.
    pub stages: Vec<Stage>,
}

/// Of a report.
#[derive(Debug, Deserialize)]
pub struct Stage {
    /// Key of the stage.
    pub stage: String,
    /// Time in it, all workers together.
    pub seconds: f64,
}

/// One run of docmill.
pub fn docmill(texts: &Path, out: &Path, jobs: &str, more: &[&str]) -> Result<(Measured, Totals)> {
    let report = out.with_extension("report.json");
    let mut command = Command::new(root().join("target/release/docmill"));
    command.arg("run").arg(texts).arg("-o").arg(out).arg("--report").arg(&report);
    let watched = watch(command.args(["--quiet", "--jobs", jobs]).args(more).current_dir(root()))?;
    let report: Report = serde_json::from_slice(&fs::read(&report)?).context("docmill's report")?;
    Ok((Measured { seconds: report.totals.seconds, watched }, report.totals))
}
