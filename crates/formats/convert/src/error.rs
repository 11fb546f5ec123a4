//! What can go wrong.

use std::io;
use std::path::{Path, PathBuf};

/// Why a record could not be converted, or a folder not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConvertError {
    /// There is nothing for positions to refer to.
    #[error(
        "document `{0}` has no text, because the run left texts out; run again with --set output.text=true"
    )]
    NoText(String),
    /// A position is not in the text.
    #[error("document `{id}`: {start}..{end} is not a span of its text; run `docmill verify` for details")]
    NoSpan {
        /// The document.
        id: String,
        /// First position.
        start: u32,
        /// One past the last.
        end: u32,
    },
    /// The system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Something is in the way.
    #[error("{}: {why}", path.display())]
    InTheWay {
        /// What was named.
        path: PathBuf,
        /// What it is, and how to fix it.
        why: String,
    },
    /// A value does not serialize.
    #[error("not serializable as JSON: {0}")]
    Serialize(#[from] serde_json::Error),
}

impl ConvertError {
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
