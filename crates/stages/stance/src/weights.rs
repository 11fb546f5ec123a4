//! What named features say: multinomial logistic regressions, `data/judge.tsv` of stances toward somebody
//! by name, `data/groups.tsv` toward somebody without one, `data/issues.tsv` toward something.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::things::Form;

/// What a feature adds to the scores of favor and against; neither has 0.
type Pair = [f32; 2];

/// Scores before softmax of favor and against, beside 0 of neither.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sided {
    pub scores: Pair,
}

impl Sided {
    /// Probability of favor and of against.
    pub fn likelihoods(self) -> Pair {
        let top = self.scores[0].max(self.scores[1]).max(0.0);
        let powers = self.scores.map(|score| (score - top).exp());
        let sum = powers[0] + powers[1] + (-top).exp();
        powers.map(|power| power / sum)
    }

    /// Probability of either.
    pub fn likely(self) -> f32 {
        self.likelihoods().iter().sum()
    }
}

/// Weights by feature.
#[derive(Debug, Default)]
pub(crate) struct Weights {
    of: HashMap<&'static str, Pair>,
}

static NAMES: LazyLock<Weights> = LazyLock::new(|| Weights::parse(include_str!("../data/judge.tsv")));
static GROUPS: LazyLock<Weights> = LazyLock::new(|| Weights::parse(include_str!("../data/groups.tsv")));
static ISSUES: LazyLock<Weights> = LazyLock::new(|| Weights::parse(include_str!("../data/issues.tsv")));

/// Who judges: of stances toward somebody by name, somebody without one, or something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judge {
    Names,
    Groups,
    Issues,
}

impl Judge {
    /// The weights that are built in.
    pub fn weights(self) -> &'static Weights {
        match self {
            Self::Names => &NAMES,
            Self::Groups => &GROUPS,
            Self::Issues => &ISSUES,
        }
    }

    /// Whether it knows of targets of a form: a noun phrase may stand for somebody or for something.
    pub fn is_asked(self, form: Form) -> bool {
        match self {
            Self::Names => form == Form::Name,
            Self::Groups => form == Form::Noun,
            Self::Issues => form != Form::Name,
        }
    }
}

/// Features of one question: who holds it, toward whom.
#[derive(Debug, Default, Clone)]
pub(crate) struct Features {
    /// Those that are there or not.
    pub named: Vec<String>,
}

impl Features {
    pub fn add(&mut self, feature: String) {
        self.named.push(feature);
    }

    /// One line of training data, without its label.
    pub fn line(&self) -> String {
        self.named.join("\t")
    }
}

impl Weights {
    /// Reads `feature<TAB>favor<TAB>against`; a line that is none says nothing.
    pub fn parse(text: &'static str) -> Self {
        let line = |line: &'static str| {
            let mut fields = line.split('\t');
            let name = fields.next()?;
            Some((name, [fields.next()?.parse().ok()?, fields.next()?.parse().ok()?]))
        };
        Self { of: text.lines().filter(|line| !line.starts_with("# ")).filter_map(line).collect() }
    }

    /// Scores of favor and against.
    pub fn judge(&self, features: &Features) -> Sided {
        let mut scores = self.of.get("bias").copied().unwrap_or_default();
        let mut seen: Vec<&str> = features.named.iter().map(String::as_str).collect();
        seen.sort_unstable();
        seen.dedup();
        for weight in seen.iter().filter_map(|name| self.of.get(name)) {
            scores = [scores[0] + weight[0], scores[1] + weight[1]];
        }
        Sided { scores }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_shipped_weights_is_read() {
        let files = [
            (Judge::Names, include_str!("../data/judge.tsv")),
            (Judge::Groups, include_str!("../data/groups.tsv")),
            (Judge::Issues, include_str!("../data/issues.tsv")),
        ];
        for (judge, text) in files {
            let lines = text.lines().filter(|line| !line.starts_with("# ")).count();
            let of = &judge.weights().of;
            assert_eq!(of.len(), lines, "{judge:?}: a line that does not parse, or one that stands twice");
            assert!(of.contains_key("bias"));
        }
    }

    #[test]
    fn weights_add_up_to_probabilities() {
        let weights = Weights::parse("# feature favor against\nbias\t-1\t-1\na\t3\t0\n");
        let judge = |named: &[&str]| {
            let named = named.iter().map(|name| (*name).to_owned()).collect();
            weights.judge(&Features { named }).likelihoods()
        };
        let sure = judge(&["a", "a", "unknown"]);
        let expected = 2_f32.exp() / (2_f32.exp() + (-1_f32).exp() + 1.0);
        assert!((sure[0] - expected).abs() < 1e-6, "a feature counts once: {sure:?}");
        assert!(judge(&[])[0] < 0.3);
    }
}
