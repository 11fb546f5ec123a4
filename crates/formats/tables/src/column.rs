//! What a table is: columns that say how they are called, what they mean, and where their value comes from.

use std::borrow::Cow;
use std::fmt;

use crate::View;

/// A table: so many rows for each record.
#[derive(Debug)]
pub struct Table {
    /// Name, and that of its file.
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
    /// Rows that a record gives.
    pub rows: fn(&View<'_>) -> usize,
    /// Its columns, in order.
    pub columns: &'static [Column],
}

/// One column.
pub struct Column {
    /// Name, in snake case; no key word of SQL.
    pub name: &'static str,
    /// Its values.
    pub get: Get,
    /// What they mean, and when there is none.
    pub about: &'static str,
}

/// Type of a column, with the function that gives the value of a row: the record's i-th.
#[derive(Clone, Copy)]
pub enum Get {
    /// Text in UTF-8.
    Text(for<'a> fn(&'a View<'a>, usize) -> Option<Cow<'a, str>>),
    /// A day, out of its ISO 8601 form. What is no day of the calendar (`2005-09`) is null.
    Date(for<'a> fn(&'a View<'a>, usize) -> Option<&'a str>),
    /// A signed 64-bit integer.
    Integer(fn(&View<'_>, usize) -> Option<i64>),
    /// A 64-bit float.
    Double(fn(&View<'_>, usize) -> Option<f64>),
    /// True or false.
    Boolean(fn(&View<'_>, usize) -> Option<bool>),
    /// A list of texts, which may be empty.
    Texts(for<'a> fn(&'a View<'a>, usize) -> Vec<Cow<'a, str>>),
    /// A list of keys with values, which may be empty; a key may come twice.
    Pairs(for<'a> fn(&'a View<'a>, usize) -> Vec<(&'a str, &'a str)>),
}

/// Type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text in UTF-8.
    Text,
    /// A day.
    Date,
    /// A signed 64-bit integer.
    Integer,
    /// A 64-bit float.
    Double,
    /// True or false.
    Boolean,
    /// A list of texts.
    Texts,
    /// A list of keys with values.
    Pairs,
}

impl Kind {
    /// The type as SQL (DuckDB) names it.
    pub fn sql(self) -> &'static str {
        match self {
            Self::Text => "VARCHAR",
            Self::Date => "DATE",
            Self::Integer => "BIGINT",
            Self::Double => "DOUBLE",
            Self::Boolean => "BOOLEAN",
            Self::Texts => "VARCHAR[]",
            Self::Pairs => "STRUCT(\"key\" VARCHAR, \"value\" VARCHAR)[]",
        }
    }
}

/// The value of a column in a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Text in UTF-8.
    Text(Option<Cow<'a, str>>),
    /// A day, out of its ISO 8601 form. What is no day of the calendar (`2005-09`) is null.
    Date(Option<Cow<'a, str>>),
    /// A signed 64-bit integer.
    Integer(Option<i64>),
    /// A 64-bit float.
    Double(Option<f64>),
    /// True or false.
    Boolean(Option<bool>),
    /// A list of texts.
    Texts(Vec<Cow<'a, str>>),
    /// A list of keys with values; a key may come twice.
    Pairs(Vec<(Cow<'a, str>, Cow<'a, str>)>),
}

impl Get {
    /// The type.
    pub fn kind(self) -> Kind {
        match self {
            Self::Text(_) => Kind::Text,
            Self::Date(_) => Kind::Date,
            Self::Integer(_) => Kind::Integer,
            Self::Double(_) => Kind::Double,
            Self::Boolean(_) => Kind::Boolean,
            Self::Texts(_) => Kind::Texts,
            Self::Pairs(_) => Kind::Pairs,
        }
    }

    /// The value of row `row` of a record.
    pub(crate) fn cell<'a>(self, view: &'a View<'a>, row: usize) -> Cell<'a> {
        match self {
            Self::Text(get) => Cell::Text(get(view, row)),
            Self::Date(get) => Cell::Date(get(view, row).map(Cow::Borrowed)),
            Self::Integer(get) => Cell::Integer(get(view, row)),
            Self::Double(get) => Cell::Double(get(view, row)),
            Self::Boolean(get) => Cell::Boolean(get(view, row)),
            Self::Texts(get) => Cell::Texts(get(view, row)),
            Self::Pairs(get) => Cell::Pairs(
                get(view, row).into_iter().map(|(key, value)| (key.into(), value.into())).collect(),
            ),
        }
    }

    /// The type as SQL (DuckDB) names it.
    pub fn sql(self) -> &'static str {
        self.kind().sql()
    }
}

impl fmt::Debug for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.get.sql())
    }
}

/// A column, shorter.
pub(crate) const fn column(name: &'static str, get: Get, about: &'static str) -> Column {
    Column { name, get, about }
}

/// Name of a variant without fields, as it stands in the record: so no name is written down twice.
pub(crate) fn name_of<T: serde::Serialize>(variant: &T) -> Cow<'static, str> {
    match serde_json::to_value(variant) {
        Ok(serde_json::Value::String(name)) => Cow::Owned(name),
        _ => Cow::Borrowed(""),
    }
}
