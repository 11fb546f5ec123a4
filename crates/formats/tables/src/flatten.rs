//! An item of a layer as fields with plain values.

use docmill_core::SpanRecord;
use docmill_jsonl::as_span;
use serde_json::{Map, Value};

/// Objects inside one another whose fields become columns; what is deeper is JSON text.
const DEPTH: usize = 3;

/// An item taken apart.
#[derive(Debug, Default)]
pub(crate) struct Flat<'v> {
    /// The stretch of the text that it is about: the item itself, or else the first span among its fields.
    pub span: Option<SpanRecord>,
    /// Columns with their values, in the order of the item.
    pub fields: Vec<(String, Field<'v>)>,
    /// Fields that are lists of objects, each of which is a row of another table.
    pub lists: Vec<(String, &'v Value)>,
}

/// The value of a field.
#[derive(Debug, Clone)]
pub(crate) enum Field<'v> {
    Json(&'v Value),
    Position(u32),
    Text(String),
}

impl<'v> Flat<'v> {
    /// Takes an item apart. Its span is no field.
    pub fn of(item: &'v Value) -> Self {
        let mut flat = Self { span: as_span(item), ..Self::default() };
        match item {
            Value::Object(fields) => {
                let own = flat.span.is_some();
                let fields = fields
                    .iter()
                    .filter(|(key, _)| !(own && ["start", "end", "text"].contains(&key.as_str())));
                flat.object("", fields, 1);
            }
            other => flat.fields.push(("value".to_owned(), Field::Json(other))),
        }
        flat
    }

    fn object(&mut self, prefix: &str, fields: impl Iterator<Item = (&'v String, &'v Value)>, depth: usize) {
        for (key, value) in fields {
            let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}_{key}") };
            match value {
                Value::Object(inner) => self.inner(name, value, inner, depth),
                Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_object) => {
                    self.lists.push((name, value));
                }
                other => self.fields.push((name, Field::Json(other))),
            }
        }
    }

    fn inner(&mut self, name: String, value: &'v Value, fields: &'v Map<String, Value>, depth: usize) {
        match as_span(value) {
            Some(span) if self.span.is_none() => self.span = Some(span),
            Some(span) => {
                self.fields.push((format!("{name}_start"), Field::Position(span.start)));
                self.fields.push((format!("{name}_end"), Field::Position(span.end)));
                self.fields.push((format!("{name}_text"), Field::Text(span.text)));
            }
            None if depth < DEPTH && !fields.is_empty() => self.object(&name, fields.iter(), depth + 1),
            None => self.fields.push((name, Field::Json(value))),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shown(value: &Value) -> String {
        let flat = Flat::of(value);
        let fields = flat.fields.iter().map(|(name, field)| match field {
            Field::Json(value) => format!("{name}={value}"),
            Field::Position(at) => format!("{name}={at}"),
            Field::Text(text) => format!("{name}={text}"),
        });
        let lists = flat.lists.iter().map(|(name, list)| format!("{name}: {list}"));
        fields.chain(lists).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn objects_become_columns_and_lists_of_objects_tables() {
        let span = |start: u32| json!({ "start": start, "end": start + 2, "text": "ab" });
        assert_eq!(shown(&json!(0.5)), "value=0.5");
        assert_eq!(shown(&json!({ "span": span(3), "term": "ab" })), "term=\"ab\"");
        assert_eq!(shown(&json!({ "start": 3, "end": 5, "text": "ab", "n": 1 })), "n=1");
        assert_eq!(
            shown(&json!({ "from": span(3), "until": span(7) })),
            "until_start=7 until_end=9 until_text=ab"
        );
        assert_eq!(shown(&json!({ "a": { "b": { "c": { "d": 1 } } } })), "a_b_c={\"d\":1}");
        assert_eq!(
            shown(&json!({ "terms": ["x"], "none": [], "hits": [{}, {}] })),
            "none=[] terms=[\"x\"] hits: [{},{}]"
        );
    }
}
