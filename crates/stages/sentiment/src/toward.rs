//! The sentiment toward a mention where the stage `stance` has judged it: does anybody say or do something for or against
//! it? A small regression over the judge's likelihoods and the head `sentiment`, `data/toward.tsv`
//! (`models/train/news_en/judge.py`).

use std::collections::HashMap;
use std::sync::LazyLock;

/// Likelihoods below this count as this.
const LEAST: f32 = 1e-4;

static SHARED: LazyLock<Toward> = LazyLock::new(|| Toward::parse(include_str!("../data/toward.tsv")));

/// Weights by feature: for favor, and for against.
#[derive(Debug)]
pub(crate) struct Toward {
    of: HashMap<&'static str, [f32; 2]>,
}

impl Toward {
    /// The weights that are built in.
    pub fn shared() -> &'static Self {
        &SHARED
    }

    fn parse(text: &'static str) -> Self {
        let line = |line: &'static str| {
            let mut fields = line.split('\t');
            let name = fields.next()?;
            Some((name, [fields.next()?.parse().ok()?, fields.next()?.parse().ok()?]))
        };
        Self { of: text.lines().filter(|line| !line.starts_with("# ")).filter_map(line).collect() }
    }

    /// P(somebody is for it) - P(somebody is against it), from the greatest likelihoods by the judge and the head's balance.
    pub fn balance(&self, [favor, against]: [f32; 2], head: f32) -> f32 {
        let features = [
            ("bias", 1.0),
            ("favor", favor.max(LEAST).ln()),
            ("against", against.max(LEAST).ln()),
            ("positive", head.max(0.0)),
            ("negative", (-head).max(0.0)),
        ];
        let mut scores = [0.0_f32; 2];
        for (name, value) in features {
            let weights = self.of.get(name).copied().unwrap_or_default();
            scores = [scores[0] + weights[0] * value, scores[1] + weights[1] * value];
        }
        let top = scores[0].max(scores[1]).max(0.0);
        let powers = scores.map(|score| (score - top).exp());
        (powers[0] - powers[1]) / (powers[0] + powers[1] + (-top).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_shipped_weights_is_read() {
        let mut names: Vec<&str> = Toward::shared().of.keys().copied().collect();
        names.sort_unstable();
        assert_eq!(names, ["against", "bias", "favor", "negative", "positive"]);
    }

    #[test]
    fn who_takes_a_side_decides() {
        let toward = Toward::shared();
        assert!(toward.balance([0.0, 0.9], 0.0) < toward.balance([0.0, 0.0], 0.0));
        assert!(toward.balance([0.9, 0.0], 0.0) > toward.balance([0.0, 0.0], 0.0));
        assert!(toward.balance([0.0, 0.0], 0.0).abs() < 0.5, "nobody takes a side");
    }
}
