//! What can go wrong at the output.

use std::io;
use std::path::{Path, PathBuf};

/// Why an output could not be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JsonlError {
    /// The system refused to write.
    #[error("{}: {source}{}", path.display(), write_mend(source))]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The system refused to read, or the file is damaged.
    #[error("{}: {source}{}", path.display(), read_mend(source))]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A line is no record.
    #[error("{}:{line}: {message}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// 1-based line.
        line: u64,
        /// What is wrong with it.
        message: String,
    },
    /// A record is not what it should be.
    #[error("{}: {message}", path.display())]
    Record {
        /// The output.
        path: PathBuf,
        /// What is wrong, with the record's id.
        message: String,
    },
    /// A file is not what was written.
    #[error("{}: changed since it was written: {why}", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
        /// What tells so.
        why: String,
    },
    /// The file that was being written is no longer under its name.
    #[error("{}: disappeared, because its folder was removed or moved during the run", .0.display())]
    Gone(PathBuf),
    /// A layer takes the name of a key that every record has, or of another layer.
    #[error("the layer `{0}` has the name of another key in the record; rename the layer")]
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

    pub(crate) fn read(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Read { path, source }
    }
}

fn write_mend(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "; make the folder first, or name another",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "; choose a folder that may be written to"
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "; free some space and run again"
        }
        _ => "",
    }
}

fn read_mend(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "; check the name",
        io::ErrorKind::PermissionDenied => "; ask for the right to read it",
        io::ErrorKind::UnexpectedEof => "; the file ends early: make or copy it again",
        _ => "",
    }
}
