//! VADER.

use docmill_core::layers::{Citations, Entities, Sentences};
use docmill_core::{Document, Stage, StageError};
use vader_parity::SentimentIntensityAnalyzer;

use crate::summary::Thresholds;

/// Adds sentiment by the valence of words: the compound score of VADER.
pub(crate) struct Lexicon {
    thresholds: Thresholds,
    analyzer: SentimentIntensityAnalyzer,
}

impl Lexicon {
    pub fn new(thresholds: Thresholds) -> Self {
        Self { thresholds, analyzer: SentimentIntensityAnalyzer::new() }
    }
}

impl Stage for Lexicon {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let sentences = &doc.require::<Sentences>()?.items;
        let scores: Vec<(u32, f32)> = (0..)
            .zip(sentences)
            .map(|(i, sentence)| {
                let text = sentence.span.slice(doc.text()).unwrap_or_default();
                (i, self.analyzer.polarity_scores(text).compound as f32)
            })
            .collect();
        let citations = doc.layers().get::<Citations>();
        let toward = (0..)
            .zip(&doc.require::<Entities>()?.items)
            .filter(|(_, entity)| citations.is_none_or(|c| c.index_around(entity.span).is_none()))
            .filter_map(|(i, entity)| Some((i, scores.get(entity.sentence as usize)?.1)))
            .collect();
        let layer = self.thresholds.layer(scores, toward);
        doc.layers_mut().insert(layer);
        Ok(())
    }
}
