//! The learned weights, and how they choose.

use std::sync::LazyLock;

use crate::features::{Beliefs, Features, NAMES, features, first_beliefs, softmax};
use crate::names::Name;

/// Weights of a log-linear model over the candidates of a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Model {
    /// For the first look, when the other names are only believed to be large places.
    pub first: Features,
    /// For the looks after it.
    pub then: Features,
}

static SHIPPED: LazyLock<Model> = LazyLock::new(|| Model::read(include_str!("../data/weights.tsv")));

/// How often the document is looked at again with what is then believed.
const LOOKS: usize = 2;

pub(crate) fn score(weights: &Features, features: &Features) -> f32 {
    weights.iter().zip(features).map(|(weight, feature)| weight * feature).sum()
}

fn believe(weights: &Features, features: &[Vec<Features>]) -> Beliefs {
    let scores = |name: &Vec<Features>| name.iter().map(|f| score(weights, f)).collect::<Vec<_>>();
    features.iter().map(|name| softmax(&scores(name))).collect()
}

impl Model {
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    fn read(list: &str) -> Self {
        let mut model = Self { first: [0.0; NAMES.len()], then: [0.0; NAMES.len()] };
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            let [name, first, then] = fields[..] else { continue };
            let Some(at) = NAMES.iter().position(|known| *known == name) else { continue };
            if let (Ok(first), Ok(then)) = (first.parse(), then.parse()) {
                (model.first[at], model.then[at]) = (first, then);
            }
        }
        model
    }

    /// What is believed after the first look.
    pub fn first_look(&self, names: &[Name]) -> Beliefs {
        believe(&self.first, &features(names, &first_beliefs(names)))
    }

    /// The probability of each candidate of each name.
    pub fn beliefs(&self, names: &[Name]) -> Beliefs {
        let mut beliefs = self.first_look(names);
        for _ in 0..LOOKS {
            beliefs = believe(&self.then, &features(names, &beliefs));
        }
        beliefs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_its_weights() {
        let list = include_str!("../data/weights.tsv");
        for name in NAMES {
            assert!(list.lines().any(|line| line.split('\t').next() == Some(name)), "{name}");
        }
        let model = Model::shipped();
        assert!(model.first[0] > 0.0 && model.then[0] > 0.0, "large places are likelier");
    }
}
