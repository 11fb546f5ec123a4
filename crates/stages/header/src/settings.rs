//! What can be set.

use std::collections::BTreeMap;

use docmill_core::{BuildContext, BuiltStage, LayerKey, StageConfig, StageError};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::fields::Fields;
use crate::stage::HeaderStage;

/// Settings of the stage `header`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct HeaderSettings {
    /// Additional field labels and their meaning (`Fecha = "date"`): `title`, `publication`, `volume`, `issue`, `date`,
    /// `author`, or any other word, which becomes a key in `meta.extra`.
    pub fields: BTreeMap<String, String>,
    /// Whether to read lines without a label too: issue lines, bylines, datelines, and the headline next to them.
    pub unlabelled: bool,
}

impl Default for HeaderSettings {
    fn default() -> Self {
        Self { fields: BTreeMap::new(), unlabelled: true }
    }
}

impl StageConfig for HeaderSettings {
    /// None: what it finds goes to the document's metadata.
    fn provides(&self) -> Vec<LayerKey> {
        Vec::new()
    }

    fn check(&self, context: &BuildContext) -> Result<(), StageError> {
        Fields::new(&self.fields, &context.words)?;
        for (name, key) in &self.fields {
            let words = name.split_whitespace().count();
            if !(1..=3).contains(&words) || name.contains(':') || key.trim().is_empty() {
                let reason =
                    format!("`{name}` = `{key}` is not a name of one to three words with its meaning");
                return Err(StageError::setting("fields", reason, "write for instance Fecha = \"date\""));
            }
        }
        Ok(())
    }

    fn build(&self, context: &BuildContext) -> Result<BuiltStage, StageError> {
        Ok(BuiltStage::per_document(HeaderStage {
            fields: Fields::new(&self.fields, &context.words)?,
            unlabelled: self.unlabelled,
        }))
    }
}
