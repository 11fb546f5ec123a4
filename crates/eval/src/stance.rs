//! `docmill eval stance`.

use std::path::Path;

use anyhow::{Context, Result, bail};
use docmill_config::ConfigOptions;
use docmill_core::layers::{Stance, StancePolarity, Stances};
use docmill_engine::Registry;
use serde::Serialize;

use crate::gold::jsonl::{StanceRow, rows};
use crate::measures::classes::{ClassScores, Judged, score_classes};
use crate::measures::counts::Counts;
use crate::sentence::SentenceStages;
use crate::{Scored, class_table, load, read};

const LABELS: [&str; 5] = ["neutral", "p for q", "q for p", "p against q", "q against p"];

#[derive(Serialize)]
struct Scores {
    /// With the likeliest class of each pair.
    #[serde(flatten)]
    likeliest: ClassScores,
    /// What is told from each threshold on: holder, target and side right.
    thresholds: Vec<At>,
}

#[derive(Serialize)]
struct At {
    threshold: f32,
    /// Percent.
    precision: f64,
    /// Percent.
    recall: f64,
    #[serde(flatten)]
    counts: Counts,
}

/// Scores the stance between given pairs: the likeliest class, and what the stage tells from each threshold on.
pub fn run(gold: &Path, fine: bool, config: &ConfigOptions, registry: &Registry) -> Result<Scored> {
    let (text, name) = read(gold)?;
    let gold: Vec<(usize, StanceRow)> = rows(&text, &name)?;
    let (config, context) = load(config, &["stance.threshold=0.0"], registry)?;
    let mut stages = SentenceStages::new("stance", &config.plan, &context)?;
    let mut texts: Vec<Vec<Judged>> = Vec::new();
    let mut sure: Vec<(Judged, f32)> = Vec::new();
    let mut before = None;
    for (line, row) in &gold {
        if row.label >= LABELS.len() {
            bail!("{name}:{line}: the label is {}, not 0 to 4", row.label);
        }
        let place = |what: &str, place: crate::gold::jsonl::GoldSpan| {
            let span = place.bytes(&row.text);
            span.with_context(|| format!("{name}:{line}: `{what}` does not lie in the text"))
        };
        let (p, q) = (place("p", row.p)?, place("q", row.q)?);
        let doc = stages.annotate(&row.text, &[p, q])?;
        // The mentions stand in text order.
        let (first, second) = if (p.start, p.end) <= (q.start, q.end) { (0, 1) } else { (1, 0) };
        let best = (doc.require::<Stances>()?.items.iter())
            .filter_map(|stance| Some((class_of(stance, first, second)?, stance.score)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        let (found, score) = best.unwrap_or((0, 0.0));
        if before != Some(&row.text) {
            texts.push(Vec::new());
        }
        before = Some(&row.text);
        let judged = Judged { gold: row.label, found };
        texts.last_mut().context("one was just added")?.push(judged);
        sure.push((judged, score));
    }
    let scores = Scores { likeliest: score_classes(&texts, &LABELS), thresholds: curve(&sure, fine) };
    Scored::new(&scores, table(&scores))
}

/// The class that a stance is, if it is one between p and q.
fn class_of(stance: &Stance, p: u32, q: u32) -> Option<usize> {
    let against = 2 * usize::from(stance.polarity == StancePolarity::Against);
    match (stance.holder.entity, stance.target.entity) {
        (Some(holder), Some(target)) if (holder, target) == (p, q) => Some(1 + against),
        (Some(holder), Some(target)) if (holder, target) == (q, p) => Some(2 + against),
        _ => None,
    }
}

/// Precision and recall by threshold; `fine`: at every hundredth.
fn curve(items: &[(Judged, f32)], fine: bool) -> Vec<At> {
    let at = |threshold: f32| {
        let reported = items.iter().filter(|(item, score)| item.found != 0 && *score >= threshold);
        let counts = Counts {
            gold: items.iter().filter(|(item, _)| item.gold != 0).count(),
            found: reported.clone().count(),
            right: reported.filter(|(item, _)| item.gold == item.found).count(),
        };
        At { threshold, precision: counts.precision(), recall: counts.recall(), counts }
    };
    if fine {
        return (0_u8..100).map(|hundredths| at(f32::from(hundredths) / 100.0)).collect();
    }
    [0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95].into_iter().map(at).collect()
}

fn table(scores: &Scores) -> String {
    let mut table = class_table(&scores.likeliest);
    table +=
        &format!("\n{:<14} {:>9} {:>9} {:>9} {:>7}\n", "threshold", "precision", "recall", "told", "gold");
    for at in &scores.thresholds {
        table += &format!(
            "{:<14} {:>9.2} {:>9.2} {:>9} {:>7}\n",
            at.threshold, at.precision, at.recall, at.counts.found, at.counts.gold
        );
    }
    table
}
