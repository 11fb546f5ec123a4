//! What a run has done so far, on disk: what it resumes from after a crash.
//!
//! A journal is a text file beside the output: lines of JSON, each with a checksum of it and of what stands before it. The first line holds the [facts](Recovered::facts) that decide
//! the output; then comes an [`Entry`] for each input in input order, and, every few seconds, a commit: from here on
//! the output is safe up to a stated place. What follows the last commit never happened.
//!
//! - [`Journal`]: opens, locks, appends, commits.
//! - [`Recovered`]: what an earlier run has left, with a [`Checkpoint`] for each commit.
//! - [`Entries`]: the inputs that are done, one by one, in constant memory.
//! - [`differences`]: what has changed in the facts, in words.
//! - [`Changes`]: which inputs have changed, by name and number.

mod chain;
mod changes;
mod differences;
mod entry;
mod error;
mod holder;
mod journal;
mod line;
mod recovered;

pub use changes::{Change, Changes, Tally};
pub use differences::differences;
pub use entry::{Ending, Entry};
pub use error::JournalError;
pub use journal::Journal;
pub use recovered::{Checkpoint, Entries, Recovered};
