//! What can be set.

use docmill_core::layers::{Citations, Entities, Places};
use docmill_core::schemars::{self, JsonSchema};
use docmill_core::settings::check_share;
use docmill_core::{BuildContext, BuiltStage, LayerKey, StageConfig, StageError};
use serde::Deserialize;

use crate::stage::PlacesStage;

/// Settings of the stage `places`. Names inside citations are left out if the stage `citations` comes before it.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PlacesSettings {
    /// The least probability of a place in the output, in [0, 1].
    pub threshold: f32,
}

impl Default for PlacesSettings {
    fn default() -> Self {
        Self { threshold: 0.0 }
    }
}

impl StageConfig for PlacesSettings {
    fn requires(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Entities>()]
    }

    fn uses(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Citations>()]
    }

    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Places>()]
    }

    /// What a name means depends on the places of the whole document.
    fn whole_document(&self) -> bool {
        true
    }

    fn check(&self, _context: &BuildContext) -> Result<(), StageError> {
        check_share("threshold", self.threshold, "0.5")
    }

    fn build(&self, context: &BuildContext) -> Result<BuiltStage, StageError> {
        self.check(context)?;
        Ok(BuiltStage::per_document(PlacesStage { threshold: self.threshold }))
    }
}
