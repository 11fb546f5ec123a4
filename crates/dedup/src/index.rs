//! The documents that have been seen, and which of them a new one doubles.

use crate::signature::{BANDS, ROWS, Signature, VALUES, matches, similarity};
use crate::table::Table;
use crate::words::mix;
use crate::{Find, Settings};

/// Documents of one band that are kept: what more of them share is boilerplate, and comparing with all would take the
/// square of their number. They are still found by their other bands.
const PER_BAND: usize = 32;

/// First occurrences, in the order in which they were inserted.
///
/// Takes some 270 bytes for each and its id: 144 of its signature, 16 tables of 4 to 7 bytes, 20 of other things; without
/// near duplicates some 40 and its id. Looking up costs at most 512 comparisons of 128 bytes.
#[derive(Debug)]
pub struct Index {
    near: bool,
    /// Values that must be the same.
    least: usize,
    contents: Vec<[u8; 16]>,
    /// Empty unless near duplicates are looked for.
    values: Vec<[u8; VALUES]>,
    kept: Vec<Kept>,
    ids: Vec<u8>,
    exact: Table,
    bands: Vec<Table>,
}

/// What else is kept of a document.
#[derive(Debug, Clone, Copy)]
struct Kept {
    /// End of its id.
    id_end: u64,
    /// Whether its record has every layer.
    whole: bool,
}

/// An earlier document that says the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// Its number: how many were inserted before it.
    pub first: u32,
    /// How much it is the same.
    pub kind: Kind,
    /// Share of three-word sequences in common, estimated; 1 if exact.
    pub similarity: f64,
}

/// How much two documents are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Up to white space.
    Exact,
    /// Nearly.
    Near,
}

impl Index {
    /// An empty index.
    pub fn new(settings: &Settings) -> Self {
        let near = settings.find == Find::Near;
        let enough = |matches: &usize| similarity(*matches) >= settings.threshold;
        Self {
            near,
            least: (0..=VALUES).find(enough).unwrap_or(VALUES),
            contents: Vec::new(),
            values: Vec::new(),
            kept: Vec::new(),
            ids: Vec::new(),
            exact: Table::default(),
            bands: if near { vec![Table::default(); BANDS] } else { Vec::new() },
        }
    }

    /// The first document that this one doubles. What is inserted later never changes the answer, unless there was none.
    pub fn find(&self, signature: &Signature) -> Option<Match> {
        let hash = content_hash(&signature.content);
        let mut same = self.exact.candidates(hash);
        if let Some(first) = same.find(|&n| self.contents[n as usize] == signature.content) {
            return Some(Match { first, kind: Kind::Exact, similarity: 1.0 });
        }
        let near = signature.near.as_ref().filter(|_| self.near)?;
        let found = (0..BANDS).filter_map(|band| {
            let alike = |&n: &u32| matches(&self.values[n as usize], near) >= self.least;
            self.in_band(band, band_of(near, band)).find(alike)
        });
        let first = found.min()?;
        let similarity = similarity(matches(&self.values[first as usize], near));
        Some(Match { first, kind: Kind::Near, similarity })
    }

    /// Adds a document that doubles no other. `whole`: its record has every layer, so that a double of it can be left
    /// out. Up to 4 billion.
    pub fn insert(&mut self, id: &str, signature: &Signature, whole: bool) {
        let number = self.kept.len() as u32;
        push(&mut self.contents, signature.content);
        reserve(&mut self.ids, id.len());
        self.ids.extend_from_slice(id.as_bytes());
        push(&mut self.kept, Kept { id_end: self.ids.len() as u64, whole });
        let contents = &self.contents;
        self.exact.insert(number, content_hash(&signature.content), |n| content_hash(&contents[n as usize]));
        if !self.near {
            return;
        }
        push(&mut self.values, signature.near.unwrap_or([0; VALUES]));
        let Some(near) = &signature.near else { return };
        for band in 0..BANDS {
            let key = band_of(near, band);
            if self.in_band(band, key).nth(PER_BAND - 1).is_none() {
                let values = &self.values;
                self.bands[band].insert(number, mix(key), |n| mix(band_of(&values[n as usize], band)));
            }
        }
    }

    /// The documents with this band, oldest first.
    fn in_band(&self, band: usize, key: u64) -> impl Iterator<Item = u32> + '_ {
        self.bands[band].candidates(mix(key)).filter(move |&n| band_of(&self.values[n as usize], band) == key)
    }

    /// Id of a document.
    pub fn id(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.kept[before].id_end as usize);
        let id = self.ids.get(start..self.kept[number].id_end as usize).unwrap_or_default();
        std::str::from_utf8(id).unwrap_or_default()
    }

    /// Whether the record of a document has every layer.
    pub fn is_whole(&self, number: u32) -> bool {
        self.kept[number as usize].whole
    }

    /// Number of documents.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Bytes of memory that it takes.
    pub fn bytes(&self) -> usize {
        let tables: usize = self.bands.iter().chain([&self.exact]).map(Table::bytes).sum();
        self.contents.capacity() * 16
            + self.values.capacity() * VALUES
            + self.kept.capacity() * size_of::<Kept>()
            + self.ids.capacity()
            + tables
    }
}

fn content_hash(content: &[u8; 16]) -> u64 {
    let [first, ..] = content.as_chunks().0 else { return 0 };
    u64::from_le_bytes(*first)
}

fn band_of(values: &[u8; VALUES], band: usize) -> u64 {
    values.as_chunks::<ROWS>().0.get(band).map_or(0, |rows| u64::from_le_bytes(*rows))
}

/// Grows by an eighth, not twofold: the lists are long, and the system moves pages, not bytes.
fn reserve<T>(list: &mut Vec<T>, more: usize) {
    if list.len() + more > list.capacity() {
        list.reserve_exact(more.max(list.len() / 8 + 64));
    }
}

fn push<T>(list: &mut Vec<T>, item: T) {
    reserve(list, 1);
    list.push(item);
}

#[cfg(test)]
mod tests;
