//! What can go wrong with a journal.

use std::io;
use std::path::{Path, PathBuf};

/// Why a journal could not be opened or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// The system refused.
    #[error("journal {}: {source}{}", path.display(), help(source))]
    Io {
        /// The journal.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another process writes it.
    #[error(
        "journal {}: {} writes this output; wait for it, or name another output",
        path.display(),
        holder.as_deref().unwrap_or("another docmill")
    )]
    Busy {
        /// The journal.
        path: PathBuf,
        /// The process, as far as the system tells.
        holder: Option<String>,
    },
    /// Another process wrote it, and ended in the moment in which this one began.
    #[error(
        "journal {}: another docmill finished this output just now; look at it, and run again to write it anew",
        path.display()
    )]
    Finished {
        /// The journal.
        path: PathBuf,
    },
    /// Its first line is not what was written.
    #[error(
        "journal {}: damaged in its first line, so that nothing can be resumed; restore the file, or start over with \
         --restart",
        path.display()
    )]
    Damaged {
        /// The journal.
        path: PathBuf,
    },
    /// Its form is unknown.
    #[error(
        "journal {}: form {found}, this program knows {known}; resume with the docmill that wrote it, or start over \
         with --restart",
        path.display()
    )]
    Version {
        /// The journal.
        path: PathBuf,
        /// The form it has.
        found: u32,
        /// The form that is known.
        known: u32,
    },
    /// The file is no longer under its name: the folder was removed or moved, or the file replaced.
    #[error("journal {}: disappeared, because the output's folder was removed or moved during the run", path.display())]
    Gone {
        /// The journal.
        path: PathBuf,
    },
    /// A value does not serialize.
    #[error("not serializable as JSON: {0}")]
    Serialize(#[from] serde_json::Error),
}

impl JournalError {
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}

// As docmill-jsonl says it of the output. Ten lines twice: neither crate has any other reason to know the other, and core
// knows nothing of files.
fn help(error: &io::Error) -> &'static str {
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
