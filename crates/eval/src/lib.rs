//! Scores of stages against gold: one module for each thing that is scored.

pub mod articles;
pub mod evaluation;
mod gold;
mod measures;
pub mod ner;
pub mod places;
pub mod quotes;
pub mod relation;
mod sentence;
pub mod sentiment;
mod stages;
pub mod stance;
pub mod syntax;
pub mod times;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use docmill_config::{Config, ConfigOptions};
use docmill_core::BuildContext;
use docmill_engine::Registry;
use measures::classes::ClassScores;
use serde::Serialize;

/// Scores, for programs and for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// JSON, over several lines.
    pub json: String,
    /// A table.
    pub table: String,
}

impl Scored {
    fn new(scores: &impl Serialize, table: String) -> Result<Self> {
        Ok(Self { json: serde_json::to_string_pretty(scores)? + "\n", table })
    }
}

/// The gold's text and its name for errors.
fn read(path: &Path) -> Result<(String, String)> {
    let name = path.display().to_string();
    Ok((fs::read_to_string(path).with_context(|| name.clone())?, name))
}

/// The configuration, with `more` settings over those that were asked for.
fn load(options: &ConfigOptions, more: &[&str], registry: &Registry) -> Result<(Config, BuildContext)> {
    let sets: Vec<String> =
        options.sets.iter().cloned().chain(more.iter().map(ToString::to_string)).collect();
    let config = Config::load(options.file.as_deref(), &sets, registry)?;
    let context = config.context(None, options.offline);
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
