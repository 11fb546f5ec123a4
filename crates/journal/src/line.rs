//! The lines of a journal.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Entry;
use crate::chain::Chain;

/// Form of the journal that this program writes.
pub(crate) const VERSION: u32 = 2;

/// A line as it is read.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Line<S> {
    Journal(Header),
    Doc(Entry),
    Commit(S),
    Done(S),
}

/// A line as it is written.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LineRef<'l, S> {
    Journal(&'l Header),
    Doc(&'l Entry),
    Commit(&'l S),
    Done(&'l S),
}

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Header {
    pub version: u32,
    pub facts: Value,
}

/// Appends a line with its checksum and line feed.
pub(crate) fn push<S: Serialize>(
    lines: &mut Vec<u8>,
    chain: &mut Chain,
    line: &LineRef<'_, S>,
) -> Result<(), serde_json::Error> {
    let start = lines.len();
    serde_json::to_writer(&mut *lines, line)?;
    chain.seal(lines, start);
    Ok(())
}
