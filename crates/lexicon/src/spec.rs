//! What a list is: its columns and what they may hold.

use std::sync::OnceLock;

use crate::table::Table;

/// A list of words or names.
#[derive(Debug)]
pub struct List {
    /// Name of the list, and of its file without `.tsv`.
    pub name: &'static str,
    /// What it is for, in one line.
    pub summary: &'static str,
    /// The shipped entries.
    pub text: &'static str,
    /// Its columns, in the order of [`Row::get`](crate::Row::get).
    pub columns: &'static [Column],
    /// How many of the first columns tell one entry from another.
    pub key: usize,
    /// Why a configuration cannot add to it and override it; none if it can.
    pub fixed: Option<&'static str>,
    /// The shipped entries as they were read, once they were asked for.
    pub(crate) read: OnceLock<Table>,
}

/// A column of a list.
#[derive(Debug)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// True if a field may be empty, and the column missing.
    pub optional: bool,
}

/// What the fields of a column hold.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Any text.
    Text,
    /// Text that is read in lower case.
    Lower,
    /// One of these words.
    One(&'static [&'static str]),
    /// Several texts with `|` between them.
    Several,
    /// Some of these words, with a blank between them.
    Flags(&'static [&'static str]),
}

impl Column {
    /// A column that every line fills.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, optional: false }
    }

    /// A column that may be empty.
    pub const fn optional(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, optional: true }
    }
}
