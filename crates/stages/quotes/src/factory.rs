//! How the settings become a stage, and what the stage reads and writes.

use docmill_core::layers::{
    Citations, Clusters, Entities, Mentions, Quotes, Roles, Sentences, Syntax, Tokens,
};
use docmill_core::{BuildContext, BuiltStage, LayerKey, StageConfig, StageError};

use crate::settings::QuoteSettings;
use crate::stage::QuoteStage;

impl StageConfig for QuoteSettings {
    fn requires(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Sentences>(), LayerKey::of::<Tokens>(), LayerKey::of::<Entities>()]
    }

    fn uses(&self) -> Vec<LayerKey> {
        vec![
            LayerKey::of::<Citations>(),
            LayerKey::of::<Clusters>(),
            LayerKey::of::<Mentions>(),
            LayerKey::of::<Roles>(),
            LayerKey::of::<Syntax>(),
        ]
    }

    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Quotes>()]
    }

    fn build(&self, context: &BuildContext) -> Result<BuiltStage, StageError> {
        Ok(BuiltStage::per_document(QuoteStage::new(self, &context.words)?))
    }
}
