//! The ranking model: a weight for each feature and class of mention.

use std::sync::LazyLock;

use super::features::{Feature, Values};
use super::scan::Class;

/// Classes of mentions that are ranked.
pub(crate) const RANKED: [(Class, &str); 15] = [
    (Class::He, "he"),
    (Class::It, "it"),
    (Class::They, "they"),
    (Class::Person, "person"),
    (Class::Body, "body"),
    (Class::I, "i"),
    (Class::We, "we"),
    (Class::You, "you"),
    (Class::This, "this"),
    (Class::Thing, "thing"),
    (Class::Plural, "plural"),
    (Class::Owned, "owned"),
    (Class::Indefinite, "indefinite"),
    (Class::Bare, "bare"),
    (Class::Proper, "proper"),
];

/// Weights by class and feature.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Model {
    weights: Vec<Vec<f32>>,
}

impl Model {
    /// The one in the crate, learned by `models/train/news_en/coref.py`.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Model> =
            LazyLock::new(|| Model::read(include_str!("../../data/mentions/weights.tsv")));
        &SHIPPED
    }

    /// Reads lines of class, feature and weight.
    pub fn read(file: &str) -> Self {
        let mut weights = vec![vec![0.0; Feature::ALL.len()]; RANKED.len()];
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let class = fields.next().and_then(|name| RANKED.iter().position(|(_, known)| *known == name));
            let feature =
                fields.next().and_then(|name| Feature::ALL.iter().position(|(_, known)| *known == name));
            if let (Some(class), Some(feature), Some(Ok(weight))) =
                (class, feature, fields.next().map(str::parse))
            {
                weights[class][feature] = weight;
            }
        }
        Self { weights }
    }

    /// How much `values` speak for a link, for a class that is ranked.
    pub fn score(&self, class: Class, values: &Values) -> f32 {
        let Some(class) = RANKED.iter().position(|(known, _)| *known == class) else { return 0.0 };
        values.iter().map(|&(feature, value)| self.weights[class][feature as usize] * value).sum()
    }
}

/// Scores as probabilities.
pub(crate) fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    for score in &mut *scores {
        *score = (*score - most).exp();
    }
    let sum: f32 = scores.iter().sum();
    for score in scores {
        *score /= sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_is_read() {
        let lines =
            include_str!("../../data/mentions/weights.tsv").lines().filter(|line| !line.starts_with('#'));
        let read = Model::shipped().weights.iter().flatten().filter(|weight| **weight != 0.0).count();
        assert_eq!(lines.filter(|line| !line.ends_with("\t0")).count(), read);
    }

    #[test]
    fn probabilities_sum_up_to_one() {
        let mut scores = [1000.0, 999.0, -1000.0];
        softmax(&mut scores);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-6 && scores[0] > scores[1]);
    }
}
