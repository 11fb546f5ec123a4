//! The entries of a list.

use crate::words::Words;

/// The entries of a list, in the order of its file; those that a configuration adds come last.
#[derive(Debug, Clone, Default)]
pub struct Table {
    pub(crate) rows: Vec<Row>,
}

/// An entry.
#[derive(Debug, Clone)]
pub struct Row {
    pub(crate) fields: Vec<Box<str>>,
    pub(crate) place: Option<Box<str>>,
}

impl Table {
    /// The entries.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    /// The first `N` fields of each entry.
    pub fn fields<const N: usize>(&self) -> impl Iterator<Item = [&str; N]> {
        self.rows.iter().map(|row| std::array::from_fn(|i| row.get(i)))
    }

    /// The words whose second field is `class`.
    pub fn of_class(&self, class: &str) -> Words {
        Words::new(self.fields().filter(|[_, own]| *own == class).map(|[word, _]| word))
    }
}

impl Row {
    /// The field of a column; empty if the line leaves it out.
    pub fn get(&self, column: usize) -> &str {
        self.fields.get(column).map_or("", |field| field)
    }

    /// File and line of an entry that a configuration adds.
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }
}
