//! Layers that the record has no key of its own for, item by item.

use std::slice;

use docmill_core::SpanRecord;
use serde_json::Value;

use crate::Record;

/// An item of a layer that [`Record`] has no key of its own for: what somebody else's stage found.
///
/// Formats show such layers without knowing them. A list is its items; any other value is one item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LayerItem<'r> {
    /// Name of the layer.
    pub layer: &'r str,
    /// 0-based place in the layer.
    pub item: usize,
    /// What the record holds.
    pub value: &'r Value,
}

impl Record {
    /// The items of [`Record::layers`], layer by layer.
    pub fn layer_items(&self) -> impl Iterator<Item = LayerItem<'_>> {
        self.layers.iter().flat_map(|(layer, value)| {
            let items = match value {
                Value::Null => &[],
                Value::Array(items) => items.as_slice(),
                other => slice::from_ref(other),
            };
            items.iter().enumerate().map(move |(item, value)| LayerItem { layer, item, value })
        })
    }
}

impl<'r> LayerItem<'r> {
    /// The stretch of the text that the item is about: the item itself, or else the first span inside it. A span is what
    /// `docmill verify` takes for one: an object with `start`, `end` and `text`.
    pub fn span(self) -> Option<SpanRecord> {
        first_span(self.value)
    }

    /// What the item is called: its field `label`, `kind`, `type` or `name`, or else its layer's name.
    pub fn label(self) -> &'r str {
        let fields = ["label", "kind", "type", "name"];
        fields.iter().find_map(|field| self.value.get(field)?.as_str()).unwrap_or(self.layer)
    }

    /// The id of the item, if it has one.
    pub fn id(self) -> Option<&'r str> {
        self.value.get("id")?.as_str()
    }

    /// Its fields in words, but for the span that it is: texts as they are, spans as their texts, other values as JSON.
    pub fn facts(self) -> Vec<(&'r str, String)> {
        let Value::Object(fields) = self.value else { return vec![("value", in_words(self.value))] };
        let whole = as_span(self.value).is_some();
        let fields = fields.iter().filter(|(key, value)| {
            !(value.is_null() || whole && ["start", "end", "text"].contains(&key.as_str()))
        });
        fields.map(|(key, value)| (key.as_str(), in_words(value))).collect()
    }
}

fn in_words(value: &Value) -> String {
    match (value, as_span(value)) {
        (Value::String(text), _) => text.clone(),
        (_, Some(span)) => span.text,
        _ => value.to_string(),
    }
}

/// The span that a value is: an object with `start`, `end` and `text`.
pub fn as_span(value: &Value) -> Option<SpanRecord> {
    let position = |key: &str| u32::try_from(value.get(key)?.as_u64()?).ok();
    let text = value.get("text")?.as_str()?.to_owned();
    Some(SpanRecord { start: position("start")?, end: position("end")?, text })
}

fn first_span(value: &Value) -> Option<SpanRecord> {
    as_span(value).or_else(|| match value {
        Value::Array(items) => items.iter().find_map(first_span),
        Value::Object(fields) => fields.values().find_map(first_span),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn item(value: &Value) -> LayerItem<'_> {
        LayerItem { layer: "rates", item: 0, value }
    }

    #[test]
    fn an_item_is_a_span_or_holds_one() {
        let span = json!({ "start": 3, "end": 5, "text": "9%" });
        let expected = Some(SpanRecord { start: 3, end: 5, text: "9%".to_owned() });
        assert_eq!(item(&span).span(), expected);
        assert_eq!(item(&json!({ "value": 9, "where": [1, { "at": span }] })).span(), expected);
        for none in [json!(9), json!({ "start": 3, "end": 5 }), json!({ "start": -1, "end": 5, "text": "" })]
        {
            assert_eq!(item(&none).span(), None, "{none}");
        }
    }

    #[test]
    fn fields_are_told_in_words() {
        let span = json!({ "start": 3, "end": 5, "text": "9%" });
        let nested = json!({ "kind": "rate", "span": span, "of": null, "parts": [1, 2] });
        let facts: Vec<(&str, String)> = item(&nested).facts();
        let text = |key: &str| facts.iter().find(|(k, _)| *k == key).map(|(_, value)| value.as_str());
        assert_eq!((text("kind"), text("span"), text("parts")), (Some("rate"), Some("9%"), Some("[1,2]")));
        assert_eq!((facts.len(), item(&nested).label()), (3, "rate"));
        assert_eq!((item(&span).facts(), item(&span).label()), (vec![], "rates"));
        assert_eq!(item(&json!(0.5)).facts(), [("value", "0.5".to_owned())]);
    }
}
