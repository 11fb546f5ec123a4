//! What can be set.

use docmill_core::layers::{Encodings, Entities, Sentences, Stances, Tokens};
use docmill_core::schemars::{self, JsonSchema};
use docmill_core::{BuildContext, BuiltStage, LayerKey, ModelFile, StageConfig, StageError};
use docmill_encoder::{Precision, SpanClassifier, check_head};
use docmill_model::ModelRef;
use serde::Deserialize;

use crate::judge::CLASSES;
use crate::stage::StanceStage;

/// Settings of the stage `stance`. Quotations, citations and clusters are heeded if their stages come before it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct StanceSettings {
    /// How likely a stance must be to be told, in [0, 1]. The default is chosen for precision; 0 tells every pair that
    /// is not likeliest to be neutral.
    pub threshold: f32,
    /// Most pairs asked about in one sentence; those that stand nearest to each other come first.
    pub max_pairs: usize,
}

impl Default for StanceSettings {
    fn default() -> Self {
        Self { threshold: 0.7, max_pairs: 24 }
    }
}

const HEAD: &str = "stance";

impl StageConfig for StanceSettings {
    fn requires(&self) -> Vec<LayerKey> {
        vec![
            LayerKey::of::<Sentences>(),
            LayerKey::of::<Tokens>(),
            LayerKey::of::<Entities>(),
            LayerKey::of::<Encodings>(),
        ]
    }

    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Stances>()]
    }

    fn check(&self, context: &BuildContext) -> Result<(), StageError> {
        if !(0.0..=1.0).contains(&self.threshold) {
            let reason = format!("{} is not between 0 and 1", self.threshold);
            return Err(StageError::setting("threshold", reason, "give for instance 0.7"));
        }
        match ModelRef::parse(&context.model)?.look_up(context)? {
            Some(dir) => check_head(dir.path(), HEAD),
            None => Ok(()),
        }
    }

    fn model_files(&self, context: &BuildContext) -> Result<Vec<ModelFile>, StageError> {
        Ok(ModelRef::parse(&context.model)?.obtain(context)?.files())
    }

    fn build(&self, context: &BuildContext) -> Result<BuiltStage, StageError> {
        let dir = ModelRef::parse(&context.model)?.obtain(context)?;
        let head = SpanClassifier::load(dir.path(), HEAD, Precision::Int8)?;
        if head.labels().len() != CLASSES {
            let reason = format!("head `{HEAD}` has {} classes, not {CLASSES}", head.labels().len());
            let mend = "use a model with neutral, p_for_q, q_for_p, p_against_q, q_against_p";
            return Err(StageError::file(dir.config(), reason, mend));
        }
        Ok(BuiltStage::per_document(StanceStage {
            head,
            threshold: self.threshold,
            max_pairs: self.max_pairs,
        }))
    }
}
