use std::io;
use std::path::PathBuf;

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// Temporary files cannot be written or read.
    #[error("{}: temporary files for sorting: {source}; TMPDIR names another folder", std::env::temp_dir().display())]
    Sorting {
        /// What the system said.
        #[from]
        source: io::Error,
    },
    /// The system refused to write a file.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file whose name tells no format.
    #[error("{}: {why}", path.display())]
    NoFormat {
        /// The file.
        path: PathBuf,
        /// What is wrong, and how to mend it.
        why: &'static str,
    },
    /// The table cannot be written.
    #[error(transparent)]
    Tables(#[from] docmill_tables::TablesError),
    /// The lines cannot be written.
    #[error(transparent)]
    Jsonl(#[from] docmill_jsonl::JsonlError),
    /// A line of a file of corrections.
    #[error("{file}:{line}: {reason}")]
    Correction {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong, and how to mend it.
        reason: String,
    },
    /// A line of a temporary file does not parse.
    #[error("temporary files for sorting were changed: {0}")]
    Changed(#[from] serde_json::Error),
}
