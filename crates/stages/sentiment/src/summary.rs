//! From scores to labels, and from sentences to the document.

use docmill_core::layers::{Sentiment, Valence};

/// How far from 0 a score must be to count. Each in [0, 1].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Thresholds {
    pub entity: f32,
    pub sentence: f32,
    pub document: f32,
}

impl Thresholds {
    /// The layer for scores by sentence and by mention.
    pub fn layer(self, sentences: Vec<(u32, f32)>, entities: Vec<(u32, f32)>) -> Sentiment {
        let labelled = |scores: Vec<(u32, f32)>, threshold| {
            scores.into_iter().map(|(i, score)| (i, Valence::of(score, threshold))).collect()
        };
        let mut layer = Sentiment {
            document: None,
            sentences: labelled(sentences, self.sentence),
            entities: labelled(entities, self.entity),
            document_threshold: self.document,
        };
        layer.summarize();
        layer
    }
}

#[cfg(test)]
mod tests {
    use docmill_core::layers::Polarity;

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
        assert_eq!(THRESHOLDS.layer(Vec::new(), Vec::new()).document, None);
    }
}
