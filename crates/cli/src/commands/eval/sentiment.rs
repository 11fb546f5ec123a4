//! `docmill eval sentiment`

use anyhow::{Context, Result, bail};
use docmill_core::layers::{Polarity, Sentiment};
use docmill_engine::Registry;

use super::{class_table, load, print, read};
use crate::args::EvalRowsArgs;
use crate::eval::classes::{Judged, score_classes};
use crate::eval::jsonl::{SentimentRow, rows};
use crate::eval::sentence::SentenceStages;
use crate::exit::Ended;

const LABELS: [&str; 3] = ["negative", "neutral", "positive"];

/// Scores the sentiment toward given mentions.
pub fn run(args: &EvalRowsArgs, registry: &Registry) -> Result<Ended> {
    let (text, name) = read(&args.gold)?;
    let gold: Vec<(usize, SentimentRow)> = rows(&text, &name)?;
    let (config, context) = load(&args.config, &[], registry)?;
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
    print(&if args.json { serde_json::to_string_pretty(&scores)? + "\n" } else { class_table(&scores) })?;
    Ok(Ended::Clean)
}
