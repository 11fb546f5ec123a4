//! The columns of a table that no program declares: what fits all values met.

use std::borrow::Cow;
use std::collections::HashMap;

use docmill_core::SpanRecord;
use serde_json::Value;

use crate::flatten::Field;
use crate::{Cell, Kind};

/// Columns that a table takes; a layer that is a map of words to counts would have thousands. What has no column is in the
/// table `layers`.
const MOST_COLUMNS: usize = 64;

/// A row before its types are known.
#[derive(Debug)]
pub(crate) struct Row<'v> {
    pub doc_id: &'v str,
    /// Place of the object that holds the list; none for the items of a layer.
    pub parent: Option<usize>,
    pub item: usize,
    pub span: Option<SpanRecord>,
    pub fields: Vec<(String, Field<'v>)>,
}

/// A table as far as it is known.
#[derive(Debug)]
pub(crate) struct Shape {
    name: String,
    /// True if its rows are in a list of another item.
    inner: bool,
    /// True if a row has a span.
    spans: bool,
    columns: Vec<(String, Type)>,
}

/// What fits the values so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    /// There was none yet.
    Open,
    Boolean,
    Integer,
    Double,
    Text,
    Texts,
    Json,
}

impl Type {
    fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Open,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_i64() => Self::Integer,
            Value::Number(_) => Self::Double,
            Value::String(_) => Self::Text,
            Value::Array(items) if items.iter().all(Value::is_string) => Self::Texts,
            Value::Array(_) | Value::Object(_) => Self::Json,
        }
    }

    fn join(self, other: Self) -> Self {
        match (self, other) {
            (one, two) if one == two => one,
            (Self::Open, one) | (one, Self::Open) => one,
            (Self::Integer, Self::Double) | (Self::Double, Self::Integer) => Self::Double,
            _ => Self::Json,
        }
    }

    fn kind(self) -> Kind {
        match self {
            Self::Boolean => Kind::Boolean,
            Self::Integer => Kind::Integer,
            Self::Double => Kind::Double,
            Self::Texts => Kind::Texts,
            Self::Open | Self::Text | Self::Json => Kind::Text,
        }
    }

    fn cell<'v>(self, field: Option<&'v Field<'v>>) -> Cell<'v> {
        let value = match field {
            Some(Field::Json(value)) => Some(*value).filter(|value| !value.is_null()),
            Some(Field::Position(at)) if self == Self::Integer => return Cell::Integer(Some((*at).into())),
            Some(Field::Position(at)) => return Cell::Text(Some(at.to_string().into())),
            Some(Field::Text(text)) => return Cell::Text(Some(text.into())),
            None => None,
        };
        match self {
            Self::Boolean => Cell::Boolean(value.and_then(Value::as_bool)),
            Self::Integer => Cell::Integer(value.and_then(Value::as_i64)),
            Self::Double => Cell::Double(value.and_then(Value::as_f64)),
            Self::Texts => {
                let texts = value.and_then(Value::as_array).into_iter().flatten();
                Cell::Texts(texts.filter_map(Value::as_str).map(Cow::Borrowed).collect())
            }
            Self::Open | Self::Text | Self::Json => Cell::Text(value.map(|value| match value {
                Value::String(text) => Cow::Borrowed(text.as_str()),
                other => Cow::Owned(other.to_string()),
            })),
        }
    }
}

/// Columns that every such table has, before its own.
const PARENT: &str = "parent";
const FIRST: [(&str, Kind); 2] = [("doc_id", Kind::Text), ("item", Kind::Integer)];
const SPAN: [(&str, Kind); 3] =
    [("span_start", Kind::Integer), ("span_end", Kind::Integer), ("text", Kind::Text)];

/// The name of a field's column: one of the table's own is never taken.
fn column_of(field: &str) -> String {
    let name = plain(field);
    let taken = FIRST.iter().chain(&SPAN).any(|(own, _)| *own == name) || name == PARENT;
    if taken { format!("field_{name}") } else { name }
}

/// Letters, digits and underscores in lower case.
pub(crate) fn plain(name: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    name.chars().take(64).map(letter).collect()
}

impl Shape {
    pub fn new(name: String, inner: bool) -> Self {
        Self { name, inner, spans: false, columns: Vec::new() }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Notes what the fields of a row need.
    pub fn note(&mut self, row: &Row<'_>) {
        self.spans |= row.span.is_some();
        for (field, value) in &row.fields {
            let of = match value {
                Field::Json(value) => Type::of(value),
                Field::Position(_) => Type::Integer,
                Field::Text(_) => Type::Text,
            };
            let name = column_of(field);
            let known = self.columns.iter().position(|(known, _)| *known == name);
            match known {
                Some(at) => self.columns[at].1 = self.columns[at].1.join(of),
                None if self.columns.len() < MOST_COLUMNS => self.columns.push((name, of)),
                None => {}
            }
        }
    }

    /// All columns, in order.
    pub fn columns(&self) -> impl Iterator<Item = (&str, Kind)> {
        let parent = self.inner.then_some((PARENT, Kind::Integer));
        let own = self.columns.iter().map(|(name, of)| (name.as_str(), of.kind()));
        let [doc, item] = FIRST;
        let spans = SPAN.into_iter().filter(|_| self.spans);
        [doc].into_iter().chain(parent).chain([item]).chain(spans).chain(own)
    }

    /// The values of a row, in the order of the columns.
    pub fn cells<'v>(&'v self, row: &'v Row<'v>) -> impl Iterator<Item = Cell<'v>> {
        let place = |at: usize| Cell::Integer(i64::try_from(at).ok());
        let span = row.span.as_ref();
        let first = [Cell::Text(Some(row.doc_id.into()))];
        let parent = row.parent.filter(|_| self.inner).map(place);
        let of_span = self.spans.then(|| {
            [
                Cell::Integer(span.map(|span| span.start.into())),
                Cell::Integer(span.map(|span| span.end.into())),
                Cell::Text(span.map(|span| span.text.as_str().into())),
            ]
        });
        // The first of two fields whose names become the same column.
        let mut fields: HashMap<String, &Field<'_>> = HashMap::with_capacity(row.fields.len());
        for (name, value) in &row.fields {
            fields.entry(column_of(name)).or_insert(value);
        }
        let own = self.columns.iter().map(move |(name, of)| of.cell(fields.get(name).copied()));
        first
            .into_iter()
            .chain(parent)
            .chain([place(row.item)])
            .chain(of_span.into_iter().flatten())
            .chain(own)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_type_fits_all_values() {
        let of = |values: &[Value]| values.iter().map(Type::of).fold(Type::Open, Type::join).kind();
        assert_eq!(of(&[json!(1), Value::Null, json!(2.5)]), Kind::Double);
        assert_eq!(of(&[json!(1), json!(-2)]), Kind::Integer);
        assert_eq!(of(&[json!(u64::MAX)]), Kind::Double);
        assert_eq!(of(&[json!(true)]), Kind::Boolean);
        assert_eq!(of(&[json!([]), json!(["a"])]), Kind::Texts);
        for mixed in [json!("a"), json!([1]), json!({ "a": 1 })] {
            assert_eq!(of(&[json!(1), mixed]), Kind::Text);
        }
    }

    #[test]
    fn no_field_takes_a_column_of_the_table() {
        assert_eq!(column_of("Doc-ID"), "field_doc_id");
        assert_eq!(column_of("../a b"), "___a_b");
    }
}
