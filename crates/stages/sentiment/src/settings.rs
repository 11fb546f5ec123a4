//! What can be set.

use docmill_bert::{Precision, SentenceClassifier, SpanClassifier};
use docmill_core::layers::{Citations, Encodings, Entities, Sentences, Sentiment, Stances};
use docmill_core::schemars::{self, JsonSchema};
use docmill_core::settings::check_share;
use docmill_core::{BuildContext, BuiltStage, LayerKey, ModelFile, StageConfig, StageError};
use docmill_pretrained::{ModelDir, ModelRef};
use serde::{Deserialize, Serialize};

use crate::lexicon::Lexicon;
use crate::model::Model;
use crate::summary::Thresholds;

/// Settings of the stage `sentiment`.
///
/// The thresholds are those of the engine that is chosen, unless they are set.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SentimentSettings {
    /// Method of scoring.
    pub engine: EngineKind,
    /// Least distance from 0 at which the score toward a mention counts as positive or negative.
    #[serde(deserialize_with = "docmill_core::settings::share")]
    pub entity_threshold: Option<f32>,
    /// Least distance from 0 at which a sentence's score counts as positive or negative.
    #[serde(deserialize_with = "docmill_core::settings::share")]
    pub sentence_threshold: Option<f32>,
    /// Least distance from 0 at which a document's score counts as positive or negative.
    #[serde(deserialize_with = "docmill_core::settings::share")]
    pub document_threshold: Option<f32>,
}

/// Method of scoring.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EngineKind {
    /// The heads `sentiment` and `sentence` of the shared model.
    #[default]
    Model,
    /// VADER's lexicon and rules, without a model.
    Lexicon,
}

impl EngineKind {
    /// Document thresholds are a choice, not a measurement: there is no gold for whole articles.
    fn thresholds(self) -> Thresholds {
        match self {
            // Tuned for macro-F1 on the held-out tenth of NewsMTSC train, where it is 77.4 to 78.1 from 0.1 to 0.5.
            Self::Model => Thresholds { entity: 0.4, sentence: 0.2, document: 0.1 },
            // VADER's own.
            Self::Lexicon => Thresholds { entity: 0.05, sentence: 0.05, document: 0.05 },
        }
    }
}

/// Right of the mentions labelled, and found of those that somebody takes a side toward, on 99 real documents that were not
/// learned from: 58.4 and 36.5 from 0.5, 61.2 and 34.4 from 0.53, 62.3 and 30.7 from 0.56.
const JUDGED: f32 = 0.53;

impl SentimentSettings {
    fn thresholds(&self) -> Result<Thresholds, StageError> {
        let usual = self.engine.thresholds();
        let checked = |key: &str, set: Option<f32>, usual: f32| {
            let value = set.unwrap_or(usual);
            check_share(key, value, "0.2").map(|()| value)
        };
        Ok(Thresholds {
            entity: checked("entity_threshold", self.entity_threshold, usual.entity)?,
            sentence: checked("sentence_threshold", self.sentence_threshold, usual.sentence)?,
            document: checked("document_threshold", self.document_threshold, usual.document)?,
        })
    }

    fn folder(context: &BuildContext) -> Result<ModelDir, StageError> {
        ModelRef::parse(&context.model)?.obtain(context)
    }
}

impl StageConfig for SentimentSettings {
    fn requires(&self) -> Vec<LayerKey> {
        let mut layers = vec![LayerKey::of::<Sentences>(), LayerKey::of::<Entities>()];
        if self.engine == EngineKind::Model {
            layers.push(LayerKey::of::<Encodings>());
        }
        layers
    }

    fn uses(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Citations>(), LayerKey::of::<Stances>()]
    }

    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Sentiment>()]
    }

    fn check(&self, context: &BuildContext) -> Result<(), StageError> {
        self.thresholds()?;
        if self.engine == EngineKind::Model
            && let Some(dir) = ModelRef::parse(&context.model)?.look_up(context)?
        {
            for head in ["sentiment", "sentence"] {
                docmill_bert::check_head(dir.path(), head)?;
            }
        }
        Ok(())
    }

    fn model_files(&self, context: &BuildContext) -> Result<Vec<ModelFile>, StageError> {
        match self.engine {
            EngineKind::Model => Ok(Self::folder(context)?.files()),
            EngineKind::Lexicon => Ok(Vec::new()),
        }
    }

    fn build(&self, context: &BuildContext) -> Result<BuiltStage, StageError> {
        let thresholds = self.thresholds()?;
        if self.engine == EngineKind::Lexicon {
            return Ok(BuiltStage::per_document(Lexicon::new(thresholds)));
        }
        let dir = Self::folder(context)?;
        Ok(BuiltStage::per_document(Model {
            thresholds,
            judged: self.entity_threshold.unwrap_or(JUDGED),
            toward: SpanClassifier::load(dir.path(), "sentiment", Precision::Int8)?,
            sentence: SentenceClassifier::load(dir.path(), "sentence")?,
        }))
    }
}
