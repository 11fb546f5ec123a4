//! Scores of classes: precision, recall and F1 of each, and their mean.

use serde::Serialize;

use super::bootstrap::interval;
use super::counts::Counts;

/// One item of gold with its answer, as indices of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// Class in gold.
    pub gold: usize,
    /// Class answered.
    pub found: usize,
}

/// Scores over all classes that gold or the answers have.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClassScores {
    /// Items scored.
    pub items: usize,
    /// Mean of the classes' F1, in percent.
    pub macro_f1: f64,
    /// 95% bootstrap interval of the macro-F1 over texts, in percent.
    pub macro_f1_interval: (f64, f64),
    /// Right among all, in percent.
    pub accuracy: f64,
    /// Each class.
    pub classes: Vec<ClassScore>,
}

/// Scores of one class, in percent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClassScore {
    /// Its name.
    pub label: String,
    /// Right among those answered so.
    pub precision: f64,
    /// Right among those that are so.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
    /// What it is made of.
    #[serde(flatten)]
    pub counts: Counts,
}

/// Scores the items, which come in groups by text: those of one text are drawn together for the interval.
pub fn score_classes(texts: &[Vec<Judged>], labels: &[&str]) -> ClassScores {
    let tables: Vec<Vec<Counts>> = texts.iter().map(|text| table(text, labels.len())).collect();
    let all = sum(&mut tables.iter(), labels.len());
    let items: usize = all.iter().map(|c| c.gold).sum();
    let right: usize = all.iter().map(|c| c.right).sum();
    let classes = (labels.iter().zip(&all))
        .filter(|(_, counts)| counts.gold + counts.found > 0)
        .map(|(label, &counts)| ClassScore {
            label: (*label).to_owned(),
            precision: counts.precision(),
            recall: counts.recall(),
            f1: counts.f1(),
            counts,
        })
        .collect();
    ClassScores {
        items,
        macro_f1: macro_f1(&all),
        macro_f1_interval: interval(&tables, |sample| macro_f1(&sum(sample, labels.len()))),
        accuracy: if items == 0 { 0.0 } else { 100.0 * right as f64 / items as f64 },
        classes,
    }
}

fn table(items: &[Judged], classes: usize) -> Vec<Counts> {
    let mut table = vec![Counts::default(); classes];
    for item in items {
        table[item.gold].gold += 1;
        table[item.found].found += 1;
        table[item.gold].right += usize::from(item.gold == item.found);
    }
    table
}

fn sum(tables: &mut dyn Iterator<Item = &Vec<Counts>>, classes: usize) -> Vec<Counts> {
    tables.fold(vec![Counts::default(); classes], |all, table| {
        all.iter().zip(table).map(|(a, b)| [a, b].into_iter().sum()).collect()
    })
}

/// Over the classes that occur at all, as scikit-learn has it.
fn macro_f1(table: &[Counts]) -> f64 {
    let seen: Vec<f64> = table.iter().filter(|c| c.gold + c.found > 0).map(|c| c.f1()).collect();
    if seen.is_empty() { 0.0 } else { seen.iter().sum::<f64>() / seen.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Figures of scikit-learn 1.5.2 (`precision_recall_fscore_support`, `f1_score(average="macro")`,
    /// `accuracy_score`) for
    /// gold 0 0 0 0 1 1 2 2 3 3, found 0 0 1 4 1 0 2 1 3 3.
    #[test]
    fn agrees_with_scikit_learn() {
        let gold = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3];
        let found = [0, 0, 1, 4, 1, 0, 2, 1, 3, 3];
        let texts: Vec<Vec<Judged>> =
            gold.iter().zip(&found).map(|(&gold, &found)| vec![Judged { gold, found }]).collect();
        let scores = score_classes(&texts, &["a", "b", "c", "d", "e", "never"]);
        let shown: Vec<String> = (scores.classes.iter())
            .map(|s| format!("{} {:.4} {:.4} {:.4}", s.label, s.precision, s.recall, s.f1))
            .collect();
        assert_eq!(
            shown,
            [
                "a 66.6667 50.0000 57.1429",
                "b 33.3333 50.0000 40.0000",
                "c 100.0000 50.0000 66.6667",
                "d 100.0000 100.0000 100.0000",
                "e 0.0000 0.0000 0.0000",
            ]
        );
        assert_eq!(format!("{:.4} {:.4}", scores.macro_f1, scores.accuracy), "52.7619 60.0000");
        assert_eq!(scores.items, 10);
        assert!(scores.macro_f1_interval.0 < scores.macro_f1);
        assert!(scores.macro_f1_interval.1 > scores.macro_f1);
    }
}
