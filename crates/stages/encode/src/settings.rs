//! What can be set.

use std::num::NonZeroUsize;

use docmill_bert::{Checkpoint, Encoder, Precision, middle_of};
use docmill_core::layers::{Encodings, Sentences, Tokens};
use docmill_core::schemars::{self, JsonSchema};
use docmill_core::{BuildContext, BuiltStage, LayerKey, ModelFile, StageConfig, StageError};
use docmill_pretrained::{Family, ModelConfig, ModelDir, ModelRef, Reader, Sums, check_sums, verify_sums};
use serde::Deserialize;

use crate::kept::Kept;
use crate::stage::Encode;

/// Settings of the stage `encode`. The model is `model` at the top of the config.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct EncodeSettings {
    /// Precision of the model's computations.
    pub precision: Precision,
    /// Expected SHA-256 sums of the model's files, by file name.
    pub checksum: Sums,
    /// Most wordpieces in one input, including special ones. Default: the model's own limit. Longer sentences are split
    /// into overlapping windows.
    pub max_window: Option<NonZeroUsize>,
}

impl EncodeSettings {
    /// Checks what a model on this machine allows to check.
    fn check_model(&self, dir: &ModelDir) -> Result<ModelConfig, StageError> {
        check_sums(&self.checksum, Some(dir))?;
        let config = ModelConfig::read(&dir.config())?;
        if config.family != Family::Bert {
            let help = "choose a model of the family `bert`; for another one, set ner.model and ner.engine = \"rust-bert\"";
            return Err(StageError::file(dir.config(), "the shared model must be a BERT", help));
        }
        Ok(config)
    }
}

impl StageConfig for EncodeSettings {
    fn requires(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Sentences>(), LayerKey::of::<Tokens>()]
    }

    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Encodings>()]
    }

    fn check(&self, context: &BuildContext) -> Result<(), StageError> {
        if self.max_window.is_some_and(|max| max.get() < 8) {
            let help = "give at least 8, or leave it to the model";
            return Err(StageError::setting("max_window", "too short for words and special pieces", help));
        }
        check_sums(&self.checksum, None)?;
        match ModelRef::parse(&context.model)?.look_up(context)? {
            Some(dir) => self.check_model(&dir).map(drop),
            None => Ok(()),
        }
    }

    fn model_files(&self, context: &BuildContext) -> Result<Vec<ModelFile>, StageError> {
        Ok(ModelRef::parse(&context.model)?.obtain(context)?.files())
    }

    fn build(&self, context: &BuildContext) -> Result<BuiltStage, StageError> {
        let dir = ModelRef::parse(&context.model)?.obtain(context)?;
        let config = self.check_model(&dir)?;
        verify_sums(&self.checksum, &dir)?;
        let most = self.max_window.map_or(config.max_positions, |max| max.get().min(config.max_positions));
        let reader = Reader::load(&dir, &config, None, most)?;
        let encoder = Encoder::new(&Checkpoint::open(dir.path())?, self.precision)?;
        let encoder = encoder.keep_after(middle_of(dir.path()).unwrap_or(0));
        let kept = context.cache.clone().map(|cache| Kept::new(cache, &dir, self.precision)).transpose()?;
        Ok(BuiltStage::per_document(Encode::new(encoder, reader, kept)))
    }
}
