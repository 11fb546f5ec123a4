//! `docmill eval`: one file for each thing that is scored.

mod articles;
mod evaluation;
mod ner;
mod quotes;
mod relation;
mod sentiment;
mod stance;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use docmill_core::BuildContext;
use docmill_engine::Registry;

use super::{context, print};
use crate::args::{ConfigArgs, EvalCommand};
use crate::config::Config;
use crate::eval::classes::ClassScores;
use crate::exit::Ended;

/// Runs a stage of a configuration over gold and scores it.
pub fn run(command: &EvalCommand, registry: &Registry) -> Result<Ended> {
    match command {
        EvalCommand::Ner(args) => ner::run(args, registry),
        EvalCommand::Quotes(args) => quotes::run(args, registry),
        EvalCommand::Sentiment(args) => sentiment::run(args, registry),
        EvalCommand::Articles(args) => articles::run(args, registry),
        EvalCommand::Evaluation(args) => evaluation::run(args, registry),
        EvalCommand::Relation(args) => relation::run(args, registry),
        EvalCommand::Stance(args) => stance::run(args, registry),
    }
}

/// The gold's text and its name for errors.
fn read(path: &Path) -> Result<(String, String)> {
    let name = path.display().to_string();
    Ok((fs::read_to_string(path).with_context(|| name.clone())?, name))
}

/// The configuration, with `more` settings over those of the command line.
fn load(args: &ConfigArgs, more: &[&str], registry: &Registry) -> Result<(Config, BuildContext)> {
    let sets: Vec<String> = args.sets.iter().cloned().chain(more.iter().map(ToString::to_string)).collect();
    let config = Config::load(args.config.as_deref(), &sets, registry)?;
    let context = context(&config, None, args.offline);
    Ok((config, context))
}

fn class_table(scores: &ClassScores) -> String {
    let (low, high) = scores.macro_f1_interval;
    let mut table = format!(
        "{} items, macro-F1 {:.2} (95%: {low:.1} to {high:.1}), accuracy {:.2}; percent\n{:<20} {:>9} {:>9} {:>9} {:>7}\n",
        scores.items, scores.macro_f1, scores.accuracy, "", "precision", "recall", "F1", "gold"
    );
    for s in &scores.classes {
        table += &format!(
            "{:<20} {:>9.2} {:>9.2} {:>9.2} {:>7}\n",
            s.label, s.precision, s.recall, s.f1, s.counts.gold
        );
    }
    table
}
