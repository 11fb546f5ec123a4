//! What can be set.

use docmill_core::schemars::{self, JsonSchema};
use serde::Deserialize;

/// Settings of the stage `quotes`. Citations, clusters, mentions, roles and syntax are used if their stages come before it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct QuoteSettings {
    /// Whether to include what somebody believes, wants, plans or fears, besides what somebody says. Off by default.
    pub attitudes: bool,
    /// Whether to include quotations without a speaker ("it is expected that ...", "the plan appears to ...").
    pub unattributed: bool,
}

impl Default for QuoteSettings {
    fn default() -> Self {
        Self { attitudes: false, unattributed: true }
    }
}
