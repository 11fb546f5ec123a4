//! How the settings become a stage, and what the stage reads and writes.

use docmill_core::layers::{Citations, Clusters, Entities, Sentences, Tokens};
use docmill_core::{BuildContext, BuiltStage, LayerKey, StageConfig, StageError};

use crate::leaders::Leaders;
use crate::organizations::Organizations;
use crate::settings::NamesSettings;
use crate::stage::NamesStage;

impl StageConfig for NamesSettings {
    fn requires(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Sentences>(), LayerKey::of::<Tokens>(), LayerKey::of::<Entities>()]
    }

    fn uses(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Citations>()]
    }

    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Clusters>()]
    }

    fn whole_document(&self) -> bool {
        true
    }

    fn check(&self, _context: &BuildContext) -> Result<(), StageError> {
        let empty = |name: &String| !name.chars().any(char::is_alphanumeric);
        match self.same.iter().find(|list| list.len() < 2 || list.iter().any(empty)) {
            Some(list) => {
                let reason = format!("{list:?} is not a list of names that mean the same");
                Err(StageError::setting("same", reason, "give two names or more in each list"))
            }
            None => Ok(()),
        }
    }

    fn build(&self, context: &BuildContext) -> Result<BuiltStage, StageError> {
        let organizations = Organizations::new(&context.words, &self.same)?;
        let leaders = Leaders::new(&context.words, self.spellings)?;
        Ok(BuiltStage::per_document(NamesStage { organizations, leaders, settings: self.clone() }))
    }
}
