//! `cargo xtask bench peers`: whole runs of docmill, of spaCy and of a loop over transformers, in turns.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::docmill::{Measured, docmill};
use super::texts::choose;
use super::watch::watch;
use super::{WITHOUT_MODEL, share};
use crate::cargo::{cargo, root};
use crate::python::environment;

/// Workers, processes or threads of everybody.
const JOBS: &str = "2";

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A folder of .txt files
    #[arg(long)]
    text: PathBuf,
    /// How many of them, spread evenly
    #[arg(long, default_value_t = 96)]
    documents: usize,
    /// Transformers get so many of those documents
    #[arg(long, default_value_t = 8)]
    slow_documents: usize,
    /// How often each is run; the median counts
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Python with the packages of models/train/requirements.txt; without it, transformers are left out. spaCy is
    /// installed into a virtual environment under `target`
    #[arg(long)]
    python: Option<PathBuf>,
}

/// What the peers print.
#[derive(Debug, Deserialize)]
struct Said {
    seconds: f64,
}

/// Somebody who is measured: whether it gets few documents, and the run.
type Runner<'r> = (&'static str, bool, Box<dyn Fn(&Path) -> Result<Measured> + 'r>);

/// Measures everybody in turns and prints medians.
pub fn run(args: &Args) -> Result<()> {
    cargo(&["build", "--release", "-p", "docmill-cli"], &[])?;
    let spacy = environment("peers", &root().join("xtask/src/bench/peers/requirements.txt"))?;
    // A virtual environment is known by the path of its interpreter, a link: it must not be resolved.
    let python = args.python.as_deref().map(std::path::absolute).transpose()?;
    let folder = tempfile::tempdir().context("a folder for the documents and the output")?;
    let (many, few, one) = (folder.path().join("many"), folder.path().join("few"), folder.path().join("one"));
    let (documents, bytes) = choose(&args.text, args.documents, &many)?;
    let (slow_documents, slow_bytes) = choose(&many, args.slow_documents, &few)?;
    choose(&many, 1, &one)?;

    let out = folder.path().join("out.jsonl");
    let (words, slow_words) = (words(&many, &out)?, words(&few, &out)?);
    println!("{}", machine());
    println!("{documents} documents, {:.2} MB, {words} words; two workers each", bytes as f64 / 1e6);
    if python.is_some() {
        println!(
            "transformers: {slow_documents} of them, {:.2} MB, {slow_words} words",
            slow_bytes as f64 / 1e6
        );
    }

    let model = root().join("models/news-en");
    let mut all: Vec<Runner<'_>> = vec![
        ("docmill, default", false, Box::new(|texts| docmill(texts, &out, JOBS, &[]).map(|run| run.0))),
        (
            "docmill, no model",
            false,
            Box::new(|texts| docmill(texts, &out, JOBS, &["--set", WITHOUT_MODEL]).map(|run| run.0)),
        ),
        ("spaCy, sm-size NER", false, Box::new(|texts| peer(&spacy, "spacy_peer.py", texts, &out, None))),
    ];
    if let Some(python) = &python {
        let run = |texts: &Path| peer(python, "transformers_peer.py", texts, &out, Some(&model));
        all.push(("transformers, fp32", true, Box::new(run)));
    }
    let mut runs: BTreeMap<&str, Vec<Measured>> = BTreeMap::new();
    for _ in 0..args.rounds.max(1) {
        for (name, slow, run) in &all {
            runs.entry(name).or_default().push(run(if *slow { &few } else { &many })?);
        }
    }
    println!("{:<20} {:>9} {:>9} {:>8} {:>9} {:>9}", "", "seconds", "words/s", "MB/s", "start s", "peak MB");
    for (name, slow, _) in &all {
        let (words, bytes) = if *slow { (slow_words, slow_bytes) } else { (words, bytes) };
        let Some(runs) = runs.get_mut(name) else { continue };
        runs.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
        let middle = &runs[runs.len() / 2];
        let peak = runs.iter().map(|run| run.watched.peak).fold(0.0, f64::max);
        println!(
            "{name:<20} {:>9.2} {:>9.0} {:>8.2} {:>9.2} {peak:>9.0}",
            middle.seconds,
            words as f64 / middle.seconds,
            bytes as f64 / 1e6 / middle.seconds,
            middle.watched.seconds - middle.seconds,
        );
    }
    share::print(&many, &one, &out, args.rounds.max(1))
}

/// Words as docmill counts them: the measure for everybody.
fn words(texts: &Path, out: &Path) -> Result<u64> {
    Ok(docmill(texts, out, JOBS, &["--set", WITHOUT_MODEL])?.1.words)
}

/// One run of a script in peers/.
fn peer(python: &Path, script: &str, texts: &Path, out: &Path, model: Option<&Path>) -> Result<Measured> {
    let mut command = Command::new(python);
    command.arg(root().join("xtask/src/bench/peers").join(script)).arg(texts).arg(out).arg(JOBS);
    let watched = watch(command.args(model))?;
    let said: Said = serde_json::from_slice(&watched.output).context(script.to_owned())?;
    Ok(Measured { seconds: said.seconds, watched })
}

/// The processor and how many cores there are.
fn machine() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{}, {cores} cores", model.map_or("unknown processor", |(_, name)| name))
}
