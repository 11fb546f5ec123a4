//! How the settings become a stage, and what the stage reads and writes.

use docmill_core::layers::Language;
use docmill_core::{BuildContext, BuiltStage, LayerKey, StageConfig, StageError};

use crate::settings::LanguageSettings;
use crate::stage::LanguageStage;

impl StageConfig for LanguageSettings {
    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Language>()]
    }

    fn check(&self, _context: &BuildContext) -> Result<(), StageError> {
        if self.detect && self.max_bytes == 0 {
            let help = "give for instance 4096, or detect = false";
            return Err(StageError::setting("max_bytes", "nothing of a text is looked at".to_owned(), help));
        }
        Ok(())
    }

    fn build(&self, _context: &BuildContext) -> Result<BuiltStage, StageError> {
        Ok(BuiltStage::per_document(LanguageStage(self.clone())))
    }
}
