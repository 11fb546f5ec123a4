//! Documents to a child, and its answers.

use std::collections::BTreeMap;

use docmill_core::{Document, Meta, OffsetUnit, StageError, View};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Documents, on one line.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename = "batch")]
pub struct Batch<'d> {
    pub documents: Vec<Sent<'d>>,
}

/// A document as a child sees it.
#[derive(Debug, Serialize)]
pub struct Sent<'d> {
    /// What its answer is known by.
    pub seq: u64,
    id: &'d str,
    text: &'d str,
    meta: &'d Meta,
    /// The layers that the child requires, as the output shows them, in code points.
    layers: BTreeMap<&'static str, Value>,
}

impl<'d> Sent<'d> {
    /// The document with the layers that the child requires.
    pub fn new(doc: &'d Document, seq: u64, requires: &[&'static str]) -> Result<Self, StageError> {
        let view = View::new(doc, OffsetUnit::Codepoint);
        let mut layers = BTreeMap::new();
        for &name in requires {
            let layer = doc.layers().by_name(name).ok_or(StageError::MissingLayer(name))?;
            let record = layer
                .record_json(&view)
                .map_err(|error| StageError::caused(format!("layer `{name}` is no JSON"), error))?;
            layers.insert(name, record);
        }
        Ok(Self { seq, id: doc.id(), text: doc.text(), meta: &doc.meta, layers })
    }
}

/// What a child says to a document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Which document.
    pub seq: u64,
    /// The layers that it provides.
    #[serde(default)]
    pub layers: Option<Map<String, Value>>,
    /// Why there are none.
    #[serde(default)]
    pub error: Option<String>,
}

impl Answer {
    /// The layers, or the child's reason why there are none.
    pub fn result(self) -> Result<Map<String, Value>, String> {
        match (self.layers, self.error) {
            (_, Some(reason)) => Err(crate::fault::excerpt(&reason)),
            (Some(layers), None) => Ok(layers),
            (None, None) => Err("the answer has neither `layers` nor `error`".to_owned()),
        }
    }
}
