//! Words per second of the default engine, or of the engine rust-bert, against others' work, in one run, on one thread:
//! rust-bert's own `NERModel::predict`, ONNX Runtime in 8 bits and Hugging Face's pipeline.
//!
//!     cargo run --release -p docmill-ner --features rust-bert --example bench_predict -- \
//!         --model FOLDER --text FOLDER [--engine rust-bert] [--slow-every N] \
//!         [--python PYTHON --peers models/train/bench_peers.py]
//!
//! All get the same sentences of the same documents, in turns of a few documents each. docmill gets one document at a
//! time, as a run does, and its time holds everything from words to mentions. `predict` gets batches of 64 sentences in
//! document order, the most it can take without mixing up its inputs. ONNX Runtime gets wordpiece ids that are ready,
//! sorted by length inside a document, and gives logits: its time is the forward pass alone. Hugging Face's pipeline
//! gets the sentences of a document as a list. Sentences and words are docmill-tokenize's, made before the clock starts.
//!
//! The slow ones, `predict` and the pipeline, are given every N-th turn only (`--slow-every`).
#![expect(clippy::print_stdout, reason = "a program of its own, whose output is its purpose")]

mod args;
mod documents;
mod peers;
mod stages;

use std::time::{Duration, Instant};

use docmill_core::layers::{Entities, Sentences};

use crate::args::Args;
use crate::documents::{documents, texts, words};
use crate::peers::{Predict, Python};
use crate::stages::Stages;

/// Documents in one turn.
const TURN: usize = 4;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let args = Args::read()?;
    // For the peer; the stage sees to itself.
    tch::set_num_threads(1);
    let mut documents = documents(&args)?;
    let all: usize = documents.iter().map(words).sum();
    let sentences: usize =
        documents.iter().map(|d| d.require::<Sentences>().map_or(0, |s| s.items.len())).sum();
    println!("{} documents, {sentences} sentences, {all} words; one thread", documents.len());

    let mut stages = Stages::new(&args)?;
    let mut predict = Predict::new(&args.model)?;
    let mut python = args.python.as_deref().map(|python| Python::start(python, &args)).transpose()?;
    // Nobody pays for first allocations.
    stages.annotate(&mut documents[0])?;
    predict.warm_up(&texts(&documents[0]));
    if let Some(python) = &mut python {
        python.warm_up(&documents[0])?;
    }

    let mut ours = Rate::new(&format!("docmill, {}", args.engine));
    let mut theirs = Rate::new("rust-bert's predict");
    let (mut onnx, mut pipeline) = (Rate::new("ONNX Runtime, int8"), Rate::new("transformers, fp32"));
    let mut mentions = 0;
    for (turn, documents) in documents.chunks_mut(TURN).enumerate() {
        let count: usize = documents.iter().map(words).sum();
        let start = Instant::now();
        for document in documents.iter_mut() {
            stages.annotate(document)?;
        }
        ours.add(count, start.elapsed());
        for document in &*documents {
            mentions += document.require::<Entities>()?.items.len();
        }
        let slow = turn % args.slow_every == 0;
        if let Some(python) = &mut python {
            for document in &*documents {
                let times = python.ask(document, slow)?;
                onnx.add(words(document), times.onnxruntime);
                if let Some(time) = times.transformers {
                    pipeline.add(words(document), time);
                }
            }
        }
        if slow {
            let sentences: Vec<&str> = documents.iter().flat_map(texts).collect();
            theirs.add(count, predict.run(&sentences));
        }
    }

    println!("{:<24} {:>9} {:>9} {:>10}  docmill's ratio to it", "", "words", "seconds", "words/s");
    for rate in [&ours, &theirs, &onnx, &pipeline].into_iter().filter(|rate| rate.words > 0) {
        let (seconds, speed) = (rate.time.as_secs_f64(), rate.speed());
        println!(
            "{:<24} {:>9} {seconds:>9.1} {speed:>10.0}  {:.2}",
            rate.name,
            rate.words,
            ours.speed() / speed
        );
    }
    println!("docmill found {mentions} mentions");
    Ok(())
}

/// Words done in a time.
struct Rate {
    name: String,
    words: usize,
    time: Duration,
}

impl Rate {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), words: 0, time: Duration::ZERO }
    }

    fn add(&mut self, words: usize, time: Duration) {
        self.words += words;
        self.time += time;
    }

    /// Words per second.
    fn speed(&self) -> f64 {
        self.words as f64 / self.time.as_secs_f64()
    }
}
