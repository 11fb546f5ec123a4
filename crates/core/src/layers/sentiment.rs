use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::round_score;
use crate::{Layer, View};

/// Direction of a sentiment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// Unfavourable.
    Negative,
    /// Neither, the normal case in news.
    Neutral,
    /// Favourable.
    Positive,
}

/// A direction and its strength.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Valence {
    /// Direction.
    pub label: Polarity,
    /// From -1 (negative) to 1 (positive).
    pub score: f32,
}

/// The sentiment of a document, of its sentences, and toward its entities.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sentiment {
    /// Of the document.
    pub document: Option<Valence>,
    /// Index of a sentence, and its sentiment.
    pub sentences: Vec<(u32, Valence)>,
    /// Index of an entity mention, and the sentiment toward it.
    pub entities: Vec<(u32, Valence)>,
}

/// All sentiment in the output.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SentimentRecord {
    /// Of the document.
    pub document: Option<ValenceRecord>,
    /// Of its sentences.
    pub sentences: Vec<SentenceSentimentRecord>,
    /// Toward its entity mentions.
    pub entities: Vec<EntitySentimentRecord>,
}

/// A direction and its strength in the output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ValenceRecord {
    /// Direction.
    pub label: Polarity,
    /// From -1 (negative) to 1 (positive).
    pub score: f64,
}

/// Sentiment of a sentence in the output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SentenceSentimentRecord {
    /// Id of the sentence.
    pub sentence: String,
    /// Direction.
    pub label: Polarity,
    /// From -1 (negative) to 1 (positive).
    pub score: f64,
}

/// Sentiment toward an entity mention in the output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EntitySentimentRecord {
    /// Id of the mention.
    pub entity: String,
    /// Direction.
    pub label: Polarity,
    /// From -1 (negative) to 1 (positive).
    pub score: f64,
}

impl Layer for Sentiment {
    const NAME: &'static str = "sentiment";
    type Record = SentimentRecord;

    fn record(&self, _view: &View<'_>) -> Self::Record {
        SentimentRecord {
            document: self.document.map(|v| ValenceRecord { label: v.label, score: round_score(v.score) }),
            sentences: (self.sentences.iter())
                .map(|&(sentence, v)| SentenceSentimentRecord {
                    sentence: format!("s{sentence}"),
                    label: v.label,
                    score: round_score(v.score),
                })
                .collect(),
            entities: (self.entities.iter())
                .map(|&(entity, v)| EntitySentimentRecord {
                    entity: format!("e{entity}"),
                    label: v.label,
                    score: round_score(v.score),
                })
                .collect(),
        }
    }
}
