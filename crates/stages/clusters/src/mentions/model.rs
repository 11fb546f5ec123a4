//! The ranking model: a weight for each feature and class of mention.

use std::sync::LazyLock;

use super::class::Class;
use super::features::{Feature, Values};

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

/// How much the features count beside what the language model says, how much that counts, and what is added for nothing.
type Mix = [f32; 3];

/// Weights by class and feature.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Model {
    weights: Vec<Vec<f32>>,
    mixes: Vec<Mix>,
}

/// Class, then its [`Mix`].
const MIX: &str = include_str!("../../data/mentions/mix.tsv");

impl Model {
    /// The one in the crate, learned by `models/train/news_en/coref.py`.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Model> =
            LazyLock::new(|| Model::read(include_str!("../../data/mentions/weights.tsv"), MIX));
        &SHIPPED
    }

    /// Reads lines of class, feature and weight, and those of a mix.
    pub fn read(file: &str, mix: &str) -> Self {
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
        let mut mixes = vec![[1.0, 0.0, 0.0]; RANKED.len()];
        for line in mix.lines().filter(|line| !line.starts_with('#')) {
            let (class, values) = line.split_once('\t').unwrap_or((line, ""));
            let values: Vec<f32> = values.split('\t').filter_map(|value| value.parse().ok()).collect();
            let class = RANKED.iter().position(|(_, known)| *known == class);
            if let (Some(class), Ok(mix)) = (class, values.try_into()) {
                mixes[class] = mix;
            }
        }
        Self { weights, mixes }
    }

    /// How much `values` speak for a link, for a class that is ranked.
    pub fn score(&self, class: Class, values: &Values) -> f32 {
        let Some(class) = RANKED.iter().position(|(known, _)| *known == class) else { return 0.0 };
        values.iter().map(|&(feature, value)| self.weights[class][feature as usize] * value).sum()
    }
}

impl Model {
    /// Scores of things and, last, of nothing, with what the language model says of each thing against nothing.
    pub fn mix(&self, class: Class, scores: &mut [f32], read: &[f32]) {
        let Some(class) = RANKED.iter().position(|(known, _)| *known == class) else { return };
        let [own, said, nothing] = self.mixes[class];
        let added = read.iter().map(|read| said * read).chain(std::iter::once(nothing));
        for (score, added) in scores.iter_mut().zip(added) {
            *score = own * *score + added;
        }
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
    fn every_class_is_mixed() {
        let lines = MIX.lines().filter(|line| !line.starts_with('#')).count();
        let mixed = Model::shipped().mixes.iter().filter(|mix| mix[1] > 0.0).count();
        assert_eq!((lines, mixed), (RANKED.len(), RANKED.len()));
    }

    #[test]
    fn what_the_model_says_counts() {
        let model = Model::read("", "he\t1\t2\t-0.5");
        let mut scores = [1.0, 1.0, 0.0];
        model.mix(Class::He, &mut scores, &[3.0, -3.0]);
        assert!(scores[0] > 6.9 && scores[1] < -4.9 && scores[2] < -0.4, "{scores:?}");
    }

    #[test]
    fn probabilities_sum_up_to_one() {
        let mut scores = [1000.0, 999.0, -1000.0];
        softmax(&mut scores);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-6 && scores[0] > scores[1]);
    }
}
