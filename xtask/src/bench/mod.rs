//! `cargo xtask bench`: measurements, each of them one run.

mod archive;
mod docmill;
mod html;
mod memory;
mod peers;
mod share;
mod texts;
mod watch;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Subcommand;

use crate::cargo::cargo;

/// The stages that need no model.
const WITHOUT_MODEL: &str = r#"stages=["header", "tokenize", "citations"]"#;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Documents and bytes per second and memory of whole runs, with one worker and with two, with the model and without
    Archive(archive::Args),
    /// Words and bytes per second and memory of whole runs against spaCy and Hugging Face transformers, in turns; and
    /// what reading, journal and writing add to the stages
    Peers(peers::Args),
    /// Pages per second of extracting text and facts of web pages, on one core, against trafilatura, in turns
    Html(html::Args),
    /// Peak memory of whole runs, as the number of documents grows, and the length of one
    Memory(memory::Args),
    /// Words per second of entity recognition, one thread, against rust-bert's own `predict`; with --python also against
    /// ONNX Runtime in 8 bits and Hugging Face's pipeline, in turns
    Ner {
        /// A Hugging Face token-classification model (BERT)
        #[arg(long, default_value = "models/news-en")]
        model: PathBuf,
        /// A folder of .txt files
        #[arg(long)]
        text: PathBuf,
        /// docmill's engine: native or rust-bert
        #[arg(long, default_value = "native")]
        engine: String,
        /// How many of them
        #[arg(long, default_value_t = 500)]
        documents: usize,
        /// `predict` and the pipeline get every N-th turn of four documents only: at 500 documents each takes 40 minutes
        #[arg(long, default_value_t = 1, value_name = "N")]
        slow_every: usize,
        /// Python with the packages of models/train/requirements.txt
        #[arg(long)]
        python: Option<PathBuf>,
    },
    /// Bytes per second of sentence and word splitting
    Tokenize,
    /// Bytes per second of everything but a model: reading, splitting, writing, on one worker
    Pipeline {
        /// A folder of .txt files
        #[arg(long)]
        text: PathBuf,
    },
}

/// Runs a measurement.
pub fn run(args: &Args) -> Result<()> {
    match &args.what {
        What::Archive(args) => archive::run(args),
        What::Peers(args) => peers::run(args),
        What::Html(args) => html::run(args),
        What::Memory(args) => memory::run(args),
        What::Ner { model, text, engine, documents, slow_every, python } => {
            let chosen = tempfile::tempdir()?;
            texts::choose(text, *documents, chosen.path())?;
            let (model, text) = (absolute(model)?, absolute(chosen.path())?);
            let slow_every = slow_every.to_string();
            let program = ["run", "--release", "-p", "docmill-ner", "--features", "rust-bert", "--example"];
            let options = ["--model", &model, "--text", &text, "--engine", engine];
            let mut all = [&program[..], &["bench_predict", "--"], &options].concat();
            all.extend(["--slow-every", &slow_every]);
            // A virtual environment is known by the path of its interpreter, a link: it must not be resolved.
            let python = python.as_deref().map(std::path::absolute).transpose()?;
            let python = python.map(|path| path.display().to_string());
            if let Some(python) = &python {
                all.extend(["--python", python]);
            }
            cargo(&all, &crate::libtorch::environment()?)
        }
        What::Tokenize => cargo(&["bench", "-p", "docmill-tokenize", "--bench", "segment"], &[]),
        What::Pipeline { text } => {
            let text = absolute(text)?;
            let out = std::env::temp_dir().join("docmill-bench.jsonl").display().to_string();
            let stages = "stages=[\"tokenize\"]";
            let program = ["run", "--release", "-p", "docmill-cli", "--"];
            cargo(&[&program[..], &["run", &text, "--set", stages, "-j", "1", "-o", &out]].concat(), &[])
        }
    }
}

/// The most memory that a process has had (MB), as Linux tells.
fn peak_of(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok()? / 1024.0)
}

/// cargo runs elsewhere.
fn absolute(path: &Path) -> Result<String> {
    Ok(path.canonicalize().with_context(|| path.display().to_string())?.display().to_string())
}
