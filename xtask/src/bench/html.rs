//! `cargo xtask bench html`: text and facts of web pages by docmill and by trafilatura, in turns on one core.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::watch::watch;
use crate::cargo::{cargo, root};
use crate::python::environment;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A folder of pages: .html, .htm, also .gz
    folder: PathBuf,
    /// How often each is run
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// The program; without it, target/release/docmill is built
    #[arg(long)]
    program: Option<PathBuf>,
    /// The number of the core
    #[arg(long, default_value_t = 0)]
    core: usize,
}

/// What the script prints, and of docmill's report what is the same.
#[derive(Debug, Deserialize)]
struct Said {
    seconds: f64,
    pages: u64,
    texts: u64,
}

#[derive(Debug, Deserialize)]
struct Report {
    totals: Totals,
}

#[derive(Debug, Deserialize)]
struct Totals {
    seconds: f64,
    read: u64,
    ok: u64,
}

/// Measures both in turns and prints each round, and the ratio of the medians.
pub fn run(args: &Args) -> Result<()> {
    let program = if let Some(program) = &args.program {
        std::path::absolute(program)?
    } else {
        cargo(&["build", "--release", "-p", "docmill-cli"], &[])?;
        root().join("target/release/docmill")
    };
    let folder = args.folder.canonicalize().with_context(|| args.folder.display().to_string())?;
    let python = environment("bench-html", &root().join("xtask/src/bench/peers/requirements-html.txt"))?;
    let work = tempfile::tempdir()?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    println!("{:<12} {:>8} {:>8} {:>9} {:>9}", "", "pages", "texts", "seconds", "pages/s");
    let show = |name: &str, said: &Said| {
        let rate = said.pages as f64 / said.seconds;
        println!("{name:<12} {:>8} {:>8} {:>9.2} {rate:>9.1}", said.pages, said.texts, said.seconds);
    };
    for _ in 0..args.rounds.max(1) {
        let said = docmill(&program, &folder, work.path(), args.core)?;
        show("docmill", &said);
        ours.push(said.seconds);
        let script = root().join("xtask/src/bench/peers/trafilatura_peer.py");
        let mut command = on_core(&python, args.core);
        let watched = watch(command.arg(script).arg(&folder))?;
        let said: Said = serde_json::from_slice(&watched.output).context("trafilatura_peer.py")?;
        show("trafilatura", &said);
        ensure!(said.pages > 0, "no page in {}", folder.display());
        theirs.push(said.seconds);
    }
    println!("docmill is {:.1} times as fast", median(&mut theirs) / median(&mut ours));
    Ok(())
}

/// Reads the pages and writes records with text, title, author and date, by one worker and without a stage that looks into
/// the text.
fn docmill(program: &Path, folder: &Path, work: &Path, core: usize) -> Result<Said> {
    let (out, report) = (work.join("out.jsonl"), work.join("report.json"));
    let mut command = on_core(program, core);
    command.arg("run").arg(folder).arg("-o").arg(&out).arg("--report").arg(&report);
    command.args(["--quiet", "--overwrite", "--restart", "--jobs", "1", "--max-failures", "100%"]);
    command.args(["--set", "stages=header", "--set", "duplicates.find=none"]);
    let status = command.status().with_context(|| program.display().to_string())?;
    // 1: some pages have no text.
    ensure!(matches!(status.code(), Some(0 | 1)), "{}: {status}", program.display());
    let Report { totals } = serde_json::from_slice(&fs::read(&report)?).context("docmill's report")?;
    Ok(Said { seconds: totals.seconds, pages: totals.read, texts: totals.ok })
}

/// A command that runs on one core, whatever it starts.
fn on_core(program: &Path, core: usize) -> Command {
    let mut command = Command::new("taskset");
    command.arg("--cpu-list").arg(core.to_string()).arg(program);
    command
}

fn median(seconds: &mut [f64]) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}
