//! Names of all documents, made one.

use std::iter::Peekable;

use docmill_jsonl::Record;
use rustc_hash::FxHashMap;

use crate::corrections::Corrections;
use crate::error::ArchiveError;
use crate::filing::file;
use crate::group::{Group, GroupRows, fit};
use crate::row::{NameKind, NameRow};
use crate::sighting::{Sighting, Sightings};
use crate::sort::{Sorted, Sorter};
use crate::words::Lists;

/// What stands between the parts of a key.
pub(crate) const BETWEEN: char = '\u{1}';

/// Collects the names of records.
#[derive(Debug)]
pub struct Names {
    corrections: Corrections,
    lists: Lists,
    sorter: Sorter,
    documents: u64,
}

impl Names {
    /// None yet; corrections apply to all.
    pub fn new(corrections: Corrections) -> Self {
        Self { corrections, lists: Lists::shipped(), sorter: Sorter::new(), documents: 0 }
    }

    /// Adds the names of a record.
    ///
    /// # Errors
    /// Those of temporary files.
    pub fn push(&mut self, record: &Record) -> Result<(), ArchiveError> {
        self.documents += 1;
        for (key, sighting) in self.filed(record).names {
            self.sorter.push(key, serde_json::to_string(&sighting)?)?;
        }
        Ok(())
    }

    /// The names of a record, each with the key that it is filed under.
    fn filed(&mut self, record: &Record) -> Filed {
        let mut filed = Filed::default();
        for sighting in Sightings::new(record, &self.lists).of_cluster {
            let name = sighting.and_then(|mut sighting| {
                let key = file(&mut sighting, &mut self.corrections, &self.lists)?;
                let key = format!("{}{BETWEEN}{key}", sighting.kind.name());
                Some(filed.add(key, sighting))
            });
            filed.of_cluster.push(name);
        }
        filed
    }

    /// Records so far.
    pub fn documents(&self) -> u64 {
        self.documents
    }

    /// Corrections of names that no document had: lines and names.
    pub fn unused_corrections(&self) -> Vec<(usize, &str)> {
        self.corrections.unused()
    }

    /// The rows by kind, those of most documents first.
    ///
    /// # Errors
    /// Those of temporary files.
    pub fn rows(self) -> Result<Rows, ArchiveError> {
        let mut groups = Groups::new(self.sorter, self.corrections)?;
        let mut sorter = Sorter::new();
        while let Some((_, group)) = groups.next_group()? {
            for row in group.rows {
                let kind = NameKind::ALL.iter().position(|(kind, _)| *kind == row.kind).unwrap_or_default();
                let key = format!("{kind}{:020}{}", u64::MAX - row.documents, row.name);
                sorter.push(key, serde_json::to_string(&row)?)?;
            }
        }
        Ok(Rows(sorter.sorted()?))
    }
}

/// The names of a document with their keys.
#[derive(Debug, Default)]
struct Filed {
    names: Vec<(String, Sighting)>,
    by_key: FxHashMap<String, Vec<usize>>,
    /// For each cluster its name.
    of_cluster: Vec<Option<usize>>,
}

impl Filed {
    /// Adds a name; one that is here already counts once, so that documents are counted once.
    fn add(&mut self, key: String, sighting: Sighting) -> usize {
        let of_key = self.by_key.entry(key.clone()).or_default();
        let fits = |&&i: &&usize| {
            let own = &self.names[i].1;
            fit(own.country.as_deref(), sighting.country.as_deref())
                && fit(own.mark.as_deref(), sighting.mark.as_deref())
        };
        if let Some(&i) = of_key.iter().find(fits) {
            self.names[i].1.add(sighting);
            return i;
        }
        of_key.push(self.names.len());
        self.names.push((key, sighting));
        self.names.len() - 1
    }
}

/// The rows of an archive, in order.
#[derive(Debug)]
pub struct Rows(Sorted);

impl Iterator for Rows {
    type Item = Result<NameRow, ArchiveError>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.0.next()?.map_err(ArchiveError::from);
        Some(row.and_then(|(_, row)| Ok(serde_json::from_str(&row)?)))
    }
}

/// The sightings of an archive, key by key.
#[derive(Debug)]
pub(crate) struct Groups {
    sightings: Peekable<Sorted>,
    corrections: Corrections,
}

impl Groups {
    pub fn new(sorter: Sorter, corrections: Corrections) -> Result<Self, ArchiveError> {
        Ok(Self { sightings: sorter.sorted()?.peekable(), corrections })
    }

    /// The next key, its kind included, with its rows.
    pub fn next_group(&mut self) -> Result<Option<(String, GroupRows)>, ArchiveError> {
        let Some(first) = self.sightings.next() else { return Ok(None) };
        let (key, sighting) = first?;
        let mut group = Group::default();
        group.add(serde_json::from_str(&sighting)?);
        let same =
            |next: &std::io::Result<(String, String)>| next.as_ref().is_ok_and(|(next, _)| *next == key);
        while let Some(next) = self.sightings.next_if(same) {
            group.add(serde_json::from_str(&next?.1)?);
        }
        let name = key.split_once(BETWEEN).map_or(key.as_str(), |(_, name)| name);
        let rows = group.rows(name, &self.corrections);
        Ok(Some((key, rows)))
    }
}
