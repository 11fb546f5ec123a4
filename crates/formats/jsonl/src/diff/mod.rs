//! What changed between two outputs.
//!
//! Documents are matched by id, whatever their order; items of a layer by where they stand in the text, so that the
//! ordinal ids of a record (`e12`), which move with every item before them, are never compared.

mod items;
mod values;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::JsonlError;
use crate::in_order::InOrder;
use crate::lookahead::{Ids, Lookahead, id_of};

pub use items::{Change, Difference};
pub use values::Field;

/// Bytes of records that are held while the records of one output are looked for in the other.
const HELD: usize = 256 << 20;
/// Keys that say how a record was made, not what it says.
const PASSED_OVER: [&str; 5] = ["schema_version", "run_id", "id", "offset_unit", "text"];

/// How outputs are compared.
#[derive(Debug, Clone, Copy)]
pub struct DiffSettings {
    /// Numbers with a decimal point are the same if they differ by no more than this.
    pub tolerance: f64,
    /// Differences that are listed; all are counted.
    pub listed: usize,
}

/// What changed between two outputs, A and B.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Diff {
    /// Records in A.
    pub documents_a: u64,
    /// Records in B.
    pub documents_b: u64,
    /// Documents in both that say the same.
    pub same: u64,
    /// Documents in both that do not.
    pub changed: u64,
    /// Those of them whose text changed: their layers are not compared, since positions mean something else.
    pub text_changed: u64,
    /// Documents in A alone.
    pub removed: u64,
    /// Documents in B alone.
    pub added: u64,
    /// Ids of documents in A alone, the first of them.
    pub removed_ids: Vec<String>,
    /// Ids of documents in B alone, the first of them.
    pub added_ids: Vec<String>,
    /// What changed in the documents that both have and whose text is the same, by layer.
    pub layers: BTreeMap<String, LayerDiff>,
    /// The first differences of those documents.
    pub differences: Vec<Difference>,
}

/// What changed in one layer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct LayerDiff {
    /// Documents in which it changed.
    pub documents: u64,
    /// Items in B alone.
    pub added: u64,
    /// Items in A alone.
    pub removed: u64,
    /// Items of which more than scores changed.
    pub changed: u64,
    /// Items of which only scores changed, by more than the tolerance.
    pub scores: u64,
}

impl Diff {
    /// True if nothing changed.
    pub fn is_same(&self) -> bool {
        self.changed == 0 && self.added == 0 && self.removed == 0
    }

    fn note(&mut self, changes: Vec<Difference>, listed: usize) {
        let mut last = "";
        for change in &changes {
            let counts = self.layers.entry(change.layer.clone()).or_default();
            counts.documents += u64::from(change.layer != last);
            match change.change {
                Change::Added => counts.added += 1,
                Change::Removed => counts.removed += 1,
                Change::Changed => counts.changed += 1,
                Change::Score => counts.scores += 1,
            }
            last = &change.layer;
        }
        let room = listed.saturating_sub(self.differences.len());
        self.differences.extend(changes.into_iter().take(room));
    }
}

/// Compares two outputs: files or folders of parts. Each is read twice, first for its ids (8 bytes a record stay in
/// memory); where the two are in the same order, no more than a record of each is held.
///
/// # Errors
/// If one cannot be read, holds an id twice, or if the orders differ so much that more than 256 MB had to be held.
pub fn diff(a: &Path, b: &Path, settings: DiffSettings) -> Result<Diff, JsonlError> {
    let ids = Ids::read(a)?;
    let mut others = Lookahead::open(b, HELD)?;
    let mut records = InOrder::open(a)?;
    let mut diff = Diff::default();
    let mut added = Vec::new();
    while let Some(line) = records.next_line()? {
        diff.documents_a += 1;
        let id = id_of(line, a, diff.documents_a)?;
        let wanted = |other: &str| {
            let known = ids.has(other);
            if !known {
                added.push(other.to_owned());
            }
            known
        };
        let other = others.take(&id, wanted)?;
        for id in added.drain(..) {
            list(&mut diff.added, &mut diff.added_ids, id, settings.listed);
        }
        match other {
            Some(other) if other == line => diff.same += 1,
            Some(other) => compare(&mut diff, (line, a), (&other, b), &id, settings)?,
            None if others.dropped() > 0 => return Err(far_away(b, &id)),
            None => list(&mut diff.removed, &mut diff.removed_ids, id, settings.listed),
        }
    }
    while let Some((id, _)) = others.next_record()? {
        list(&mut diff.added, &mut diff.added_ids, id, settings.listed);
    }
    diff.documents_b = diff.documents_a - diff.removed + diff.added;
    Ok(diff)
}

fn list(count: &mut u64, ids: &mut Vec<String>, id: String, most: usize) {
    *count += 1;
    if ids.len() < most {
        ids.push(id);
    }
}

fn far_away(path: &Path, id: &str) -> JsonlError {
    let message = format!(
        "`{id}` is more than {} MB of records away from its place in the other output; sort both outputs in the same order",
        HELD >> 20
    );
    JsonlError::Record { path: path.to_owned(), message }
}

/// Compares two records of one document.
fn compare(
    diff: &mut Diff,
    (line_a, path_a): (&[u8], &Path),
    (line_b, path_b): (&[u8], &Path),
    id: &str,
    settings: DiffSettings,
) -> Result<(), JsonlError> {
    let (a, b) = (object(line_a, path_a, id)?, object(line_b, path_b, id)?);
    if a.get("offset_unit") != b.get("offset_unit") {
        let message = format!("`{id}`: positions count something else than in {}", path_a.display());
        return Err(JsonlError::Record { path: path_b.to_owned(), message });
    }
    if changed_text(&a, &b) {
        diff.changed += 1;
        diff.text_changed += 1;
        return Ok(());
    }
    let (a, b) = (items::layers(a), items::layers(b));
    let mut changes = Vec::new();
    let keys: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    for layer in keys {
        items::compare(id, layer, a.get(layer), b.get(layer), settings.tolerance, &mut changes);
    }
    if changes.is_empty() {
        diff.same += 1;
    } else {
        diff.changed += 1;
    }
    diff.note(changes, settings.listed);
    Ok(())
}

fn object(line: &[u8], path: &Path, id: &str) -> Result<Map<String, Value>, JsonlError> {
    serde_json::from_slice(line).map_err(|error| JsonlError::Record {
        path: path.to_owned(),
        message: format!("`{id}`: not a docmill record: {error}"),
    })
}

/// Whether the text changed, by the records' texts if they hold them, else by the hash of what was read.
fn changed_text(a: &Map<String, Value>, b: &Map<String, Value>) -> bool {
    let text = |record: &'_ Map<String, Value>| record.get("text").and_then(Value::as_str).map(str::to_owned);
    let hash =
        |record: &Map<String, Value>| record.get("source").and_then(|source| source.get("sha256")).cloned();
    match (text(a), text(b)) {
        (Some(a), Some(b)) => a != b,
        _ => hash(a) != hash(b),
    }
}

#[cfg(test)]
mod tests;
