//! `cargo xtask bench archive`: whole runs of the real program, with one worker and with two, with the model and without;
//! or in turns against another version of the program.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::WITHOUT_MODEL;
use super::texts::choose;
use super::watch::watch;
use crate::cargo::{cargo, root};

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A folder of .txt files
    #[arg(long)]
    text: PathBuf,
    /// How many of them, spread evenly
    #[arg(long, default_value_t = 2738)]
    documents: usize,
    /// How often each is run; the median counts
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// A program to measure in place of a new release build
    #[arg(long, value_name = "PROGRAM")]
    program: Option<PathBuf>,
    /// An earlier version of the program, built alike: runs both in turns with one worker and compares processor time,
    /// which other work on the machine disturbs least
    #[arg(long, value_name = "PROGRAM")]
    before: Option<PathBuf>,
    /// Stages to compare, comma-separated; may be given several times. Default: those that need no model, and the same
    /// with entities and names
    #[arg(long, value_name = "NAMES", requires = "before")]
    stages: Vec<String>,
}

/// What is compared with an earlier version: stages that both have.
const COMPARED: [&str; 2] = ["header,tokenize,citations", "header,tokenize,citations,encode,ner,names"];

/// One run.
struct Measured {
    seconds: f64,
    /// Processor time.
    cpu: f64,
    /// Of the program at its largest (MB).
    peak: f64,
    /// SHA-256 of what it wrote.
    output: Vec<u8>,
}

/// Runs everything in turns and prints medians and ratios.
pub fn run(args: &Args) -> Result<()> {
    let program = if let Some(program) = &args.program {
        program.canonicalize().with_context(|| program.display().to_string())?
    } else {
        cargo(&["build", "--release", "-p", "docmill-cli"], &[])?;
        root().join("target/release/docmill")
    };
    let folder = tempfile::tempdir().context("a folder for the documents and the output")?;
    let texts = folder.path().join("texts");
    let (documents, bytes) = choose(&args.text, args.documents, &texts)?;
    println!("{documents} documents, {:.1} MB", bytes as f64 / 1e6);
    if let Some(before) = &args.before {
        let before = before.canonicalize().with_context(|| before.display().to_string())?;
        return compare(args, &before, &program, &texts, folder.path());
    }
    let profiles: [(&str, &[&str]); 2] = [("default", &[]), ("without model", &["--set", WITHOUT_MODEL])];
    let one = folder.path().join("one");
    choose(&args.text, 1, &one)?;
    let mut starts = Vec::new();
    for _ in 0..args.rounds.max(1) {
        starts.push(measure(&program, &one, folder.path(), 1, &[])?.seconds);
    }
    starts.sort_by(f64::total_cmp);
    println!("a run of one document, start to end: {:.2} s", starts[starts.len() / 2]);
    println!(
        "{:<16} {:>5} {:>9} {:>12} {:>8} {:>9}",
        "", "jobs", "seconds", "documents/s", "MB/s", "peak MB"
    );
    for (name, more) in profiles {
        let mut runs: BTreeMap<usize, Vec<Measured>> = BTreeMap::new();
        for _ in 0..args.rounds.max(1) {
            for jobs in [1, 2] {
                runs.entry(jobs).or_default().push(measure(&program, &texts, folder.path(), jobs, more)?);
            }
        }
        let first = runs[&1][0].output.clone();
        ensure!(runs.values().flatten().all(|run| run.output == first), "{name}: the outputs differ");
        let mut medians = Vec::new();
        for (jobs, runs) in &mut runs {
            runs.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
            let seconds = runs[runs.len() / 2].seconds;
            let peak = runs.iter().map(|run| run.peak).fold(0.0, f64::max);
            let (speed, rate) = (documents as f64 / seconds, bytes as f64 / 1e6 / seconds);
            println!("{name:<16} {jobs:>5} {seconds:>9.2} {speed:>12.1} {rate:>8.2} {peak:>9.0}");
            medians.push(seconds);
        }
        println!(
            "{name:<16} two workers make {:.2} times what one makes; the same bytes",
            medians[0] / medians[1]
        );
    }
    Ok(())
}

/// Runs two versions in turns, each first in every second round, and prints what the later one takes of the earlier's
/// processor time.
fn compare(args: &Args, before: &Path, after: &Path, texts: &Path, folder: &Path) -> Result<()> {
    let defaults = COMPARED.map(str::to_owned);
    let compared = if args.stages.is_empty() { &defaults[..] } else { &args.stages };
    println!("processor seconds, medians of {} rounds in turns, one worker", args.rounds.max(1));
    for stages in compared {
        let quoted: Vec<String> = stages.split(',').map(|stage| format!("{:?}", stage.trim())).collect();
        let set = format!("stages=[{}]", quoted.join(", "));
        let mut runs: [Vec<Measured>; 2] = [Vec::new(), Vec::new()];
        for round in 0..args.rounds.max(1) {
            for turn in 0..2 {
                let which = (round + turn) % 2;
                let program = if which == 0 { before } else { after };
                runs[which].push(measure(program, texts, folder, 1, &["--set", &set])?);
            }
        }
        let [earlier, later] = runs.map(|mut runs| {
            runs.sort_by(|a, b| a.cpu.total_cmp(&b.cpu));
            let peak = runs.iter().map(|run| run.peak).fold(0.0, f64::max);
            (runs[runs.len() / 2].cpu, runs[0].cpu, peak)
        });
        println!(
            "{stages}: before {:.2}, now {:.2} ({:+.1}%); least of each {:.2}, {:.2} ({:+.1}%); peak MB {:.0}, {:.0}",
            earlier.0,
            later.0,
            (later.0 / earlier.0 - 1.0) * 100.0,
            earlier.1,
            later.1,
            (later.1 / earlier.1 - 1.0) * 100.0,
            earlier.2,
            later.2
        );
    }
    Ok(())
}

/// One run of the program, watched.
fn measure(program: &Path, texts: &Path, folder: &Path, jobs: usize, more: &[&str]) -> Result<Measured> {
    // A folder of its own, empty: no run finds what another has left.
    let outputs = folder.join("outputs");
    if outputs.exists() {
        fs::remove_dir_all(&outputs)?;
    }
    fs::create_dir(&outputs)?;
    let out = outputs.join("out.jsonl");
    let mut command = Command::new(program);
    command
        .arg("run")
        .arg(texts)
        .arg("-o")
        .arg(&out)
        .args(["--quiet", "--jobs", &jobs.to_string()])
        .args(more);
    let watched = watch(command.current_dir(root()))?;
    Ok(Measured { seconds: watched.seconds, cpu: watched.cpu, peak: watched.peak, output: digest(&out)? })
}

/// A file of a gigabyte is not kept, its sum is.
fn digest(path: &Path) -> Result<Vec<u8>> {
    use sha2::{Digest, Sha256};
    let mut hash = Sha256::new();
    let mut file = fs::File::open(path)?;
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = std::io::Read::read(&mut file, &mut buffer)?;
        if read == 0 {
            return Ok(hash.finalize().to_vec());
        }
        hash.update(&buffer[..read]);
    }
}
