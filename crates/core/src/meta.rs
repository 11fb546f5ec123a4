//! What is known about a document besides its text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Bibliographic facts. A field that is not known is `None`; what fits no field goes to `extra`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Meta {
    /// Headline.
    pub title: Option<String>,
    /// Journal, newspaper or agency.
    pub publication: Option<String>,
    /// Volume, as printed.
    pub volume: Option<String>,
    /// Issue, as printed.
    pub issue: Option<String>,
    /// Date of publication, ISO 8601 (`2005-09-20`).
    pub date: Option<String>,
    /// Author, as printed.
    pub author: Option<String>,
    /// Everything else, in order of appearance.
    pub extra: Vec<ExtraField>,
}

/// One further fact about a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExtraField {
    /// Name of the fact.
    pub key: String,
    /// Its value, as found.
    pub value: String,
}
