//! `docmill eval sentiment`.

use std::path::Path;

use anyhow::{Context, Result, bail};
use docmill_config::ConfigOptions;
use docmill_core::layers::{Polarity, Sentiment};
use docmill_engine::Registry;

use crate::gold::jsonl::{SentimentRow, rows};
use crate::measures::classes::{Judged, score_classes};
use crate::sentence::SentenceStages;
use crate::{Scored, class_table, load, read};

const LABELS: [&str; 3] = ["negative", "neutral", "positive"];

/// Scores the sentiment toward given mentions.
pub fn run(gold: &Path, config: &ConfigOptions, registry: &Registry) -> Result<Scored> {
    let (text, name) = read(gold)?;
    let gold: Vec<(usize, SentimentRow)> = rows(&text, &name)?;
    let (config, context) = load(config, &[], registry)?;
    let mut stages = SentenceStages::new("sentiment", &config.plan, &context)?;
    let mut texts: Vec<Vec<Judged>> = Vec::new();
    let mut before = None;
    for (line, row) in &gold {
        let Some(class) = LABELS.iter().position(|label| *label == row.label) else {
            bail!("{name}:{line}: `{}` is not negative, neutral or positive", row.label);
        };
        let span = row.target.bytes(&row.text);
        let span = span.with_context(|| format!("{name}:{line}: `target` does not lie in the text"))?;
        let doc = stages.annotate(&row.text, &[span])?;
        let found = match doc.require::<Sentiment>()?.entities.first().map(|(_, valence)| valence.label) {
            Some(Polarity::Negative) => 0,
            Some(Polarity::Positive) => 2,
            Some(Polarity::Neutral) | None => 1,
        };
        // Mentions of one sentence stand together.
        if before != Some(&row.text) {
            texts.push(Vec::new());
        }
        before = Some(&row.text);
        texts.last_mut().context("one was just added")?.push(Judged { gold: class, found });
    }
    let scores = score_classes(&texts, &LABELS);
    Scored::new(&scores, class_table(&scores))
}
