//! How the settings become a stage, and what the stage reads and writes.

use docmill_core::layers::{Citations, Times};
use docmill_core::{BuildContext, BuiltStage, LayerKey, StageConfig, StageError};

use crate::lexicon::Lexicon;
use crate::settings::TimesSettings;
use crate::stage::TimesStage;

impl StageConfig for TimesSettings {
    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Times>()]
    }

    fn uses(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Citations>()]
    }

    fn check(&self, context: &BuildContext) -> Result<(), StageError> {
        Ok(Lexicon::new(&context.words).map(drop)?)
    }

    fn build(&self, context: &BuildContext) -> Result<BuiltStage, StageError> {
        Ok(BuiltStage::per_document(TimesStage::new(self.text, Lexicon::new(&context.words)?)))
    }
}
