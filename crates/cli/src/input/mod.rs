//! What is read: files, folders, standard input.

mod read;
mod walk;

use schemars::JsonSchema;
use serde::Deserialize;

pub use read::load;
pub use walk::{Input, check_named, walk};

/// What is taken up, and what is too large.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct InputSettings {
    /// Extensions of the files that are taken up inside folders, without the dot, in any case. A file named on the
    /// command line is always taken up.
    pub extensions: Vec<String>,
    /// A longer document (bytes) is reported and left out.
    pub max_bytes: u64,
}

impl Default for InputSettings {
    fn default() -> Self {
        Self { extensions: vec!["txt".to_owned()], max_bytes: 32 << 20 }
    }
}
