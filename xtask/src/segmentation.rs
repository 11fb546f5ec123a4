//! Measures the segmenter on gold files: sentence and token F1 as the CoNLL 2018 shared task scores raw text, and
//! the golden rules passed.
//!
//! The folder holds `en_ewt-ud-dev.conllu` and `golden_rules/english_spec.jsonl`.

mod conllu;
mod golden;
mod score;

use std::path::PathBuf;

use anyhow::Context;
use docmill_tokenize::Segmenter;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder with `en_ewt-ud-dev.conllu` and `golden_rules/english_spec.jsonl`.
    data: PathBuf,
    /// Print one JSON object instead of a table.
    #[arg(long)]
    json: bool,
    /// Show so many errors of each kind.
    #[arg(long, default_value_t = 0)]
    errors: usize,
}

/// Runs the chore.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let read = |name: &str| {
        let path = args.data.join(name);
        std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let segmenter = Segmenter::default();
    let documents = conllu::documents(&read("en_ewt-ud-dev.conllu")?)?;
    let treebank = score::treebank(&segmenter, &documents);
    let rules = golden::run(&segmenter, &read("golden_rules/english_spec.jsonl")?)?;
    if args.json {
        println!("{}", serde_json::json!({ "treebank": treebank.to_json(), "golden": rules.to_json() }));
        return Ok(());
    }
    println!("{:<46} {:>9} {:>9} {:>9}", "EWT dev, raw text", "precision", "recall", "F1");
    for (name, score) in treebank.rows() {
        println!("{name:<46} {:>9.4} {:>9.4} {:>9.4}", score.precision(), score.recall(), score.f1());
    }
    println!("{:<46} {:>9} of {}", "golden rules", rules.passed, rules.total);
    if args.errors > 0 {
        treebank.print_errors(args.errors);
        rules.print_errors(args.errors);
    }
    Ok(())
}
