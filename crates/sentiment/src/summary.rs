//! From scores to labels, and from sentences to the document.

use docmill_core::layers::{Polarity, Sentiment, Valence};

/// How far from 0 a score must be to count. Each in [0, 1].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Thresholds {
    pub entity: f32,
    pub sentence: f32,
    pub document: f32,
}

/// The label of a score; what is not a number is neutral.
pub(crate) fn valence(score: f32, threshold: f32) -> Valence {
    let label = if score >= threshold {
        Polarity::Positive
    } else if score <= -threshold {
        Polarity::Negative
    } else {
        Polarity::Neutral
    };
    Valence { label, score }
}

impl Thresholds {
    /// The layer for scores by sentence and by mention. The document's score is the mean of its sentences', in text
    /// order and 64 bits; a document without sentences has none.
    pub fn layer(self, sentences: Vec<(u32, f32)>, entities: Vec<(u32, f32)>) -> Sentiment {
        let sum: f64 = sentences.iter().map(|&(_, score)| f64::from(score)).sum();
        let mean = (!sentences.is_empty()).then(|| (sum / sentences.len() as f64) as f32);
        let labelled = |scores: Vec<(u32, f32)>, threshold| {
            scores.into_iter().map(|(i, score)| (i, valence(score, threshold))).collect()
        };
        Sentiment {
            document: mean.map(|score| valence(score, self.document)),
            sentences: labelled(sentences, self.sentence),
            entities: labelled(entities, self.entity),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THRESHOLDS: Thresholds = Thresholds { entity: 0.5, sentence: 0.25, document: 0.1 };

    #[test]
    fn a_document_is_the_mean_of_its_sentences() {
        let layer = THRESHOLDS.layer(vec![(0, 0.5), (2, -0.25)], vec![(1, -0.5), (3, 0.4)]);
        assert_eq!(layer.document, Some(Valence { label: Polarity::Positive, score: 0.125 }));
        let labels: Vec<Polarity> = layer.sentences.iter().map(|(_, v)| v.label).collect();
        assert_eq!(labels, [Polarity::Positive, Polarity::Negative]);
        let labels: Vec<Polarity> = layer.entities.iter().map(|(_, v)| v.label).collect();
        assert_eq!(labels, [Polarity::Negative, Polarity::Neutral]);
    }

    #[test]
    fn an_empty_document_has_no_sentiment() {
        assert_eq!(THRESHOLDS.layer(Vec::new(), Vec::new()), Sentiment::default());
    }
}
