//! What can be set: nothing yet.

use docmill_core::layers::{Citations, Clusters, Entities, Roles, Sentences, Syntax, Tokens};
use docmill_core::schemars::{self, JsonSchema};
use docmill_core::{BuildContext, BuiltStage, LayerKey, StageConfig, StageError};
use serde::Deserialize;

use crate::offices::Offices;
use crate::stage::RolesStage;

/// Settings of the stage `roles`. Citations and syntax are heeded if their stages come before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RolesSettings {}

impl StageConfig for RolesSettings {
    fn requires(&self) -> Vec<LayerKey> {
        vec![
            LayerKey::of::<Sentences>(),
            LayerKey::of::<Tokens>(),
            LayerKey::of::<Entities>(),
            LayerKey::of::<Clusters>(),
        ]
    }

    fn uses(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Citations>(), LayerKey::of::<Syntax>()]
    }

    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Roles>()]
    }

    fn build(&self, context: &BuildContext) -> Result<BuiltStage, StageError> {
        Ok(BuiltStage::per_document(RolesStage { offices: Offices::new(&context.words)? }))
    }
}
