//! Words per second of the stage `ner` against rust-bert's own `NERModel::predict`, in one run, on one thread.
//!
//!     cargo run --release -p docmill-ner --features rust-bert --example bench_predict -- \
//!         --model FOLDER --text FOLDER [--engine native] [--documents N] [--token-budget N]
//!
//! Both get the same sentences of the same documents, in turns of a few documents each: the stage one document at a
//! time, as it forms batches; `predict` in batches of 64 sentences in document order, the most it can take without
//! mixing up its inputs. Sentences and words are docmill-tokenize's, made before the clock starts.
#![expect(clippy::print_stdout, reason = "a program of its own, whose output is its purpose")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use docmill_core::layers::{Entities, Sentences, Tokens};
use docmill_core::settings::{Node, Origin, Value};
use docmill_core::{BatchStage, BuildContext, BuiltStage, Document};
use docmill_ner::NerSettings;
use docmill_tokenize::Segmenter;
use rust_bert::pipelines::common::{ModelResource, ModelType};
use rust_bert::pipelines::ner::NERModel;
use rust_bert::pipelines::token_classification::{LabelAggregationOption, TokenClassificationConfig};
use rust_bert::resources::LocalResource;

/// Sentences in one call of `predict`.
const LEGAL: usize = 64;
/// Documents in one turn.
const TURN: usize = 4;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let args = Args::read()?;
    // For the peer; the stage sees to itself.
    tch::set_num_threads(1);
    let mut documents = documents(&args)?;
    let words: usize = documents.iter().map(|d| d.require::<Tokens>().map_or(0, |t| t.all().len())).sum();
    let sentences: usize =
        documents.iter().map(|d| d.require::<Sentences>().map_or(0, |s| s.items.len())).sum();
    println!("{} documents, {sentences} sentences, {words} words", documents.len());

    let mut stage = stage(&args)?;
    let peer = peer(&args.model)?;
    // Neither pays for its first allocations.
    stage.annotate_batch(&mut [&mut documents[0]]).remove(0)?;
    peer.predict(&texts(&documents[0])[..1]);

    let (mut ours, mut theirs) = (Duration::ZERO, Duration::ZERO);
    let (mut our_mentions, mut their_mentions) = (0, 0);
    // What is left of a turn goes into the next, so that batches are full.
    let mut waiting: Vec<String> = Vec::new();
    let turns = documents.len().div_ceil(TURN);
    for (turn, documents) in documents.chunks_mut(TURN).enumerate() {
        let start = Instant::now();
        for result in stage.annotate_batch(&mut documents.iter_mut().collect::<Vec<_>>()) {
            result?;
        }
        ours += start.elapsed();
        for document in &*documents {
            our_mentions += document.require::<Entities>()?.items.len();
            waiting.extend(texts(document).into_iter().map(str::to_owned));
        }
        let last = turn + 1 == turns;
        while waiting.len() >= LEGAL || (last && !waiting.is_empty()) {
            let batch: Vec<String> = waiting.drain(..LEGAL.min(waiting.len())).collect();
            let start = Instant::now();
            let found = peer.predict(&batch);
            theirs += start.elapsed();
            their_mentions += found.iter().map(Vec::len).sum::<usize>();
        }
    }

    let rate = |time: Duration| words as f64 / time.as_secs_f64();
    println!("docmill:   {:>8.0} words/s  {ours:.1?}  {our_mentions} mentions", rate(ours));
    println!("rust-bert: {:>8.0} words/s  {theirs:.1?}  {their_mentions} words tagged", rate(theirs));
    println!("ratio:     {:>8.2}", rate(ours) / rate(theirs));
    let (sorted, ordered) = waste(&args, &documents)?;
    println!("positions per wordpiece: {sorted:.3} sorted inside documents, {ordered:.3} in document order");
    Ok(())
}

/// What the command line says.
struct Args {
    /// The stage's: `rust-bert` or `native`.
    engine: String,
    model: PathBuf,
    text: PathBuf,
    documents: usize,
    token_budget: Option<i64>,
}

impl Args {
    fn read() -> Result<Self> {
        let mut values: BTreeMap<String, String> = BTreeMap::new();
        let mut words = std::env::args().skip(1);
        while let Some(flag) = words.next() {
            let name = flag.strip_prefix("--").ok_or_else(|| format!("what is `{flag}`?"))?;
            values.insert(name.to_owned(), words.next().ok_or_else(|| format!("`{flag}` needs a value"))?);
        }
        let mut take = |name: &str| values.remove(name);
        let args = Self {
            engine: take("engine").unwrap_or_else(|| "rust-bert".to_owned()),
            model: take("model").ok_or("--model FOLDER is needed")?.into(),
            text: take("text").ok_or("--text FOLDER is needed")?.into(),
            documents: take("documents").map_or(Ok(40), |n| n.parse())?,
            token_budget: take("token-budget").map(|n| n.parse()).transpose()?,
        };
        match values.keys().next() {
            Some(unknown) => Err(format!("unknown option --{unknown}").into()),
            None => Ok(args),
        }
    }
}

/// Documents spread evenly over the text files of a folder, with sentences and tokens.
fn documents(args: &Args) -> Result<Vec<Document>> {
    let mut files = Vec::new();
    collect(&args.text, &mut files)?;
    files.sort();
    if files.is_empty() {
        return Err(format!("no .txt in {}", args.text.display()).into());
    }
    let segmenter = Segmenter::default();
    let count = args.documents.min(files.len());
    let mut documents = Vec::with_capacity(count);
    for i in 0..count {
        let path = &files[i * files.len() / count];
        let text = String::from_utf8_lossy(&std::fs::read(path)?).into_owned();
        let mut document = Document::from_text(&path.display().to_string(), &text);
        let sentences = segmenter.sentences(document.text());
        let tokens = segmenter.tokens(document.text(), &sentences);
        document.layers_mut().insert(sentences);
        document.layers_mut().insert(tokens);
        documents.push(document);
    }
    Ok(documents)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        // What macOS leaves in archives.
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() {
            collect(&path, files)?;
        } else if !hidden && path.extension().is_some_and(|extension| extension == "txt") {
            files.push(path);
        }
    }
    Ok(())
}

fn texts(document: &Document) -> Vec<&str> {
    let Ok(sentences) = document.require::<Sentences>() else { return Vec::new() };
    sentences.items.iter().filter_map(|s| s.span.slice(document.text())).collect()
}

/// The stage, built as a run builds it.
fn stage(args: &Args) -> Result<Box<dyn BatchStage>> {
    let value = |value| Node { value, origin: Origin::default() };
    let mut table = Node::empty_table(Origin::default());
    table.set(&["engine"], value(Value::String(args.engine.clone())));
    table.set(&["model"], value(Value::String(args.model.display().to_string())));
    if let Some(budget) = args.token_budget {
        table.set(&["token_budget"], value(Value::Integer(budget)));
    }
    let context = BuildContext::default();
    let config = docmill_ner::STAGES[0].parse(&table)?;
    config.check(&context)?;
    match config.build(&context)? {
        BuiltStage::Batched { factory, .. } => Ok(factory()?),
        BuiltStage::PerDocument(_) => Err("the stage has no instances".into()),
    }
}

fn peer(model: &Path) -> Result<NERModel> {
    let file = |name: &str| LocalResource::from(model.join(name));
    Ok(NERModel::new(TokenClassificationConfig {
        device: tch::Device::Cpu,
        kind: Some(tch::Kind::Float),
        ..TokenClassificationConfig::new(
            ModelType::Bert,
            ModelResource::Torch(Box::new(file("model.safetensors"))),
            file("config.json"),
            file("vocab.txt"),
            None,
            true,
            None,
            None,
            LabelAggregationOption::First,
        )
    })?)
}

/// Positions computed per wordpiece: in the stage's batches, and in those of `predict`.
fn waste(args: &Args, documents: &[Document]) -> Result<(f64, f64)> {
    let budget = NerSettings::default().token_budget.get();
    let budget = args.token_budget.map_or(Ok(budget), usize::try_from)?;
    let tokenizer = rust_bert::pipelines::common::TokenizerOption::from_file(
        ModelType::Bert,
        args.model.join("vocab.txt").to_str().ok_or("the path is not UTF-8")?,
        None,
        true,
        None,
        None,
    )?;
    let lengths = |document: &Document| -> Vec<usize> {
        texts(document).into_iter().map(|text| tokenizer.tokenize(text).len() + 2).collect()
    };
    let by_document: Vec<Vec<usize>> = documents.iter().map(lengths).collect();
    let pieces: usize = by_document.iter().flatten().sum();
    let padded = |batch: &[usize]| batch.len() * batch.iter().max().copied().unwrap_or(0);
    let mut sorted = 0;
    for lengths in &by_document {
        for batch in docmill_ner::plan_batches(lengths, budget) {
            sorted += padded(&batch.into_iter().map(|row| lengths[row]).collect::<Vec<_>>());
        }
    }
    let ordered: usize = by_document.concat().chunks(LEGAL).map(padded).sum();
    Ok((sorted as f64 / pieces as f64, ordered as f64 / pieces as f64))
}
