//! Where a document came from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a document came from, enough to find the very bytes again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Path of the file as named on the command line or found under a named folder, with `/` separators; `-` is
    /// standard input.
    pub path: String,
    /// Path of the member inside an archive.
    pub member: Option<String>,
    /// 1-based line or record number inside a file of many documents.
    pub line: Option<u64>,
    /// SHA-256 of the document's bytes as read, in lower-case hexadecimal; `null` if they could not be read.
    pub sha256: Option<String>,
    /// Length of those bytes.
    pub bytes: u64,
    /// How the text was written down, by its label in the WHATWG Encoding Standard (`UTF-8`, `windows-1252`), as
    /// stated by a byte order mark or the container, or else as detected; `null` if nothing was decoded.
    pub encoding: Option<String>,
    /// Malformed byte sequences that stand as U+FFFD in the text.
    #[serde(default)]
    pub replaced: u64,
    /// When the document's own file was last changed, as known before it was read (nanoseconds since 1970). Never in
    /// the output, which does not depend on time.
    #[serde(skip)]
    pub modified: Option<u64>,
}

/// An input that did not become a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The id that the document would have had.
    pub id: String,
    /// Where it is.
    pub source: Source,
    /// Why.
    pub message: String,
}

impl Source {
    /// The id that a document gets when its container gives none: path, member and line, joined by `!` and `#`.
    ///
    /// ```
    /// use docmill_core::Source;
    ///
    /// let row = Source { path: "in/a.zip".into(), member: Some("b.csv".into()), line: Some(7), ..Source::default() };
    /// assert_eq!(row.id(), "in/a.zip!b.csv#7");
    /// ```
    pub fn id(&self) -> String {
        let mut id = self.path.clone();
        if let Some(member) = &self.member {
            id.push('!');
            id.push_str(member);
        }
        if let Some(line) = self.line {
            id.push('#');
            id.push_str(&line.to_string());
        }
        id
    }
}
