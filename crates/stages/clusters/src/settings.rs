//! What can be set.

use docmill_core::layers::{Citations, Clusters, Entities, Sentences, Tokens};
use docmill_core::schemars::{self, JsonSchema};
use docmill_core::{BuildContext, BuiltStage, LayerKey, StageConfig, StageError};
use serde::Deserialize;

use crate::leaders::Leaders;
use crate::organizations::Organizations;
use crate::stage::NamesStage;

/// Settings of the stage `names`. Citations are heeded if their stage comes before it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NamesSettings {
    /// Whether a capital, or a seat such as the Kremlin, may mean the government there. If false, it is always a place.
    pub governments: bool,
    /// Whether to treat spelling variants as the same name: `Rakhmonov` and `Rahmonov`, `Odessa` and `Odesa`.
    pub spellings: bool,
    /// Names and abbreviations of the same organization, the usual full name first, for instance `[["Hizb ut-Tahrir",
    /// "Party of Liberation", "HuT"]]`. They take precedence over the built-in ones.
    pub same: Vec<Vec<String>>,
}

impl Default for NamesSettings {
    fn default() -> Self {
        Self { governments: true, spellings: true, same: Vec::new() }
    }
}

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
