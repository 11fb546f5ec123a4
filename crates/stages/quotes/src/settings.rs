//! What can be set.

use docmill_core::layers::{Citations, Clusters, Entities, Mentions, Quotes, Sentences, Syntax, Tokens};
use docmill_core::schemars::{self, JsonSchema};
use docmill_core::{BuildContext, BuiltStage, LayerKey, StageConfig, StageError};
use serde::Deserialize;

use crate::stage::QuoteStage;

/// Settings of the stage `quotes`. Citations, clusters, mentions and syntax are heeded if their stages come before it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct QuoteSettings {
    /// Whether to include what somebody believes, wants, plans or fears, besides what somebody says. Off by default.
    pub attitudes: bool,
    /// Whether to include quotations without a speaker ("it is expected that ...", "the plan appears to ...").
    pub unattributed: bool,
}

impl Default for QuoteSettings {
    fn default() -> Self {
        Self { attitudes: false, unattributed: true }
    }
}

impl StageConfig for QuoteSettings {
    fn requires(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Sentences>(), LayerKey::of::<Tokens>(), LayerKey::of::<Entities>()]
    }

    fn uses(&self) -> Vec<LayerKey> {
        vec![
            LayerKey::of::<Citations>(),
            LayerKey::of::<Clusters>(),
            LayerKey::of::<Mentions>(),
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
