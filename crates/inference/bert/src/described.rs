//! What config.json says of a model's heads, under `docmill.heads`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use docmill_core::StageError;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct File {
    docmill: Extension,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Extension {
    heads: BTreeMap<String, Value>,
}

/// Whether the model in `folder` has a head `name`; the error says what is missing.
pub fn check_head(folder: &Path, name: &str) -> Result<(), StageError> {
    described::<Value>(folder, name).map(drop)
}

/// What is said of the head `name`.
pub(crate) fn described<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<T, StageError> {
    let path = folder.join("config.json");
    let help = || {
        format!(
            "use a model with a head `{name}`, such as docmill's own, or leave out the stage that needs it"
        )
    };
    let text = fs::read(&path).map_err(|e| StageError::file(&path, e.to_string(), "give a readable file"))?;
    let mut file: File =
        serde_json::from_slice(&text).map_err(|e| StageError::file(&path, e.to_string(), help()))?;
    let Some(head) = file.docmill.heads.remove(name) else {
        return Err(StageError::file(&path, format!("the model has no head `{name}`"), help()));
    };
    serde_json::from_value(head)
        .map_err(|e| StageError::file(&path, format!("`docmill.heads.{name}`: {e}"), help()))
}
