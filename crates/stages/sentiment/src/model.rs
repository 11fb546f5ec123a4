//! The shared model's heads.

use std::collections::HashMap;

use docmill_bert::{HeadScratch, SentenceClassifier, SpanClassifier};
use docmill_core::layers::{Citations, Encodings, Entities, Sentences, Stances};
use docmill_core::{Document, Stage, StageError};

use crate::summary::Thresholds;
use crate::toward::Toward;

/// Adds sentiment to documents that are encoded.
pub(crate) struct Model {
    pub thresholds: Thresholds,
    /// How far from 0 the score toward a mention must be where the stage `stance` has judged the text.
    pub judged: f32,
    /// Negative, neutral, positive toward a mention.
    pub toward: SpanClassifier,
    /// The same of a sentence.
    pub sentence: SentenceClassifier,
}

impl Stage for Model {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let sentences = doc.require::<Sentences>()?.items.len() as u32;
        let entities = &doc.require::<Entities>()?.items;
        let encodings = doc.require::<Encodings>()?;
        // An outlet that is cited is not part of the story.
        let citations = doc.layers().get::<Citations>();
        let cited = |i: usize| citations.is_some_and(|c| c.index_around(entities[i].span).is_some());

        let (mut of_sentences, mut toward) = (Vec::new(), Vec::new());
        let mut scratch = HeadScratch::default();
        let mut next = 0;
        for sentence in 0..sentences {
            if let Some(scores) = self.sentence.scores(encodings, sentence)? {
                of_sentences.push((sentence, balance(&scores)));
            }
            let first = next;
            next += entities[first..].iter().take_while(|entity| entity.sentence == sentence).count();
            let asked: Vec<usize> = (first..next).filter(|&i| !cited(i)).collect();
            let questions: Vec<_> = asked.iter().map(|&i| vec![entities[i].span]).collect();
            let answers = self.toward.scores(encodings, sentence, &questions, &mut scratch)?;
            for (i, scores) in asked.into_iter().zip(answers) {
                toward.extend(scores.map(|scores| (i as u32, balance(&scores))));
            }
        }
        let mut thresholds = self.thresholds;
        if let Some(sides) = doc.layers().get::<Stances>().and_then(sides) {
            for (entity, score) in &mut toward {
                *score = Toward::shared().balance(sides.get(entity).copied().unwrap_or_default(), *score);
            }
            thresholds.entity = self.judged;
        }
        let layer = thresholds.layer(of_sentences, toward);
        doc.layers_mut().insert(layer);
        Ok(())
    }
}

/// For each mention, how likely it is that somebody is for it, and that somebody is against it; none where no judge was
/// asked.
fn sides(stances: &Stances) -> Option<HashMap<u32, [f32; 2]>> {
    let mut sides: HashMap<u32, [f32; 2]> = HashMap::new();
    for (entity, [favor, against]) in &stances.toward {
        let known = sides.entry(*entity).or_default();
        *known = [known[0].max(*favor), known[1].max(*against)];
    }
    (!sides.is_empty()).then_some(sides)
}

/// P(positive) - P(negative), from scores before softmax of negative, neutral, positive.
fn balance(scores: &[f32]) -> f32 {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers: Vec<f32> = scores.iter().map(|x| (x - top).exp()).collect();
    let sum: f32 = powers.iter().sum();
    match powers[..] {
        [negative, _, positive] => (positive - negative) / sum,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn balance_lies_between_its_ends() {
        assert!((balance(&[0.0, 0.0, 0.0])).abs() < 1e-6);
        assert!((balance(&[0.0, 0.0, 2_f32.ln()]) - 0.25).abs() < 1e-6);
        assert!((balance(&[90.0, 0.0, -90.0]) + 1.0).abs() < 1e-6);
    }
}
