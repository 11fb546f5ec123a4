//! A stage that sees many documents at once, as a model on an accelerator wants it. Each worker has a value of its own:
//! `cargo run --example batch-stage -- run seeds --set 'stages=["letters"]'`

use std::process::ExitCode;

use docmill_core::{
    BatchStage, BuildContext, BuiltStage, Document, Layer, LayerKey, Replicas, StageConfig, StageEntry,
    StageError, settings,
};

/// The layer `letters`.
#[derive(Debug, Layer)]
struct Letters {
    /// How many letters the text has.
    count: usize,
    /// The share of them that are vowels.
    vowels: f64,
}

/// Nothing can be set.
#[settings]
#[derive(Default)]
struct Settings {}

impl StageConfig for Settings {
    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Letters>()]
    }

    fn build(&self, _context: &BuildContext) -> Result<BuiltStage, StageError> {
        // What is costly to load and can be shared is loaded here, once, and moved into the closure in an `Arc`.
        Ok(BuiltStage::batched(Replicas::PerJob, || Ok(Counter { letters: Vec::new() })))
    }
}

/// One for each worker, so it may keep memory from call to call.
struct Counter {
    letters: Vec<char>,
}

impl BatchStage for Counter {
    /// What is said of a document may not depend on the others: which come together differs from run to run.
    fn annotate_batch(&mut self, docs: &mut [&mut Document]) -> Vec<Result<(), StageError>> {
        let mut results = Vec::with_capacity(docs.len());
        for doc in docs {
            self.letters.clear();
            self.letters.extend(doc.text().chars().filter(|letter| letter.is_alphabetic()));
            let vowels = self.letters.iter().filter(|letter| "aeiouAEIOU".contains(**letter)).count();
            let count = self.letters.len();
            doc.layers_mut().insert(Letters { count, vowels: vowels as f64 / count.max(1) as f64 });
            results.push(Ok(()));
        }
        results
    }
}

fn main() -> ExitCode {
    docmill_cli::main_with(&[&[StageEntry::new::<Settings>("letters", "counts letters")]])
}
