//! Records of an output by their id, in about the order in which they stand.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::JsonlError;
use crate::in_order::InOrder;

/// Hashes of the ids of an output: 8 bytes a record. Two ids share one in one of four billion outputs of 100,000 records.
#[derive(Debug, Clone)]
pub struct Ids {
    hasher: RandomState,
    hashes: HashSet<u64>,
}

/// The key of a record that says which document it is of.
#[derive(Deserialize)]
struct Head<'a> {
    #[serde(borrow)]
    id: std::borrow::Cow<'a, str>,
}

/// Id of a record.
pub(crate) fn id_of(line: &[u8], path: &Path, number: u64) -> Result<String, JsonlError> {
    let head = serde_json::from_slice::<Head<'_>>(line);
    head.map(|head| head.id.into_owned()).map_err(|error| JsonlError::Line {
        path: path.to_owned(),
        line: number,
        message: format!("not a docmill record: {error}"),
    })
}

impl Ids {
    /// The ids of an output: a file or a folder of parts.
    ///
    /// # Errors
    /// Those of [`Reader::next_line`](crate::Reader::next_line), a line that is no record, and an id that stands twice.
    pub fn read(output: &Path) -> Result<Self, JsonlError> {
        let mut ids = Self { hasher: RandomState::new(), hashes: HashSet::new() };
        let mut lines = InOrder::open(output)?;
        let mut number = 0;
        while let Some(line) = lines.next_line()? {
            number += 1;
            let id = id_of(line, output, number)?;
            if !ids.hashes.insert(ids.hasher.hash_one(&id)) {
                let message =
                    format!("`{id}` is also the id of an earlier record; run `docmill verify` for details");
                return Err(JsonlError::Line { path: output.to_owned(), line: number, message });
            }
        }
        Ok(ids)
    }

    /// Whether the output has a record of this id.
    pub fn has(&self, id: &str) -> bool {
        self.hashes.contains(&self.hasher.hash_one(id))
    }
}

/// Hands out the records of an output by their id. It is read once, from front to back: asked for in the order in which
/// they stand, records cost no memory; what is read on the way to another one is held, up to a bound.
pub struct Lookahead {
    path: PathBuf,
    ids: Ids,
    lines: InOrder,
    number: u64,
    held: HashMap<String, Vec<u8>>,
    /// Ids in the order in which they were read; some are no longer held.
    order: VecDeque<String>,
    bytes: usize,
    most: usize,
    /// Records that were let go because too much was held.
    dropped: u64,
}

impl Lookahead {
    /// Opens an output; at most so many bytes of records are held.
    ///
    /// # Errors
    /// Those of [`Ids::read`].
    pub fn open(output: &Path, most: usize) -> Result<Self, JsonlError> {
        Ok(Self {
            path: output.to_owned(),
            ids: Ids::read(output)?,
            lines: InOrder::open(output)?,
            number: 0,
            held: HashMap::new(),
            order: VecDeque::new(),
            bytes: 0,
            most,
            dropped: 0,
        })
    }

    /// The ids of the output.
    pub fn ids(&self) -> &Ids {
        &self.ids
    }

    /// Records that were let go: they stand further from where they were asked for than what may be held.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// The record of `id`; none if there is none, or if it was let go. Only records whose id is `wanted` are held.
    ///
    /// # Errors
    /// Those of [`Reader::next_line`](crate::Reader::next_line), and a line that is no record.
    pub fn take(
        &mut self,
        id: &str,
        mut wanted: impl FnMut(&str) -> bool,
    ) -> Result<Option<Vec<u8>>, JsonlError> {
        if !self.ids.has(id) {
            return Ok(None);
        }
        if let Some(line) = self.held.remove(id) {
            self.bytes -= line.len();
            return Ok(Some(line));
        }
        while let Some((other, line)) = self.next_record()? {
            if other == id {
                return Ok(Some(line));
            }
            if wanted(&other) {
                self.hold(other, line);
            }
        }
        Ok(None)
    }

    /// The next record that stands in the output and was not yet read.
    ///
    /// # Errors
    /// Those of [`Reader::next_line`](crate::Reader::next_line), and a line that is no record.
    pub fn next_record(&mut self) -> Result<Option<(String, Vec<u8>)>, JsonlError> {
        let Some(line) = self.lines.next_line()? else { return Ok(None) };
        self.number += 1;
        Ok(Some((id_of(line, &self.path, self.number)?, line.to_vec())))
    }

    fn hold(&mut self, id: String, line: Vec<u8>) {
        self.bytes += line.len();
        self.order.push_back(id.clone());
        self.held.insert(id, line);
        while self.bytes > self.most {
            let Some(oldest) = self.order.pop_front() else { break };
            if let Some(line) = self.held.remove(&oldest) {
                self.bytes -= line.len();
                self.dropped += 1;
            }
        }
        // Ids of records that were handed out stand in the queue until they come to its front.
        if self.order.len() > 2 * self.held.len() + 64 {
            self.order.retain(|id| self.held.contains_key(id));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(ids: &[&str]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        let lines: Vec<String> = ids.iter().map(|id| format!("{{\"id\":\"{id}\"}}")).collect();
        std::fs::write(&path, lines.join("\n")).unwrap();
        (folder, path)
    }

    #[test]
    fn records_are_found_in_any_order_within_the_bound() {
        let (_folder, path) = output(&["a", "b", "c", "d"]);
        let mut all = Lookahead::open(&path, 1000).unwrap();
        for id in ["c", "a", "d", "b"] {
            let line = all.take(id, |_| true).unwrap().unwrap();
            assert_eq!(String::from_utf8(line).unwrap(), format!("{{\"id\":\"{id}\"}}"));
        }
        assert_eq!((all.bytes, all.dropped()), (0, 0));
        assert!(all.take("e", |_| true).unwrap().is_none());
        // Room for one record of ten bytes: `a` is let go when `b` is held.
        let mut few = Lookahead::open(&path, 15).unwrap();
        assert!(few.take("c", |_| true).unwrap().is_some());
        assert!(few.take("b", |_| true).unwrap().is_some());
        assert!(few.take("a", |_| true).unwrap().is_none());
        assert_eq!(few.dropped(), 1);
        // What is not wanted is not held.
        let mut some = Lookahead::open(&path, 15).unwrap();
        assert!(some.take("d", |id| id == "a").unwrap().is_some());
        assert!(some.take("a", |_| true).unwrap().is_some());
    }

    #[test]
    fn an_id_that_stands_twice_is_told() {
        let (_folder, path) = output(&["a", "b", "a"]);
        let error = Ids::read(&path).unwrap_err().to_string();
        assert!(error.contains("out.jsonl:3: `a` is also the id of an earlier record"), "{error}");
    }
}
