//! A row of scores with its interval.

use serde::Serialize;

use crate::measures::bootstrap::interval;
use crate::measures::counts::Counts;

/// Percent, as all figures of `docmill eval`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Line {
    /// Right among those found.
    pub precision: f64,
    /// Right among those in gold.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
    /// 95% bootstrap interval of F1 over texts, or over what was counted one by one.
    pub f1_interval: (f64, f64),
    /// What they are made of.
    #[serde(flatten)]
    pub counts: Counts,
}

impl Line {
    /// Of the counts of each text.
    pub fn of(texts: &[Counts]) -> Self {
        let counts: Counts = texts.iter().sum();
        let f1 = |sample: &mut dyn Iterator<Item = &Counts>| sample.sum::<Counts>().f1();
        Self {
            precision: counts.precision(),
            recall: counts.recall(),
            f1: counts.f1(),
            f1_interval: interval(texts, f1),
            counts,
        }
    }
}

/// Lines under each other by their names, which are at most `width` characters long.
pub fn table(title: &str, width: usize, lines: &[(&str, &Line)]) -> String {
    let mut table = format!(
        "{title}, percent\n{:<width$} {:>9} {:>9} {:>9}  {:<14} {:>7}\n",
        "", "precision", "recall", "F1", "95% interval", "gold"
    );
    for (name, line) in lines {
        let interval = format!("{:.1} to {:.1}", line.f1_interval.0, line.f1_interval.1);
        table += &format!(
            "{name:<width$} {:>9.2} {:>9.2} {:>9.2}  {interval:<14} {:>7}\n",
            line.precision, line.recall, line.f1, line.counts.gold
        );
    }
    table
}
