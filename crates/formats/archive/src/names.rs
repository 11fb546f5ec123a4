//! Names of all documents, made one.

use std::iter::Peekable;

use docmill_jsonl::Record;

use crate::corrections::Corrections;
use crate::error::ArchiveError;
use crate::filed::Filed;
use crate::filing::file;
use crate::group::{Group, GroupRows};
use crate::row::{NameKind, NameRow};
use crate::sighting::Sightings;
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
        self.add(record).map(|_| ())
    }

    /// The same; the names come back.
    pub(crate) fn add<'r>(&mut self, record: &'r Record) -> Result<Filed<'r>, ArchiveError> {
        self.documents += 1;
        let Sightings { of_cluster, by_id, by_entity, .. } = Sightings::new(record, &self.lists);
        let mut filed = Filed::new(by_id, by_entity);
        for sighting in of_cluster {
            filed.add(sighting.and_then(|mut sighting| {
                let key = file(&mut sighting, &mut self.corrections, &self.lists)?;
                Some((format!("{}{BETWEEN}{key}", sighting.kind.name()), sighting))
            }));
        }
        for (key, sighting) in &filed.names {
            self.sorter.push(key.clone(), serde_json::to_string(sighting)?)?;
        }
        Ok(filed)
    }

    /// Records so far.
    pub fn documents(&self) -> u64 {
        self.documents
    }

    /// Corrections of names that no document had: lines and names.
    pub fn unused_corrections(&self) -> Vec<(usize, &str)> {
        self.corrections.unused()
    }

    /// The names key by key.
    pub(crate) fn groups(self) -> Result<Groups, ArchiveError> {
        Ok(Groups { sightings: self.sorter.sorted()?.peekable(), corrections: self.corrections })
    }

    /// The rows by kind, those of most documents first.
    ///
    /// # Errors
    /// Those of temporary files.
    pub fn rows(self) -> Result<Rows, ArchiveError> {
        let mut groups = self.groups()?;
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
