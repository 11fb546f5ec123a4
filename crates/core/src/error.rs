//! Errors that stages and documents report.

use std::error::Error;
use std::path::PathBuf;

/// Why a stage could not be built, or could not annotate a document.
///
/// Every message says what is wrong and where, and `help` says how to fix it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StageError {
    /// A setting has a value that cannot work.
    #[error("setting `{key}`: {reason}; {help}")]
    Setting {
        /// The setting's key inside its stage, for instance `model`.
        key: String,
        /// What is wrong.
        reason: String,
        /// How to fix it.
        help: String,
    },
    /// A file that the stage needs is missing or unreadable.
    #[error("{}: {reason}; {help}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong.
        reason: String,
        /// How to fix it.
        help: String,
    },
    /// The stage ran and could not finish this document.
    #[error("{0}")]
    Document(String),
    /// The stage ran and could not finish this document, because of another error.
    #[error("{message}: {source}")]
    Caused {
        /// What the stage was at.
        message: String,
        /// What went wrong there.
        source: Box<dyn Error + Send + Sync>,
    },
    /// A layer that the stage requires is not there. The plan check prevents this in a run.
    #[error("layer `{0}` is missing; add the stage that provides it before this one")]
    MissingLayer(&'static str),
    /// The stage panicked; the message is the panic's.
    #[error("internal error: {0}; please report it with the document")]
    Panic(String),
}

impl StageError {
    /// A setting that cannot work, with its help text.
    ///
    /// ```
    /// use docmill_core::StageError;
    ///
    /// let error = StageError::setting("least", "is below 0", "give a number from 0 to 100");
    /// assert_eq!(error.to_string(), "setting `least`: is below 0; give a number from 0 to 100");
    /// ```
    pub fn setting(key: impl Into<String>, reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Setting { key: key.into(), reason: reason.into(), help: help.into() }
    }

    /// A document that could not be finished because of another error, whose own causes are kept.
    ///
    /// ```
    /// use std::error::Error as _;
    /// use docmill_core::StageError;
    ///
    /// let parse = "nine".parse::<u32>().unwrap_err();
    /// let error = StageError::caused("the list of dates is damaged", parse);
    /// assert_eq!(error.source().unwrap().to_string(), "invalid digit found in string");
    /// ```
    pub fn caused(message: impl Into<String>, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Caused { message: message.into(), source: source.into() }
    }

    /// A file that cannot be used, with its help text.
    ///
    /// ```
    /// use docmill_core::StageError;
    ///
    /// let error = StageError::file("words.txt", "is empty", "write one word a line");
    /// assert_eq!(error.to_string(), "words.txt: is empty; write one word a line");
    /// ```
    pub fn file(path: impl Into<PathBuf>, reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self::File { path: path.into(), reason: reason.into(), help: help.into() }
    }
}

/// Why an input did not become a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// Positions are 32-bit.
    #[error("text of {0} bytes is over the limit of 4 GiB; split it into smaller documents")]
    TooLong(usize),
}
