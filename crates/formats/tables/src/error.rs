//! What can go wrong with tables.

use std::io;
use std::path::{Path, PathBuf};

use parquet::errors::ParquetError;

/// Why tables could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TablesError {
    /// The system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The folder is somebody else's.
    #[error("{}: contains {other}, which docmill does not replace; name a new or empty folder", path.display())]
    ForeignFile {
        /// The folder.
        path: PathBuf,
        /// The file in it.
        other: String,
    },
    /// The folder is a file, or has no name.
    #[error("{}: {why}; name a folder", path.display())]
    NoFolder {
        /// What was named.
        path: PathBuf,
        /// What it is.
        why: &'static str,
    },
    /// The Parquet writer refused, which it does for the system's reasons.
    #[error("{}: {source}", path.display())]
    Parquet {
        /// The file.
        path: PathBuf,
        /// What it said.
        source: ParquetError,
    },
}

impl TablesError {
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    pub(crate) fn parquet(path: &Path) -> impl FnOnce(ParquetError) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Parquet { path, source }
    }
}
