//! `docmill eval relation`.

use std::path::Path;

use anyhow::Result;
use docmill_config::ConfigOptions;
use docmill_core::layers::{Relation, Tokens};
use docmill_engine::Registry;
use docmill_stance::{Acting, PairRules};
use serde::Serialize;

use crate::gold::pairs::parse;
use crate::measures::classes::{ClassScores, Judged, score_classes};
use crate::measures::counts::Counts;
use crate::sentence::SentenceWords;
use crate::{Scored, class_table, load, read};

const LABELS: [&str; 4] =
    ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];
/// The commonest class is the answer where the rules find nothing.
const COMMONEST: usize = 2;

#[derive(Serialize)]
struct Scores {
    /// Over all rows.
    all: ClassScores,
    /// Over the half that was in view when the rules were written.
    half_in_view: ClassScores,
    /// Over the half that was only scored.
    half_held_out: ClassScores,
    /// Rows where no rule applied.
    unread: usize,
    /// Who acts, not told beforehand: rows with both parties, those where the rules tell it, those where it is right
    /// (either way counts as right).
    direction: Counts,
}

/// Scores the rules' quad class of given pairs.
pub fn run(gold: &Path, config: &ConfigOptions, registry: &Registry) -> Result<Scored> {
    let (text, name) = read(gold)?;
    let gold = parse(&text, &name)?;
    let (config, context) = load(config, &[], registry)?;
    let mut words = SentenceWords::new(&config.plan, &context)?;
    let mut halves: [Vec<Vec<Judged>>; 2] = [Vec::new(), Vec::new()];
    let (mut unread, mut direction) = (0, Counts::default());
    for row in &gold {
        let doc = words.document(&row.text)?;
        let rules = PairRules::new(doc.text(), doc.require::<Tokens>()?.all());
        let found = rules.relation(row.source, row.target).map(class);
        unread += usize::from(found.is_none());
        let judged = Judged { gold: row.class, found: found.unwrap_or(COMMONEST) };
        if let Some(half) = halves.get_mut(row.half) {
            half.push(vec![judged]);
        }
        if !row.source.is_empty() && !row.target.is_empty() {
            direction.gold += 1;
            let acting = rules.acting(row.source, row.target);
            direction.found += usize::from(acting.is_some());
            direction.right += usize::from(acting.is_some_and(|acting| acting != Acting::Second));
        }
    }
    let [in_view, held_out] = halves;
    let all: Vec<Vec<Judged>> = in_view.iter().chain(&held_out).cloned().collect();
    let score = |texts: &[Vec<Judged>]| score_classes(texts, &LABELS);
    let scores = Scores {
        all: score(&all),
        half_in_view: score(&in_view),
        half_held_out: score(&held_out),
        unread,
        direction,
    };
    Scored::new(&scores, table(&scores))
}

fn class(relation: Relation) -> usize {
    match relation {
        Relation::VerbalCooperation => 0,
        Relation::MaterialCooperation => 1,
        Relation::VerbalConflict => 2,
        Relation::MaterialConflict => 3,
    }
}

fn table(scores: &Scores) -> String {
    let parts = [
        ("All", &scores.all),
        ("The half that was in view when the rules were written", &scores.half_in_view),
        ("The half that was only scored", &scores.half_held_out),
    ];
    let tables: Vec<String> =
        parts.iter().map(|(title, scores)| format!("{title}: {}", class_table(scores))).collect();
    let direction = scores.direction;
    format!(
        "{}\nNo rule applied in {} rows; they count as {}.\nWho acts: told in {} of {} rows, right in {:.2}% of those.\n",
        tables.join("\n"),
        scores.unread,
        LABELS[COMMONEST],
        direction.found,
        direction.gold,
        direction.precision()
    )
}
