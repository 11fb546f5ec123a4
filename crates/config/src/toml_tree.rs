//! TOML as a tree of values that know their line.

use std::sync::Arc;

use anyhow::{Result, anyhow};
use docmill_core::settings::{Node, Origin, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Parses `text`, which was read from `place`.
///
/// # Errors
/// With place and line, if it is not TOML.
pub fn parse(text: &str, place: &str) -> Result<Node> {
    let lines = Lines { place: place.into(), text };
    let table = DeTable::parse(text).map_err(|error| {
        let origin = lines.origin(error.span().map_or(0, |span| span.start));
        anyhow!("{origin}: not TOML: {}", error.message())
    })?;
    let span = table.span();
    Ok(Node { value: lines.table(table.into_inner()), origin: lines.origin(span.start) })
}

struct Lines<'t> {
    place: Arc<str>,
    text: &'t str,
}

impl Lines<'_> {
    fn origin(&self, byte: usize) -> Origin {
        let before = self.text.as_bytes().iter().take(byte);
        Origin { place: self.place.clone(), line: Some(1 + before.filter(|&&b| b == b'\n').count()) }
    }

    fn node(&self, value: Spanned<DeValue<'_>>) -> Node {
        let origin = self.origin(value.span().start);
        let value = match value.into_inner() {
            DeValue::String(s) => Value::String(s.into_owned()),
            DeValue::Boolean(b) => Value::Bool(b),
            DeValue::Integer(i) => match i64::from_str_radix(i.as_str(), i.radix()) {
                Ok(i) => Value::Integer(i),
                // Past 64 bits: kept as written, so that the settings type refuses it in its own words.
                Err(_) => Value::String(i.as_str().to_owned()),
            },
            DeValue::Float(x) => match x.as_str().parse() {
                Ok(x) => Value::Float(x),
                Err(_) => Value::String(x.as_str().to_owned()),
            },
            DeValue::Datetime(d) => Value::String(d.to_string()),
            DeValue::Array(items) => Value::Array(items.into_iter().map(|item| self.node(item)).collect()),
            DeValue::Table(table) => self.table(table),
        };
        Node { value, origin }
    }

    fn table(&self, table: DeTable<'_>) -> Value {
        let mut entries: Vec<(usize, String, Node)> = table
            .into_iter()
            .map(|(key, value)| {
                let at = key.span().start;
                let mut node = self.node(value);
                // The key's line: a table's own span may begin elsewhere.
                node.origin = self.origin(at);
                (at, key.into_inner().into_owned(), node)
            })
            .collect();
        entries.sort_by_key(|(at, ..)| *at);
        Value::Table(entries.into_iter().map(|(_, key, node)| (key, node)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_lines() {
        let tree = parse("a = 1\n\n[b]\nc = [\n  \"x\",\n  2.5,\n]\n", "f.toml").unwrap();
        let c = tree.get("b").unwrap().get("c").unwrap();
        assert_eq!(c.origin.to_string(), "f.toml:4");
        let Value::Array(items) = &c.value else { panic!("an array") };
        assert_eq!(items[1].origin.to_string(), "f.toml:6");
        assert_eq!(tree.to_json(), serde_json::json!({"a": 1, "b": {"c": ["x", 2.5]}}));
    }

    #[test]
    fn a_fault_is_told_with_its_line() {
        let error = parse("a = 1\nb = = 2\n", "f.toml").unwrap_err().to_string();
        assert!(error.starts_with("f.toml:2: not TOML"), "{error}");
    }
}
