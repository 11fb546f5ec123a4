//! Strict span scores: a mention counts if both its ends and its type are right.

use std::collections::BTreeSet;

use serde::Serialize;

use super::counts::Counts;
use super::line::Line;
use crate::gold::conll::Mention;

/// One line of the result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score {
    /// A type, or `micro` for all together.
    pub label: String,
    /// Its figures; the interval is over sentences.
    #[serde(flatten)]
    pub line: Line,
}

/// Scores by type, then `micro`. Each item is a sentence: its gold, and what was found.
pub fn score(sentences: &[(Vec<Mention>, Vec<Mention>)]) -> Vec<Score> {
    let all = || sentences.iter().flat_map(|(gold, found)| gold.iter().chain(found));
    let labels: BTreeSet<&str> = all().map(|(_, label)| label.as_str()).collect();
    let line = |label: &str, of: &dyn Fn(&Mention) -> bool| {
        let per_sentence: Vec<Counts> =
            sentences.iter().map(|(gold, found)| count(gold, found, of)).collect();
        Score { label: label.to_owned(), line: Line::of(&per_sentence) }
    };
    let mut scores: Vec<Score> =
        labels.iter().map(|label| line(label, &|m: &Mention| m.1 == *label)).collect();
    scores.push(line("micro", &|_: &Mention| true));
    scores
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
            .map(|s| {
                (s.label.as_str(), format!("{:.4} {:.4} {:.4}", s.line.precision, s.line.recall, s.line.f1))
            })
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
