use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::entity_names::EntityNames;
use super::round_score;
use crate::{Layer, MergeOffsets, View};

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
    /// How far from 0 the document's score must be to count.
    pub document_threshold: f32,
}

impl Valence {
    /// A score with its label: that of a side if it is so far from 0; what is not a number is neutral.
    pub fn of(score: f32, threshold: f32) -> Self {
        let label = if score >= threshold {
            Polarity::Positive
        } else if score <= -threshold {
            Polarity::Negative
        } else {
            Polarity::Neutral
        };
        Self { label, score }
    }
}

impl Sentiment {
    /// Makes the document's sentiment of that of its sentences: the mean of their scores, in text order and 64 bits. A
    /// document without sentences has none.
    pub fn summarize(&mut self) {
        let sum: f64 = self.sentences.iter().map(|(_, valence)| f64::from(valence.score)).sum();
        let mean = (!self.sentences.is_empty()).then(|| (sum / self.sentences.len() as f64) as f32);
        self.document = mean.map(|score| Valence::of(score, self.document_threshold));
    }
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
    /// The name under which all mentions of the thing go. Not in records before version 2.1, as `country`.
    #[serde(default)]
    pub name: Option<String>,
    /// ISO 3166-1 alpha-3 code of the state that it is.
    #[serde(default)]
    pub country: Option<String>,
}

impl Layer for Sentiment {
    const NAME: &'static str = "sentiment";
    const JOINS: bool = true;
    type Record = SentimentRecord;

    fn record(&self, view: &View<'_>) -> Self::Record {
        let names = EntityNames::new(view);
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
                    name: names.name(Some(entity)),
                    country: names.country(Some(entity)),
                })
                .collect(),
        }
    }

    fn rebase(&mut self, offsets: &MergeOffsets) {
        self.sentences.iter_mut().for_each(|(sentence, _)| *sentence += offsets.sentences);
        self.entities.iter_mut().for_each(|(entity, _)| *entity += offsets.entities);
    }

    fn append(&mut self, next: Self) {
        self.sentences.extend(next.sentences);
        self.entities.extend(next.entities);
        self.document_threshold = next.document_threshold;
        self.summarize();
    }
}
