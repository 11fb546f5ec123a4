//! What a configuration adds to the shipped lists.

use std::borrow::Cow;
use std::collections::HashMap;

use docmill_core::WordFile;

use crate::lists;
use crate::read::{Entry, LexiconError, read};
use crate::spec::List;
use crate::table::{Row, Table};

impl List {
    /// The shipped entries.
    pub fn shipped(&'static self) -> &'static Table {
        self.read.get_or_init(|| {
            // The build script has read the same text by the same code.
            let entries = read(self.name, self.text, &[self]).unwrap_or_default();
            Table {
                rows: entries.into_iter().map(|entry| Row { fields: entry.fields, place: None }).collect(),
            }
        })
    }

    /// The shipped entries with those of `files` for this list. An entry that has the key of another takes its place.
    ///
    /// # Errors
    /// As [`check`].
    pub fn extended(&'static self, files: &[WordFile]) -> Result<Cow<'static, Table>, LexiconError> {
        if files.is_empty() {
            return Ok(Cow::Borrowed(self.shipped()));
        }
        let mut table = self.shipped().clone();
        let key = |row: &Row| row.fields[..self.key].to_vec();
        let mut places: HashMap<Vec<Box<str>>, usize> =
            table.rows.iter().enumerate().map(|(i, row)| (key(row), i)).collect();
        for file in files {
            for Entry { list, fields, line } in entries(file)? {
                if list.name != self.name {
                    continue;
                }
                let row = Row { fields, place: Some(format!("{}:{line}", file.name()).into()) };
                if let Some(&at) = places.get(&key(&row)) {
                    table.rows[at] = row;
                } else {
                    places.insert(key(&row), table.rows.len());
                    table.rows.push(row);
                }
            }
        }
        Ok(Cow::Owned(table))
    }
}

/// Checks files that a configuration adds.
///
/// # Errors
/// With file and line: the first line that does not parse, an unknown list or column, an entry that stands twice in one
/// file, a list that cannot be extended.
pub fn check(files: &[WordFile]) -> Result<(), LexiconError> {
    files.iter().try_for_each(|file| entries(file).map(|_| ()))
}

/// How many entries `file` has for each list, in the order of the file.
///
/// # Errors
/// As [`check`].
pub fn counts(file: &WordFile) -> Result<Vec<(&'static List, usize)>, LexiconError> {
    let mut found: Vec<(&'static List, usize)> = Vec::new();
    for entry in entries(file)? {
        match found.iter_mut().find(|(list, _)| list.name == entry.list.name) {
            Some((_, count)) => *count += 1,
            None => found.push((entry.list, 1)),
        }
    }
    Ok(found)
}

/// The entries of a file that a configuration adds.
fn entries(file: &WordFile) -> Result<Vec<Entry>, LexiconError> {
    let text = file.text().map_err(|line| LexiconError::not_utf8(file.name(), line))?;
    let entries = read(file.name(), text, lists::ALL)?;
    let fixed = entries.iter().find_map(|entry| Some((entry, entry.list.fixed?)));
    match fixed {
        Some((entry, why)) => Err(LexiconError::fixed(file.name(), entry, why, lists::ALL)),
        None => Ok(entries),
    }
}
