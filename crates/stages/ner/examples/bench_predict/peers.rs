//! The others.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use docmill_core::Document;
use docmill_core::layers::Tokens;
use docmill_ner::{NerSettings, plan_batches};
use docmill_pretrained::{ModelConfig, ModelDir, Reader};
use rust_bert::pipelines::common::{ModelResource, ModelType};
use rust_bert::pipelines::ner::NERModel;
use rust_bert::pipelines::token_classification::{LabelAggregationOption, TokenClassificationConfig};
use rust_bert::resources::LocalResource;
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::args::Args;
use crate::documents::texts;

/// Sentences in one call of `predict`.
const LEGAL: usize = 64;

/// rust-bert's own way from sentences to entities.
pub struct Predict(NERModel);

impl Predict {
    pub fn new(model: &Path) -> Result<Self> {
        let file = |name: &str| LocalResource::from(model.join(name));
        Ok(Self(NERModel::new(TokenClassificationConfig {
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
        })?))
    }

    pub fn warm_up(&self, sentences: &[&str]) {
        self.0.predict(&sentences[..1]);
    }

    pub fn run(&mut self, sentences: &[&str]) -> Duration {
        let start = Instant::now();
        for batch in sentences.chunks(LEGAL) {
            self.0.predict(batch);
        }
        start.elapsed()
    }
}

/// ONNX Runtime and Hugging Face's pipeline, in a process of their own that takes its turn when asked.
pub struct Python {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    reader: Reader,
}

/// A document for the peers in Python.
#[derive(Serialize)]
struct Question<'d> {
    /// Rows of wordpiece ids and their types, special ones included; sorted by length.
    batches: Vec<Vec<Row>>,
    /// The sentences, for the pipeline; none if it is not its turn.
    texts: Vec<&'d str>,
}

#[derive(Serialize)]
struct Row {
    ids: Vec<u32>,
    types: Vec<u8>,
}

/// Seconds that each took.
#[derive(Deserialize)]
struct Answer {
    onnxruntime: f64,
    transformers: Option<f64>,
}

/// What each took.
pub struct Times {
    pub onnxruntime: Duration,
    pub transformers: Option<Duration>,
}

impl Python {
    pub fn start(python: &Path, args: &Args) -> Result<Self> {
        let dir = ModelDir::open(&args.model, "model")?;
        let config = ModelConfig::read(&dir.config())?;
        let reader = Reader::load(&dir, &config, None, config.max_positions.min(256))?;
        let mut command = Command::new(python);
        command.arg(&args.peers).arg(&args.model).env("OMP_NUM_THREADS", "1");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let questions = child.stdin.take().ok_or("no way to ask")?;
        let answers = BufReader::new(child.stdout.take().ok_or("no way to hear")?);
        Ok(Self { child, questions, answers, reader })
    }

    pub fn warm_up(&mut self, document: &Document) -> Result<()> {
        self.ask(document, true).map(drop)
    }

    pub fn ask(&mut self, document: &Document, slow: bool) -> Result<Times> {
        let input = self.reader.read(document.text(), document.require::<Tokens>()?)?;
        let specials = self.reader.specials();
        let lengths: Vec<usize> = input.windows.iter().map(|(_, window)| input.len_of(window)).collect();
        let row = |i: usize| {
            let words = input.windows[i].1.words.clone();
            let around = |inner: &[u32]| [&[specials.first][..], inner, &[specials.last]].concat();
            // As many as a word has pieces; special pieces have type 0.
            let types = words
                .clone()
                .flat_map(|word| std::iter::repeat_n(input.pieces.type_of(word), input.pieces.len_of(word)));
            let types = std::iter::once(0).chain(types).chain([0]).collect();
            Row { ids: around(input.pieces.ids_of(words)), types }
        };
        let batches = plan_batches(&lengths, NerSettings::default().token_budget.get());
        let question = Question {
            batches: batches.into_iter().map(|rows| rows.into_iter().map(row).collect()).collect(),
            texts: if slow { texts(document) } else { Vec::new() },
        };
        let mut line = serde_json::to_vec(&question)?;
        line.push(b'\n');
        self.questions.write_all(&line)?;
        self.questions.flush()?;
        let mut line = String::new();
        if self.answers.read_line(&mut line)? == 0 {
            return Err("the peers in Python have ended; their words stand above".into());
        }
        let answer: Answer = serde_json::from_str(&line)?;
        Ok(Times {
            onnxruntime: Duration::from_secs_f64(answer.onnxruntime),
            transformers: answer.transformers.map(Duration::from_secs_f64),
        })
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
