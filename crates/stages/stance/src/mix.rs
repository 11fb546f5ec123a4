//! Features and the model's head together.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::weights::{Judge, Sided};

/// Scores that the head gives for one kind of target: neutral, favor, against.
pub(crate) const SCORES: usize = 3;
/// Those of the head less their mean, then those of favor and against by the features.
const INPUTS: usize = SCORES + 2;

/// Weights and a bias, for favor and for against; neither has 0.
type Weights = [[f32; INPUTS + 1]; 2];

static MIX: LazyLock<HashMap<&'static str, Weights>> =
    LazyLock::new(|| parse(include_str!("../data/mix.tsv")));

/// Probability of favor and of against. `read`: scores of the head for somebody, then for something.
pub(crate) fn mixed(judge: Judge, sided: Sided, read: &[f32; 2 * SCORES]) -> [f32; 2] {
    let (name, own) = match judge {
        Judge::Names => ("names", &read[..SCORES]),
        Judge::Groups => ("groups", &read[..SCORES]),
        Judge::Issues => ("issues", &read[SCORES..]),
    };
    let Some(weights) = MIX.get(name) else { return sided.likelihoods() };
    let mean = own.iter().sum::<f32>() / SCORES as f32;
    let inputs: Vec<f32> = own.iter().map(|score| score - mean).chain(sided.scores).collect();
    let scores = weights.map(|row| {
        let (bias, row) = row.split_last().map_or((0.0, &row[..]), |(bias, row)| (*bias, row));
        row.iter().zip(&inputs).fold(bias, |sum, (weight, input)| sum + weight * input)
    });
    Sided { scores }.likelihoods()
}

/// Reads `judge<TAB>side<TAB>weight ... bias`; a line that is none says nothing.
fn parse(text: &'static str) -> HashMap<&'static str, Weights> {
    let mut all: HashMap<&str, Weights> = HashMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let (Some(judge), Some(side)) = (fields.next(), fields.next()) else { continue };
        let row: Vec<f32> = fields.filter_map(|field| field.parse().ok()).collect();
        if let Ok(row) = row.try_into() {
            all.entry(judge).or_default()[usize::from(side == "against")] = row;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_shipped_weights_is_read() {
        let text = include_str!("../data/mix.tsv");
        let lines = text.lines().filter(|line| !line.starts_with('#')).count();
        let rows = MIX.values().flatten().filter(|row| row.iter().any(|w| *w != 0.0)).count();
        assert_eq!((lines, rows, MIX.len()), (6, 6, 3));
    }

    #[test]
    fn the_head_and_the_features_both_count() {
        let told = |features: [f32; 2], head: [f32; 3]| {
            let mut read = [0.0; 2 * SCORES];
            read[..SCORES].copy_from_slice(&head);
            mixed(Judge::Names, Sided { scores: features }, &read)
        };
        let unsure = told([0.0, 0.0], [0.0, 0.0, 0.0]);
        assert!(told([3.0, 0.0], [0.0, 0.0, 0.0])[0] > unsure[0]);
        assert!(told([0.0, 0.0], [0.0, 0.0, 4.0])[1] > unsure[1]);
    }
}
