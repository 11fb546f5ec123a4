//! What can be set.

use docmill_bert::{Biaffine, Precision, check_head};
use docmill_core::layers::{Encodings, Sentences, Syntax, Tokens};
use docmill_core::schemars::{self, JsonSchema};
use docmill_core::{BuildContext, BuiltStage, LayerKey, ModelFile, StageConfig, StageError};
use docmill_pretrained::{ModelDir, ModelRef};
use serde::Deserialize;

use crate::lemmas::Lemmas;
use crate::stage::Parser;

/// Settings of the stage `syntax`, a head of the shared model.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SyntaxSettings {
    /// In how many bits the head computes; the encoder has its own `encode.precision`.
    pub precision: Precision,
}

/// The head's name in a model's config.
const HEAD: &str = "syntax";

impl SyntaxSettings {
    fn folder(context: &BuildContext) -> Result<ModelDir, StageError> {
        ModelRef::parse(&context.model)?.obtain(context)
    }
}

impl StageConfig for SyntaxSettings {
    fn requires(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Sentences>(), LayerKey::of::<Tokens>(), LayerKey::of::<Encodings>()]
    }

    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Syntax>()]
    }

    fn check(&self, context: &BuildContext) -> Result<(), StageError> {
        match ModelRef::parse(&context.model)?.look_up(context)? {
            Some(dir) => check_head(dir.path(), HEAD),
            None => Ok(()),
        }
    }

    fn model_files(&self, context: &BuildContext) -> Result<Vec<ModelFile>, StageError> {
        Ok(Self::folder(context)?.files())
    }

    fn build(&self, context: &BuildContext) -> Result<BuiltStage, StageError> {
        let dir = Self::folder(context)?;
        let head = Biaffine::load(dir.path(), HEAD, self.precision)?;
        let wrong = |reason: String| {
            let help = "take config.json and model.safetensors from one package";
            StageError::file(dir.config(), format!("head `{HEAD}`: {reason}"), help)
        };
        let mut lemmas = Lemmas::new(head.lemma())
            .map_err(|script| wrong(format!("`{script}` is no lemma script; `=` and `3|y` are")))?;
        if let Some(path) = dir.lemmas() {
            lemmas.read_exceptions(&path)?;
        }
        Ok(BuiltStage::per_document(Parser::new(head, lemmas).map_err(wrong)?))
    }
}
