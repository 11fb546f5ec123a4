//! What can be set.

use docmill_bert::{CONTEXT, ContextModel, Precision, check_head};
use docmill_core::layers::{Context, Encodings, EventType, Hints, Sentences, Syntax, Tokens};
use docmill_core::schemars::{self, JsonSchema};
use docmill_core::{BuildContext, BuiltStage, LayerKey, ModelFile, StageConfig, StageError};
use docmill_pretrained::{ModelDir, ModelRef};
use serde::Deserialize;

use crate::stage::ContextStage;

/// Settings of the stage `context`, layers of the shared model.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ContextSettings {
    /// In how many bits the layers compute; the encoder has its own `encode.precision`.
    pub precision: Precision,
}

impl ContextSettings {
    fn folder(context: &BuildContext) -> Result<ModelDir, StageError> {
        ModelRef::parse(&context.model)?.obtain(context)
    }
}

impl StageConfig for ContextSettings {
    fn requires(&self) -> Vec<LayerKey> {
        vec![
            LayerKey::of::<Sentences>(),
            LayerKey::of::<Tokens>(),
            LayerKey::of::<Encodings>(),
            LayerKey::of::<Syntax>(),
        ]
    }

    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Context>(), LayerKey::of::<Hints>()]
    }

    fn check(&self, context: &BuildContext) -> Result<(), StageError> {
        match ModelRef::parse(&context.model)?.look_up(context)? {
            Some(dir) => check_head(dir.path(), CONTEXT),
            None => Ok(()),
        }
    }

    fn model_files(&self, context: &BuildContext) -> Result<Vec<ModelFile>, StageError> {
        Ok(Self::folder(context)?.files())
    }

    fn build(&self, context: &BuildContext) -> Result<BuiltStage, StageError> {
        let dir = Self::folder(context)?;
        let model = ContextModel::load(dir.path(), self.precision)?;
        let wrong = |reason: String| {
            let help = "take config.json and context.safetensors from one package";
            StageError::file(dir.config(), format!("head `{CONTEXT}`: {reason}"), help)
        };
        let kind = |name: &String| {
            let known = EventType::ALL.iter().position(|kind| kind.1 == name);
            known.map(|at| at as u8).ok_or_else(|| wrong(format!("`{name}` is no type of event")))
        };
        let types = model.types.iter().skip(1).map(kind).collect::<Result<_, _>>()?;
        Ok(BuiltStage::per_document(ContextStage::new(model, types)))
    }
}
