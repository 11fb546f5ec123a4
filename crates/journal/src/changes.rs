//! Which inputs have changed since they were done.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use serde::de::DeserializeOwned;

use crate::{Entries, Entry, JournalError};

/// Names that are kept of each kind; all are counted.
const NAMED: usize = 10;

/// How an input differs from what was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Other content under the same id.
    Changed,
    /// Not there before.
    Added,
    /// No longer there.
    Removed,
}

/// Inputs of one kind of change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many.
    pub count: u64,
    /// Ids of the first of them.
    pub names: Vec<String>,
}

/// Which of the inputs that are done have changed, in a walk over the inputs as they are now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Other content under the same id.
    pub changed: Tally,
    /// New, and in front of an input that was done.
    pub added: Tally,
    /// Done, and no longer there.
    pub removed: Tally,
    /// Inputs in front of the first change.
    pub same: u64,
}

impl Changes {
    /// Walks over the inputs that are done: as many of `inputs` as there are entries, if nothing has changed. The
    /// walk goes on behind them, to the last entry that is found again, only once an id is another.
    ///
    /// `entries` opens the entries, twice if something is gone; `same` says whether an input is what its entry says
    /// (whose id may be left out).
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn find<S: DeserializeOwned, I>(
        entries: impl Fn() -> Result<Entries<S>, JournalError>,
        inputs: &mut impl Iterator<Item = I>,
        id: impl Fn(&I) -> String,
        mut same: impl FnMut(&I, &Entry) -> bool,
    ) -> Result<Self, JournalError> {
        let mut found = Self::default();
        let mut earlier = entries()?;
        while let Some(entry) = earlier.next() {
            let entry = entry?;
            let input = inputs.next();
            match &input {
                Some(input) if id(input) == entry.id => {
                    if !same(input, &entry) {
                        found.add(Change::Changed, entry.id);
                    }
                    found.same += u64::from(!found.any());
                }
                _ => {
                    let rest = [Ok(entry)].into_iter().chain(earlier);
                    found.search(rest, input.into_iter().chain(inputs), id, same, &entries)?;
                    break;
                }
            }
        }
        Ok(found)
    }

    /// True if something has changed.
    pub fn any(&self) -> bool {
        self.changed.count + self.added.count + self.removed.count > 0
    }

    /// From here on inputs and entries are out of step: each input is looked up. Takes some 200 bytes of memory for
    /// each entry left.
    fn search<S: DeserializeOwned, I>(
        &mut self,
        rest: impl Iterator<Item = Result<Entry, JournalError>>,
        inputs: impl Iterator<Item = I>,
        id: impl Fn(&I) -> String,
        mut same: impl FnMut(&I, &Entry) -> bool,
        entries: impl Fn() -> Result<Entries<S>, JournalError>,
    ) -> Result<(), JournalError> {
        let hasher = RandomState::new();
        let mut left = HashMap::new();
        for entry in rest {
            let mut entry = entry?;
            left.insert(hasher.hash_one(std::mem::take(&mut entry.id)), entry);
        }
        // Inputs that are new if an entry follows them, and simply not done yet if none does.
        let mut new = Tally::default();
        for input in inputs {
            if left.is_empty() {
                break;
            }
            let id = id(&input);
            match left.remove(&hasher.hash_one(&id)) {
                None => new.add(id),
                Some(entry) => {
                    self.added.append(&mut new);
                    if !same(&input, &entry) {
                        self.add(Change::Changed, id);
                    }
                }
            }
        }
        if !left.is_empty() {
            for entry in entries()? {
                let id = entry?.id;
                if left.contains_key(&hasher.hash_one(&id)) {
                    self.add(Change::Removed, id);
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, change: Change, id: String) {
        match change {
            Change::Changed => self.changed.add(id),
            Change::Added => self.added.add(id),
            Change::Removed => self.removed.add(id),
        }
    }
}

impl Tally {
    fn add(&mut self, id: String) {
        self.count += 1;
        if self.names.len() < NAMED {
            self.names.push(id);
        }
    }

    fn append(&mut self, other: &mut Self) {
        self.count += std::mem::take(&mut other.count);
        self.names.append(&mut other.names);
        self.names.truncate(NAMED);
    }
}
