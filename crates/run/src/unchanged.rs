//! Whether an input is what it was.

use docmill_input::{Archive, Item};
use docmill_journal::Entry;

/// Whether an input is what its journal entry says. A file that has kept its length and its time of change is not read;
/// everything else is hashed.
pub fn unchanged(archive: &Archive, item: &Item, entry: &Entry) -> bool {
    // What could not be read then stands in the output as failed; `docmill retry` sees whether it can be now.
    let Some(sha256) = &entry.sha256 else { return true };
    let modified = item.source().modified;
    if modified.is_some() && modified == entry.modified && item.size_hint() == entry.bytes {
        return true;
    }
    archive.fingerprint(item).is_some_and(|(hash, bytes)| hash == *sha256 && bytes == entry.bytes)
}
