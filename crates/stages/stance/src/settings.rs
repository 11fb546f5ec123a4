//! What can be set.

use std::path::PathBuf;

use docmill_bert::{CONTEXT, PairHead, Precision, SpanClassifier, check_head, stance_head};
use docmill_core::layers::{
    Citations, Clusters, Context, Encodings, Entities, Quotes, Sentences, Stances, Syntax, Tokens,
};
use docmill_core::schemars::{self, JsonSchema};
use docmill_core::settings::{check_share, open_to_append};
use docmill_core::{BuildContext, BuiltStage, LayerKey, ModelFile, StageConfig, StageError};
use docmill_pretrained::ModelRef;
use serde::Deserialize;

use crate::judge::CLASSES;
use crate::judges::Judges;
use crate::lexicon::Lexicon;
use crate::mix::SCORES;
use crate::stage::StanceStage;

/// Who judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StanceEngine {
    /// The model's head `stance` together with the rules.
    #[default]
    Model,
    /// The rules alone, without a model; finds fewer stances.
    Rules,
}

/// Settings of the stage `stance`. Quotations, citations and clusters are heeded if their stages come before it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct StanceSettings {
    /// Method: `model` (together with the rules) or `rules` alone.
    pub engine: StanceEngine,
    /// Least probability of a reported stance, between 0 and 1. Default: 0.72 toward somebody and 0.6 toward issues where the
    /// stages `syntax` and `context` have read the text and the learned judge decides; otherwise 0.98 with the model and 0.7 with
    /// the rules alone.
    #[serde(deserialize_with = "docmill_core::settings::share")]
    pub threshold: Option<f32>,
    /// Weight of the rules beside the model, in nats: added to the score of the class that the rules choose. Where the
    /// two contradict each other, no stance is reported. 0 ignores the rules.
    pub rule_weight: f32,
    /// Most pairs to examine in one sentence, nearest pairs first.
    pub max_pairs: usize,
    /// A file to which the stage appends the features of every pair instead of finding stances, for training the judge
    /// (`models/train/news_en/judge.py`).
    pub features: Option<PathBuf>,
}

impl Default for StanceSettings {
    fn default() -> Self {
        Self {
            engine: StanceEngine::Model,
            threshold: None,
            rule_weight: 12.0,
            max_pairs: 24,
            features: None,
        }
    }
}

const HEAD: &str = "stance";
/// What it scores: somebody as the target, then something.
const PAIR_LABELS: usize = 2 * SCORES;
/// Precision and recall of told stances at this threshold, by `docmill eval stance --curve` with `models/news-en` on 1,067
/// pairs of directed sentiment (Park and others, 2021; validation rows that share no sentence with the train part): see
/// `docs/src/design/stance.md`.
const MODEL_THRESHOLD: f32 = 0.98;
/// Precision and recall of plain stances toward entities on 99 real documents, none of them learned from: from 0.3 on 47.0
/// and 42.0, 0.5 62.0 and 26.5, 0.6 68.2 and 18.2, 0.7 77.5 and 13.6, 0.72 79.2 and 12.4, 0.8 88.4 and 7.9.
const JUDGE_THRESHOLD: f32 = 0.72;
/// The same of stances toward somebody without a name.
const GROUP_THRESHOLD: f32 = 0.72;
/// Toward issues: from 0.3 on 39.8 and 50.5, 0.5 54.5 and 36.2, 0.6 60.4 and 29.2, 0.7 67.0 and 21.5, 0.8 74.3 and 14.6.
const ISSUE_THRESHOLD: f32 = 0.6;
/// Below the lower of the two scores that the rules give.
const RULES_THRESHOLD: f32 = 0.7;

impl StageConfig for StanceSettings {
    fn requires(&self) -> Vec<LayerKey> {
        let mut layers =
            vec![LayerKey::of::<Sentences>(), LayerKey::of::<Tokens>(), LayerKey::of::<Entities>()];
        if self.engine == StanceEngine::Model {
            layers.push(LayerKey::of::<Encodings>());
        }
        layers
    }

    fn uses(&self) -> Vec<LayerKey> {
        let mut layers =
            vec![LayerKey::of::<Quotes>(), LayerKey::of::<Citations>(), LayerKey::of::<Clusters>()];
        if self.engine == StanceEngine::Model {
            layers.extend([LayerKey::of::<Syntax>(), LayerKey::of::<Context>()]);
        }
        layers
    }

    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Stances>()]
    }

    fn check(&self, context: &BuildContext) -> Result<(), StageError> {
        self.threshold.map_or(Ok(()), |threshold| check_share("threshold", threshold, "0.9"))?;
        if !(0.0..=100.0).contains(&self.rule_weight) {
            let reason = format!("{} is not between 0 and 100", self.rule_weight);
            return Err(StageError::setting("rule_weight", reason, "give for instance 12"));
        }
        if self.engine == StanceEngine::Rules {
            return Ok(());
        }
        match ModelRef::parse(&context.model)?.look_up(context)? {
            Some(dir) => check_head(dir.path(), HEAD),
            None => Ok(()),
        }
    }

    fn model_files(&self, context: &BuildContext) -> Result<Vec<ModelFile>, StageError> {
        match self.engine {
            StanceEngine::Model => Ok(ModelRef::parse(&context.model)?.obtain(context)?.files()),
            StanceEngine::Rules => Ok(Vec::new()),
        }
    }

    fn build(&self, context: &BuildContext) -> Result<BuiltStage, StageError> {
        let (head, pairs) = match self.engine {
            StanceEngine::Model => (Some(load(context)?), pairs(context)?),
            StanceEngine::Rules => (None, None),
        };
        Ok(BuiltStage::per_document(StanceStage {
            head,
            lexicon: Lexicon::new(&context.words)?,
            threshold: self.threshold.unwrap_or(match self.engine {
                StanceEngine::Model => MODEL_THRESHOLD,
                StanceEngine::Rules => RULES_THRESHOLD,
            }),
            rule_weight: self.rule_weight,
            max_pairs: self.max_pairs,
            judges: Judges {
                pairs,
                judge_threshold: self.threshold.unwrap_or(JUDGE_THRESHOLD),
                group_threshold: self.threshold.unwrap_or(GROUP_THRESHOLD),
                issue_threshold: self.threshold.unwrap_or(ISSUE_THRESHOLD),
                features: self
                    .features
                    .as_deref()
                    .map(|path| open_to_append("features", path))
                    .transpose()?,
            },
        }))
    }
}

/// The head of the shared model.
fn load(context: &BuildContext) -> Result<SpanClassifier, StageError> {
    let dir = ModelRef::parse(&context.model)?.obtain(context)?;
    let head = SpanClassifier::load(dir.path(), HEAD, Precision::Int8)?;
    if head.labels().len() != CLASSES {
        let reason = format!("head `{HEAD}` has {} classes, not {CLASSES}", head.labels().len());
        let help = "use a model with neutral, p_for_q, q_for_p, p_against_q, q_against_p";
        return Err(StageError::file(dir.config(), reason, help));
    }
    Ok(head)
}

/// The head of the learned judge, if the shared model has it. A model without it is asked about pairs of names, as if the
/// text were not parsed.
fn pairs(context: &BuildContext) -> Result<Option<PairHead>, StageError> {
    let dir = ModelRef::parse(&context.model)?.obtain(context)?;
    if check_head(dir.path(), CONTEXT).is_err() {
        return Ok(None);
    }
    let (head, labels) = stance_head(dir.path())?;
    if labels.len() != PAIR_LABELS {
        let reason = format!("head `{CONTEXT}` has {} scores of stances, not {PAIR_LABELS}", labels.len());
        let help = "use a model with neutral, favor, against toward somebody, then toward something";
        return Err(StageError::file(dir.config(), reason, help));
    }
    Ok(Some(head))
}
