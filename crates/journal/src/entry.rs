//! One input that is done.

use serde::{Deserialize, Serialize};

/// An input that is done, known by its content: who it is, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Id of the document.
    pub id: String,
    /// SHA-256 of its bytes as read, in lower-case hexadecimal; `None` if they could not be read.
    pub sha256: Option<String>,
    /// Length of those bytes.
    pub bytes: u64,
    /// When its file was last changed, as known before it was read (nanoseconds since 1970); `None` if it has no file
    /// of its own.
    pub modified: Option<u64>,
    /// How it ended.
    pub ending: Ending,
    /// Bytes of its line in the output before compression; 0 if it has none.
    pub line: u64,
    /// What later documents are compared with to tell whether they double this one; none if none are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

impl Entry {
    /// True if both are the same content under the same name.
    pub fn same_content(&self, sha256: Option<&str>, bytes: u64) -> bool {
        self.sha256.as_deref() == sha256 && self.bytes == bytes
    }
}

/// How an input ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ending {
    /// Written with every layer.
    Ok,
    /// Written as failed.
    Failed,
    /// Taken out on purpose.
    Filtered,
    /// Left out as the double of another.
    Duplicate,
}
