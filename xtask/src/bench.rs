//! `cargo xtask bench`: measurements, each of them one run.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Subcommand;

use crate::cargo::cargo;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Words per second of the stage `ner` against rust-bert's own `predict`, in turns
    Ner {
        /// A Hugging Face token-classification model
        #[arg(long)]
        model: PathBuf,
        /// A folder of .txt files
        #[arg(long)]
        text: PathBuf,
        /// The stage's engine: rust-bert or native
        #[arg(long, default_value = "rust-bert")]
        engine: String,
        /// How many of them
        #[arg(long, default_value_t = 500)]
        documents: usize,
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
        What::Ner { model, text, engine, documents } => {
            let (model, text, documents) = (absolute(model)?, absolute(text)?, documents.to_string());
            let program = ["run", "--release", "-p", "docmill-ner", "--features", "rust-bert", "--example"];
            let options =
                ["--", "--model", &model, "--text", &text, "--documents", &documents, "--engine", engine];
            let libtorch = crate::libtorch::environment()?;
            cargo(&[&program[..], &["bench_predict"], &options].concat(), &libtorch)
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

/// cargo runs elsewhere.
fn absolute(path: &Path) -> Result<String> {
    Ok(path.canonicalize().with_context(|| path.display().to_string())?.display().to_string())
}
