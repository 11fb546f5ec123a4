//! The documents that a page shows in full, kept outside of memory until the page is written.

use std::collections::{BTreeMap, BinaryHeap};
use std::io::{self, Read, Seek, SeekFrom, Write};

use sha2::{Digest, Sha256};
use tempfile::SpooledTempFile;

/// Bytes that are kept in memory; what goes beyond is in a temporary file.
const IN_MEMORY: usize = 64 << 20;

/// Documents by number. Of more than `limit`, those are kept whose ids have the smallest hashes: a sample over the whole
/// archive that is the same in every run and whatever the order of documents.
pub(crate) struct Texts {
    limit: usize,
    file: SpooledTempFile,
    /// Where the next document goes.
    end: u64,
    kept: BTreeMap<u32, (u64, usize)>,
    drawn: BinaryHeap<(u64, u32)>,
}

impl Texts {
    /// Room for `limit` documents.
    pub fn new(limit: usize) -> Self {
        let file = SpooledTempFile::new(IN_MEMORY);
        Self { limit, file, end: 0, kept: BTreeMap::new(), drawn: BinaryHeap::new() }
    }

    /// Adds a document if it belongs to the sample so far; `make` is asked for it only then.
    pub fn add(
        &mut self,
        number: u32,
        id: &str,
        make: impl FnOnce() -> io::Result<String>,
    ) -> io::Result<()> {
        let hash = hash(id);
        if self.drawn.len() == self.limit {
            match self.drawn.peek() {
                Some(&(largest, out)) if hash < largest => {
                    self.drawn.pop();
                    self.kept.remove(&out);
                }
                _ => return Ok(()),
            }
        }
        let document = make()?;
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(document.as_bytes())?;
        self.kept.insert(number, (self.end, document.len()));
        self.drawn.push((hash, number));
        self.end += document.len() as u64;
        Ok(())
    }

    /// The numbers of the documents that are kept, ascending.
    pub fn numbers(&self) -> Vec<u32> {
        self.kept.keys().copied().collect()
    }

    /// A document as it was added.
    pub fn get(&mut self, number: u32) -> io::Result<Option<Vec<u8>>> {
        let Some(&(start, length)) = self.kept.get(&number) else { return Ok(None) };
        let mut document = vec![0; length];
        self.file.seek(SeekFrom::Start(start))?;
        self.file.read_exact(&mut document)?;
        Ok(Some(document))
    }
}

fn hash(id: &str) -> u64 {
    let digest = Sha256::digest(id);
    digest.iter().take(8).fold(0, |hash, &byte| hash << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(ids: &[String], limit: usize) -> Vec<String> {
        let mut texts = Texts::new(limit);
        for (id, number) in ids.iter().zip(0..) {
            texts.add(number, id, || Ok(format!("text of {id}"))).unwrap();
        }
        let numbers = texts.numbers();
        let found: Vec<String> = (numbers.iter())
            .map(|&number| String::from_utf8(texts.get(number).unwrap().unwrap()).unwrap())
            .collect();
        let wanted: Vec<String> =
            numbers.iter().map(|&number| format!("text of {}", ids[number as usize])).collect();
        assert_eq!(found, wanted);
        found
    }

    #[test]
    fn up_to_the_limit_all_are_kept() {
        let ids: Vec<String> = (0..20).map(|i| i.to_string()).collect();
        assert_eq!(drawn(&ids, 20).len(), 20);
    }

    #[test]
    fn the_sample_does_not_depend_on_the_order() {
        let ids: Vec<String> = (0..300).map(|i| i.to_string()).collect();
        let mut forward = drawn(&ids, 10);
        let mut backward = drawn(&ids.iter().rev().cloned().collect::<Vec<_>>(), 10);
        forward.sort();
        backward.sort();
        assert_eq!(forward.len(), 10);
        assert_eq!(forward, backward);
        // Drawn from everywhere, not from the front.
        assert!(forward.iter().any(|text| text.len() > "text of 99".len()));
    }

    #[test]
    fn a_document_that_was_not_drawn_is_not_there() {
        let mut texts = Texts::new(1);
        for number in 0..5 {
            texts.add(number, &number.to_string(), || Ok(number.to_string())).unwrap();
        }
        let kept = texts.numbers();
        assert_eq!(kept.len(), 1);
        let found = (0..5).filter(|&number| texts.get(number).unwrap().is_some()).collect::<Vec<_>>();
        assert_eq!(found, kept);
    }
}
