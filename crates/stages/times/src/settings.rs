//! What can be set.

use docmill_core::layers::{Citations, Times};
use docmill_core::{BuildContext, BuiltStage, LayerKey, StageConfig, StageError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::stage::TimesStage;

/// What a text tells about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TextKind {
    /// As the years that it names say.
    #[default]
    Auto,
    /// Events around the document's date: `March` is the March nearest to it.
    News,
    /// Events of the past in their order: `March` is of the year that was named last.
    History,
}

/// Settings of the stage `times`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TimesSettings {
    /// What incomplete dates are completed from: `news` (the document's date), `history` (the date named last), or
    /// `auto` (each text as the years that it names say).
    pub text: TextKind,
}

impl StageConfig for TimesSettings {
    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Times>()]
    }

    fn uses(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Citations>()]
    }

    fn build(&self, _context: &BuildContext) -> Result<BuiltStage, StageError> {
        Ok(BuiltStage::per_document(TimesStage::new(self.text)))
    }
}
