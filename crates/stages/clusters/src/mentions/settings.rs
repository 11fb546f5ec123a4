//! What can be set.

use std::path::PathBuf;

use docmill_core::layers::{
    Citations, Clusters, Entities, Hints, Mentions, Roles, Sentences, Syntax, Tokens,
};
use docmill_core::schemars::{self, JsonSchema};
use docmill_core::settings::open_to_append;
use docmill_core::{BuildContext, BuiltStage, LayerKey, StageConfig, StageError};
use serde::Deserialize;

use super::model::Model;
use super::stage::MentionsStage;
use super::unnamed::Unnamed;
use super::words::MentionLists;

/// Settings of the stage `mentions`. Roles are heeded if their stage comes before it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MentionsSettings {
    /// A pronoun or a noun phrase is linked if the model holds its cluster for at least so probable; 1 links those only that
    /// the rules are sure of.
    pub threshold: f32,
    /// Which things without a name become clusters of the record.
    pub unnamed: Unnamed,
    /// A file to which the stage appends what it ranked, for training (`models/train/news_en/coref.py`).
    pub features: Option<PathBuf>,
}

impl Default for MentionsSettings {
    fn default() -> Self {
        Self { threshold: 0.25, unnamed: Unnamed::Several, features: None }
    }
}

impl StageConfig for MentionsSettings {
    fn requires(&self) -> Vec<LayerKey> {
        vec![
            LayerKey::of::<Sentences>(),
            LayerKey::of::<Tokens>(),
            LayerKey::of::<Syntax>(),
            LayerKey::of::<Entities>(),
            LayerKey::of::<Clusters>(),
        ]
    }

    fn uses(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Citations>(), LayerKey::of::<Roles>(), LayerKey::of::<Hints>()]
    }

    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Mentions>()]
    }

    fn whole_document(&self) -> bool {
        true
    }

    fn check(&self, _context: &BuildContext) -> Result<(), StageError> {
        if (0.0..=1.0).contains(&self.threshold) {
            return Ok(());
        }
        let reason = format!("{} is no probability", self.threshold);
        Err(StageError::setting("threshold", reason, "give a number from 0 to 1"))
    }

    fn build(&self, context: &BuildContext) -> Result<BuiltStage, StageError> {
        Ok(BuiltStage::per_document(MentionsStage {
            model: Model::shipped(),
            lists: MentionLists::new(&context.words)?,
            threshold: self.threshold,
            unnamed: self.unnamed,
            features: self.features.as_deref().map(|path| open_to_append("features", path)).transpose()?,
        }))
    }
}
