//! Strict span scores: a mention counts if both its ends and its type are right.

use std::collections::BTreeSet;
use std::iter::Sum;

use serde::Serialize;

use super::bootstrap::interval;
use crate::gold::conll::Mention;

/// Spans in gold, answered, and right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Mentions in gold.
    pub gold: usize,
    /// Mentions answered.
    pub found: usize,
    /// Mentions in both.
    pub right: usize,
}

impl<'c> Sum<&'c Counts> for Counts {
    fn sum<I: Iterator<Item = &'c Counts>>(counts: I) -> Self {
        counts.fold(Self::default(), |a, b| Self {
            gold: a.gold + b.gold,
            found: a.found + b.found,
            right: a.right + b.right,
        })
    }
}

impl Counts {
    /// Right among those found, in percent; 0 if none was found (as seqeval has it).
    pub fn precision(self) -> f64 {
        percent(self.right, self.found)
    }

    /// Right among those in gold, in percent.
    pub fn recall(self) -> f64 {
        percent(self.right, self.gold)
    }

    /// Harmonic mean of the two, in percent.
    pub fn f1(self) -> f64 {
        percent(2 * self.right, self.gold + self.found)
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

/// One line of the result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score {
    /// A type, or `micro` for all together.
    pub label: String,
    /// Percent.
    pub precision: f64,
    /// Percent.
    pub recall: f64,
    /// Percent.
    pub f1: f64,
    /// 95% bootstrap interval of F1 over sentences, in percent.
    pub f1_interval: (f64, f64),
    /// What it is made of.
    #[serde(flatten)]
    pub counts: Counts,
}

/// Scores by type, then `micro`. Each item is a sentence: its gold, and what was found.
pub fn score(sentences: &[(Vec<Mention>, Vec<Mention>)]) -> Vec<Score> {
    let all = || sentences.iter().flat_map(|(gold, found)| gold.iter().chain(found));
    let labels: BTreeSet<&str> = all().map(|(_, label)| label.as_str()).collect();
    let line = |label: &str, of: &dyn Fn(&Mention) -> bool| {
        let per_sentence: Vec<Counts> =
            sentences.iter().map(|(gold, found)| count(gold, found, of)).collect();
        let counts: Counts = per_sentence.iter().sum();
        let f1_interval = interval(&per_sentence, |sample| sample.copied().fold(Counts::default(), add).f1());
        Score {
            label: label.to_owned(),
            precision: counts.precision(),
            recall: counts.recall(),
            f1: counts.f1(),
            f1_interval,
            counts,
        }
    };
    let mut scores: Vec<Score> =
        labels.iter().map(|label| line(label, &|m: &Mention| m.1 == *label)).collect();
    scores.push(line("micro", &|_: &Mention| true));
    scores
}

fn add(a: Counts, b: Counts) -> Counts {
    [a, b].iter().sum()
}

fn count(gold: &[Mention], found: &[Mention], of: &dyn Fn(&Mention) -> bool) -> Counts {
    let key = |m: &Mention| -> (usize, usize, String) { (m.0.start, m.0.end, m.1.clone()) };
    let gold: BTreeSet<_> = gold.iter().filter(|m| of(m)).map(key).collect();
    let found: Vec<_> = found.iter().filter(|m| of(m)).map(key).collect();
    let right = found.iter().filter(|m| gold.contains(*m)).count();
    Counts { gold: gold.len(), found: found.len(), right }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Figures of seqeval 1.2.2 (`precision_recall_fscore` per type, micro) for these tags.
    #[test]
    fn agrees_with_seqeval() {
        let mention = |start, end, label: &str| (start..end, label.to_owned());
        let sentences = [
            (
                vec![mention(0, 2, "PER"), mention(3, 4, "ORG")],
                vec![mention(0, 2, "PER"), mention(3, 5, "ORG")],
            ),
            (
                vec![mention(1, 2, "LOC"), mention(4, 6, "ORG")],
                vec![mention(1, 2, "ORG"), mention(4, 6, "ORG")],
            ),
            (vec![mention(0, 1, "LOC")], vec![]),
        ];
        let scores = score(&sentences);
        let shown: Vec<(&str, String)> = scores
            .iter()
            .map(|s| (s.label.as_str(), format!("{:.4} {:.4} {:.4}", s.precision, s.recall, s.f1)))
            .collect();
        assert_eq!(
            shown,
            [
                ("LOC", "0.0000 0.0000 0.0000".to_owned()),
                ("ORG", "33.3333 50.0000 40.0000".to_owned()),
                ("PER", "100.0000 100.0000 100.0000".to_owned()),
                ("micro", "50.0000 40.0000 44.4444".to_owned()),
            ]
        );
    }
}
