//! A layer whose shape only another program knows.

use std::any::Any;
use std::cell::OnceCell;
use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::interned::interned;
use crate::{AnyLayer, Layers, Span, View};

/// A layer that another program has made, as JSON.
///
/// Each object in it, at any depth, whose `start` and `end` are numbers is a span. Here they are bytes; the output
/// shows them in its unit, with the `text` they cover.
#[derive(Debug, Clone, PartialEq)]
pub struct ForeignLayer {
    name: &'static str,
    value: Value,
}

impl ForeignLayer {
    /// Takes a value whose spans count code points of `text`, and checks each of them.
    ///
    /// ```
    /// use docmill_core::{Document, ForeignLayer, OffsetUnit, View};
    /// use docmill_core::serde_json::json;
    ///
    /// let mut doc = Document::from_text("a.txt", "Đà Nẵng");
    /// let layer = ForeignLayer::from_code_points("cities", json!([{ "start": 3, "end": 7 }]), doc.text()).unwrap();
    /// // Inside docmill spans count bytes; the output counts what its readers do.
    /// assert_eq!(layer.value()[0]["start"], 5);
    /// doc.layers_mut().insert_foreign(layer);
    /// let view = View::new(&doc, OffsetUnit::Codepoint);
    /// let record = doc.layers().by_name("cities").unwrap().record_json(&view).unwrap();
    /// assert_eq!(record, json!([{ "start": 3, "end": 7, "text": "Nẵng" }]));
    /// ```
    ///
    /// # Errors
    /// If a span does not lie in the text, or its `text` differs from the slice; with its position, as a JSON pointer.
    pub fn from_code_points(name: &str, mut value: Value, text: &str) -> Result<Self, String> {
        let reader = Reader { text, starts: OnceCell::new() };
        reader.read(&mut value, &mut String::new())?;
        Ok(Self { name: interned(name), value })
    }

    /// The value, with spans in bytes and without their texts.
    pub fn value(&self) -> &Value {
        &self.value
    }
}

impl Layers {
    /// Adds a layer that another program has made; an older one of the same name is replaced.
    pub fn insert_foreign(&mut self, layer: ForeignLayer) {
        self.insert_any(Box::new(layer));
    }
}

impl AnyLayer for ForeignLayer {
    fn name(&self) -> &'static str {
        self.name
    }

    fn record_json(&self, view: &View<'_>) -> Result<Value, serde_json::Error> {
        let mut value = self.value.clone();
        show(&mut value, view);
        Ok(value)
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

/// True if an object is a span.
fn is_span(fields: &Map<String, Value>) -> bool {
    ["start", "end"].iter().all(|key| fields.get(*key).is_some_and(Value::is_number))
}

/// Code points to bytes, for one text.
struct Reader<'t> {
    text: &'t str,
    /// The byte of each code point, and the length of the text. Made for the first span.
    starts: OnceCell<Vec<u32>>,
}

impl Reader<'_> {
    fn read(&self, value: &mut Value, at: &mut String) -> Result<(), String> {
        let depth = at.len();
        match value {
            Value::Array(items) => {
                for (i, item) in items.iter_mut().enumerate() {
                    let _ = write!(at, "/{i}");
                    self.read(item, at)?;
                    at.truncate(depth);
                }
            }
            Value::Object(fields) => {
                if is_span(fields) {
                    self.read_span(fields).map_err(|reason| format!("{at}: {reason}"))?;
                }
                for (key, field) in fields {
                    let _ = write!(at, "/{key}");
                    self.read(field, at)?;
                    at.truncate(depth);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn read_span(&self, fields: &mut Map<String, Value>) -> Result<(), String> {
        let written = format!("{}..{}", fields["start"], fields["end"]);
        let byte = |key: &str| self.byte(usize::try_from(fields[key].as_u64()?).ok()?);
        let span = byte("start").zip(byte("end")).filter(|(start, end)| start <= end);
        let Some((start, end)) = span else {
            let length = self.starts().map_or(self.text.len(), |starts| starts.len() - 1);
            return Err(format!("{written} is no stretch of the text, which has {length} code points"));
        };
        let slice = Span::new(start, end).slice(self.text).unwrap_or_default();
        match fields.remove("text") {
            None => {}
            Some(Value::String(said)) if said == slice => {}
            Some(said) => return Err(format!("`text` is {said}, but {written} of the text is {slice:?}")),
        }
        fields.insert("start".to_owned(), start.into());
        fields.insert("end".to_owned(), end.into());
        Ok(())
    }

    fn byte(&self, position: usize) -> Option<usize> {
        match self.starts() {
            Some(starts) => starts.get(position).map(|&byte| byte as usize),
            None => Some(position).filter(|&at| at <= self.text.len()),
        }
    }

    /// Nothing where code points are bytes.
    fn starts(&self) -> Option<&Vec<u32>> {
        if self.text.is_ascii() {
            return None;
        }
        Some(self.starts.get_or_init(|| {
            let ends = [self.text.len()];
            self.text.char_indices().map(|(at, _)| at).chain(ends).map(|at| at as u32).collect()
        }))
    }
}

/// Turns byte spans into positions of the output's unit, with their text.
fn show(value: &mut Value, view: &View<'_>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| show(item, view)),
        Value::Object(fields) => {
            let byte = |key: &str| fields.get(key).and_then(Value::as_u64).map(|at| at as usize);
            if is_span(fields)
                && let Some((start, end)) = byte("start").zip(byte("end"))
            {
                let span = view.span(Span::new(start, end));
                fields.insert("start".to_owned(), span.start.into());
                fields.insert("end".to_owned(), span.end.into());
                fields.insert("text".to_owned(), span.text.into());
            }
            fields.values_mut().for_each(|field| show(field, view));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, OffsetUnit};
    use serde_json::json;

    const TEXT: &str = "🛰️ Душанбе e\u{301}\r\nNATO";

    fn shown(value: Value, unit: OffsetUnit) -> Result<Value, String> {
        let doc = Document::from_text("t", TEXT);
        let layer = ForeignLayer::from_code_points("topics", value, TEXT)?;
        layer.record_json(&View::new(&doc, unit)).map_err(|error| error.to_string())
    }

    #[test]
    fn spans_count_code_points_outside_and_bytes_inside() {
        let value = json!({"a": [{"start": 3, "end": 10, "x": {"start": 15, "end": 19, "text": "NATO"}}]});
        let layer = ForeignLayer::from_code_points("topics", value.clone(), TEXT).unwrap();
        assert_eq!(layer.value()["a"][0]["start"], 8);
        assert_eq!(layer.value()["a"][0]["end"], 22);
        let code_points = shown(value.clone(), OffsetUnit::Codepoint).unwrap();
        let expected = json!({"a": [{"start": 3, "end": 10, "text": "Душанбе",
            "x": {"start": 15, "end": 19, "text": "NATO"}}]});
        assert_eq!(code_points, expected);
        let utf16 = shown(value, OffsetUnit::Utf16).unwrap();
        assert_eq!((&utf16["a"][0]["start"], &utf16["a"][0]["text"]), (&json!(4), &json!("Душанбе")));
    }

    #[test]
    fn what_is_no_span_stays_as_it_is() {
        let value =
            json!({"start": "2005-09-13", "end": "2005-09-15", "n": 1.5, "start_only": {"start": 99}});
        assert_eq!(shown(value.clone(), OffsetUnit::Bytes).unwrap(), value);
    }

    #[test]
    fn a_bad_span_is_told_with_its_place() {
        for (span, reason) in [
            (json!({"start": 0, "end": 20}), "/0: 0..20 is no stretch of the text, which has 19 code points"),
            (json!({"start": 4, "end": 3}), "/0: 4..3 is no stretch"),
            (json!({"start": -1, "end": 3}), "/0: -1..3 is no stretch"),
            (json!({"start": 0.5, "end": 3}), "/0: 0.5..3 is no stretch"),
            (
                json!({"start": 3, "end": 10, "text": "Пекин"}),
                "/0: `text` is \"Пекин\", but 3..10 of the text is",
            ),
            (json!({"start": 3, "end": 10, "text": null}), "/0: `text` is null"),
        ] {
            let error = shown(json!([span]), OffsetUnit::Codepoint).unwrap_err();
            assert!(error.starts_with(reason), "{error}");
        }
    }
}
