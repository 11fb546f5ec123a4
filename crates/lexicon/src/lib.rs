//! Words and names with their meaning: the lists of `data/en`, what a configuration adds to them, and the forms of
//! English words.
//!
//! A list is a file of tab-separated values with one entry a line. Comments at its head explain the columns; the first
//! line that is no comment names them. The build script reads all of them, so a shipped line that does not parse stops
//! the build. A configuration adds files of its own (`[lexicon] extend`), which [`check`] reads before a run.
//!
//! ```
//! use docmill_core::WordFile;
//! use docmill_lexicon::lists;
//!
//! let mine = WordFile::new("my.tsv", "# list: outlets\nname\tevidence\nSteppe Wire\talone\n");
//! let outlets = lists::OUTLETS.extended(&[mine])?;
//! assert!(outlets.rows().any(|row| row.get(0) == "Steppe Wire"));
//! # Ok::<(), docmill_lexicon::LexiconError>(())
//! ```

mod classes;
mod extend;
pub mod inflect;
pub mod lists;
mod read;
mod spec;
mod table;
mod words;

use docmill_core::StageError;

pub use extend::{check, counts};
pub use read::LexiconError;
pub use spec::{Column, Kind, List};
pub use table::{Row, Table};
pub use words::Words;

impl From<LexiconError> for StageError {
    fn from(error: LexiconError) -> Self {
        Self::file(format!("{}:{}", error.file, error.line), error.reason, error.help)
    }
}
