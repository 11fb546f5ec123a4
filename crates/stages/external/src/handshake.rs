//! What docmill and a child say of themselves.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What docmill says first.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename = "hello")]
pub struct Greeting<'g> {
    /// [`PROTOCOL`].
    pub protocol: u32,
    /// docmill's version.
    pub docmill: &'static str,
    /// What the config calls the stage.
    pub stage: &'g str,
}

/// What a child says of itself. It decides the run's identity: a run is not gone on with after it has changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hello {
    /// The protocol it speaks.
    pub protocol: u32,
    /// What it calls itself.
    pub name: String,
    /// Version of its answers: another one where the same document gets other layers.
    pub version: String,
    /// Layers that it wants to read.
    #[serde(default)]
    pub requires: Vec<String>,
    /// Layers that it adds.
    pub provides: Vec<Provided>,
}

/// A layer that a child adds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provided {
    /// Its name, which is its key in the output.
    pub layer: String,
    /// JSON Schema of what the child gives. Answers are held against it.
    #[serde(default)]
    pub schema: Option<Value>,
}

impl Hello {
    /// Checks what it says of itself.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self) -> Result<(), String> {
        if self.provides.is_empty() {
            return Err("`provides` names no layer".to_owned());
        }
        let mut seen = BTreeSet::new();
        for layer in self.provides.iter().map(|provided| &provided.layer).chain(&self.requires) {
            let plain = layer.starts_with(|c: char| c.is_ascii_lowercase())
                && layer.len() <= 64
                && layer.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            if !plain {
                return Err(format!("`{layer}` cannot be the name of a layer; write snake_case"));
            }
            if !seen.insert(layer) {
                return Err(format!("the layer `{layer}` is named twice"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(line: &str, reason: &str) {
        let error = Hello::read(line.as_bytes()).unwrap_err();
        assert!(error.contains(reason), "{error}");
    }

    #[test]
    fn a_child_says_what_it_is() {
        let line = r#"{"type":"hello","protocol":1,"name":"t","version":"3","requires":["sentences"],
            "provides":[{"layer":"topics"}]}"#;
        let hello = Hello::read(line.as_bytes()).unwrap();
        assert_eq!((hello.version.as_str(), hello.provides[0].layer.as_str()), ("3", "topics"));
        refused("Loading...", "not JSON");
        refused(&line.replace(":1,", ":2,"), "it speaks protocol 2, this docmill speaks 1");
        refused(&line.replace("requires", "require"), "unknown field `require`");
        refused(&line.replace("topics", "Topics"), "`Topics` cannot be the name of a layer");
        refused(&line.replace("topics", "sentences"), "`sentences` is named twice");
        refused(&line.replace(r#"{"layer":"topics"}"#, ""), "`provides` names no layer");
        refused(&line.replace(r#""version":"3","#, ""), "missing field `version`");
    }
}
