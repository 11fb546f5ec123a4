//! How much was found, and how much of it is right.

use std::iter::Sum;

use serde::Serialize;

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
