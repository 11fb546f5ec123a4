//! Files in folders, archives and letters that nothing reads, counted by the ends of their names.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Kinds that are counted one by one; more are counted together.
const KINDS: usize = 50;

/// Files that were passed over.
#[derive(Debug, Default)]
pub(crate) struct Passed(Mutex<BTreeMap<String, u64>>);

impl Passed {
    /// Counts a file.
    pub fn add(&self, name: &str) {
        let name = name.rsplit('/').next().unwrap_or(name);
        let end = name.rsplit_once('.').filter(|(stem, end)| !stem.is_empty() && end.len() <= 12);
        let kind = end
            .map_or_else(|| "without an extension".to_owned(), |(_, end)| format!(".{}", end.to_lowercase()));
        let mut kinds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kinds.contains_key(&kind) || kinds.len() < KINDS;
        *kinds.entry(if known { kind } else { "others".to_owned() }).or_default() += 1;
    }

    /// Forgets all.
    pub fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The kinds, the commonest first.
    pub fn all(&self) -> Vec<(String, u64)> {
        let mut all: Vec<_> =
            self.0.lock().unwrap_or_else(PoisonError::into_inner).clone().into_iter().collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        all
    }
}
