//! The measure of the article extraction benchmark: shingles of four words, every page of equal weight.

use std::collections::HashMap;

/// Shares of a page's shingles: found and wanted, found only, wanted only.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shares {
    pub hit: f64,
    pub extra: f64,
    pub missed: f64,
}

impl Shares {
    /// Compares what was found with what is wanted.
    pub fn of(wanted: &str, found: &str) -> Self {
        let (wanted, found) = (shingles(wanted), shingles(found));
        let count = |of: &HashMap<Vec<&str>, u32>, key: &Vec<&str>| of.get(key).copied().unwrap_or(0);
        let mut shares = Self::default();
        let keys: std::collections::BTreeSet<_> = wanted.keys().chain(found.keys()).collect();
        let (mut hit, mut extra, mut missed) = (0, 0, 0);
        for key in keys {
            let (wanted, found) = (count(&wanted, key), count(&found, key));
            hit += wanted.min(found);
            extra += found.saturating_sub(wanted);
            missed += wanted.saturating_sub(found);
        }
        let all = f64::from(hit + extra + missed);
        if all > 0.0 {
            shares = Self {
                hit: f64::from(hit) / all,
                extra: f64::from(extra) / all,
                missed: f64::from(missed) / all,
            };
        }
        shares
    }

    /// Share of what was found that is wanted.
    pub fn precision(self) -> f64 {
        ratio(self.hit, self.extra)
    }

    /// Share of what is wanted that was found.
    pub fn recall(self) -> f64 {
        ratio(self.hit, self.missed)
    }
}

fn ratio(hit: f64, other: f64) -> f64 {
    if hit + other > 0.0 { hit / (hit + other) } else { 1.0 }
}

/// Runs of four words, with how often each stands there; of a shorter text, the whole.
fn shingles(text: &str) -> HashMap<Vec<&str>, u32> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let mut all = HashMap::new();
    if words.len() < 4 {
        all.insert(words, 1);
        return all;
    }
    for run in words.windows(4) {
        *all.entry(run.to_vec()).or_insert(0) += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shingles_are_counted() {
        let same = Shares::of("a b c d e", "a b c d e");
        assert!((same.precision() - 1.0).abs() < 1e-9 && (same.recall() - 1.0).abs() < 1e-9);
        let half = Shares::of("a b c d e", "a b c d");
        assert!((half.precision() - 1.0).abs() < 1e-9 && (half.recall() - 0.5).abs() < 1e-9);
        assert!(Shares::of("a b c d", "e f g h").precision() < 1e-9);
    }
}
