//! What can go wrong at the output.

use std::io;
use std::path::{Path, PathBuf};

/// Why an output could not be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JsonlError {
    /// The system refused.
    #[error("{}: {source}{}", path.display(), mend(source))]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A line is not JSON.
    #[error("{}:{line}: not JSON: {message}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// 1-based line.
        line: u64,
        /// What the parser said.
        message: String,
    },
    /// A layer takes the name of a key that every record has.
    #[error("the layer `{0}` has the name of a key of the record; rename the layer")]
    ReservedName(String),
    /// A value does not serialize.
    #[error("not serializable as JSON: {0}")]
    Serialize(#[from] serde_json::Error),
}

impl JsonlError {
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}

fn mend(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "; make the folder first, or name another",
        io::ErrorKind::PermissionDenied => "; choose a folder that may be written to",
        io::ErrorKind::StorageFull => "; free some space and run again",
        _ => "",
    }
}
