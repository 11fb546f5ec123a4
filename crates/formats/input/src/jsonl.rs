//! One JSON object a line.

use std::fmt;
use std::io::{BufRead, BufReader, Read};

use docmill_core::Source;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::Item;
use crate::channel::Disconnected;
use crate::codec::{describe, too_long};
use crate::container::{Container, Reader, Stream};
use crate::item::{PayloadKind, record};
use crate::lines::{BOM, Line, Lines, trim_end};
use crate::objects::{Object, Objects, spread};
use crate::repair::repaired;
use crate::text::is_binary;

/// JSON lines, or JSON objects however they are laid out.
pub(crate) struct Json;

impl Container for Json {
    fn is_text(&self) -> bool {
        true
    }

    fn read(&self, reader: &mut Reader<'_>, stream: Stream<'_>) -> Result<(), Disconnected> {
        reader.json(stream.place, stream.head, stream.input)
    }
}

impl Reader<'_> {
    fn json(&mut self, place: &Source, head: &[u8], input: &mut dyn Read) -> Result<(), Disconnected> {
        let mut input = BufReader::with_capacity(1 << 16, input);
        let start = match input.fill_buf() {
            Ok(start) => start,
            Err(error) => return self.fault(place.clone(), describe(&error)),
        };
        if spread(start) { self.json_objects(place, input) } else { self.json_lines(place, head, &mut input) }
    }

    /// Each object becomes an item; its place among them is the record's number.
    fn json_objects(&mut self, place: &Source, input: impl BufRead) -> Result<(), Disconnected> {
        let limit = self.settings.settings.max_bytes;
        let mut objects = Objects::new(input, limit);
        loop {
            let object = objects.next();
            let place = record(place, objects.number());
            match object {
                Ok(Some(Object::Whole(object))) => {
                    let id = id(&object, &self.settings.settings.fields.id);
                    self.put(Item::bytes_of(place, object, PayloadKind::Json).with_id(id))?;
                }
                Ok(Some(Object::TooLong)) => self.fault(place, too_long(limit))?,
                Ok(Some(Object::Other(_))) => {
                    self.fault(place, "not a JSON object with the fields of a document")?;
                }
                Ok(Some(Object::Cut)) => self.fault(place, "a JSON object that is not closed (cut off?)")?,
                Ok(None) => return Ok(()),
                Err(error) => return self.fault(place, describe(&error)),
            }
        }
    }

    /// Each line becomes an item; its number is the record's.
    fn json_lines(&mut self, place: &Source, head: &[u8], input: &mut dyn Read) -> Result<(), Disconnected> {
        if is_binary(head) && !head.trim_ascii_start().starts_with(b"{") {
            return self.fault(place.clone(), "a binary file, not JSON lines");
        }
        let limit = self.settings.settings.max_bytes;
        let mut lines = Lines::new(BufReader::with_capacity(1 << 16, input), limit);
        loop {
            let line = lines.next();
            let place = record(place, lines.number());
            match line {
                Ok(Some(Line::Whole(line))) => {
                    // Files that were put together by `cat` have marks in the middle.
                    let line = line.strip_prefix(BOM).unwrap_or(&line);
                    let line = trim_end(line);
                    if !line.trim_ascii().is_empty() {
                        let id = id(line, &self.settings.settings.fields.id);
                        self.put(Item::bytes_of(place, line.to_vec(), PayloadKind::Json).with_id(id))?;
                    }
                }
                Ok(Some(Line::TooLong)) => self.fault(place, too_long(limit))?,
                Ok(None) => return Ok(()),
                Err(error) => return self.fault(place, describe(&error)),
            }
        }
    }
}

/// The id that an object states. Nothing else of it is looked at: whether it is sound is found out by the worker.
pub(crate) fn id(object: &[u8], field: &str) -> Option<String> {
    struct Find<'f>(&'f str);
    impl<'de> Visitor<'de> for Find<'_> {
        type Value = Option<Value>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut found = None;
            while let Some(key) = map.next_key::<String>()? {
                if key == self.0 && found.is_none() {
                    found = Some(map.next_value()?);
                } else {
                    map.next_value::<IgnoredAny>()?;
                }
            }
            Ok(found)
        }
    }
    if field.is_empty() {
        return None;
    }
    let find = |object: &[u8]| serde_json::Deserializer::from_slice(object).deserialize_map(Find(field));
    let found = find(object).or_else(|_| find(&repaired(object).0)).ok()??;
    crate::fields::text_of(&found).filter(|id| !id.is_empty())
}

/// The fields of an object, in order, and how many characters of it were lost to U+FFFD.
pub(crate) fn fields(object: &[u8]) -> Result<(Vec<(String, Value)>, u64), String> {
    struct Fields(Vec<(String, Value)>);
    impl<'de> Deserialize<'de> for Fields {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Collect;
            impl<'de> Visitor<'de> for Collect {
                type Value = Fields;
                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("a JSON object with the fields of a document")
                }
                fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                    let mut fields = Vec::new();
                    while let Some(entry) = map.next_entry()? {
                        fields.push(entry);
                    }
                    Ok(Fields(fields))
                }
            }
            deserializer.deserialize_map(Collect)
        }
    }
    match serde_json::from_slice::<Fields>(object) {
        Ok(fields) => Ok((fields.0, 0)),
        Err(error) => {
            let (repaired, replaced) = repaired(object);
            match serde_json::from_slice::<Fields>(&repaired) {
                Ok(fields) => Ok((fields.0, replaced)),
                Err(_) if error.is_data() => {
                    Err("not a JSON object with the fields of a document".to_owned())
                }
                Err(_) => Err(format!("not JSON: {}", column(&error))),
            }
        }
    }
}

/// The record is one line: its number inside itself says nothing.
fn column(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_without_the_rest() {
        assert_eq!(id(br#"{"text": "x", "id": "a-1"}"#, "id"), Some("a-1".to_owned()));
        assert_eq!(id(br#"{"id": 17}"#, "id"), Some("17".to_owned()));
        assert_eq!(id(br#"{"id": null}"#, "id"), None);
        assert_eq!(id(br#"{"id": "a"}"#, ""), None);
        assert_eq!(id(br"[1]", "id"), None);
        let deep = format!("{{\"x\": {}, \"id\": \"a\"}}", "[".repeat(1_000_000) + &"]".repeat(1_000_000));
        assert_eq!(id(deep.as_bytes(), "id"), Some("a".to_owned()));
        assert!(fields(deep.as_bytes()).unwrap_err().contains("recursion limit"));
    }

    #[test]
    fn faults_are_told_with_their_place() {
        let reason = |json: &str| fields(json.as_bytes()).unwrap_err();
        assert_eq!(reason("{\"text\": "), "not JSON: EOF while parsing a value at column 9");
        assert_eq!(reason("[1, 2]"), "not a JSON object with the fields of a document");
        let (_, replaced) = fields(br#"{"text": "a\ud800b", "x": NaN}"#).unwrap();
        assert_eq!(replaced, 1);
        let text = fields(b"{\"text\": \"a\0b\"}").unwrap().0;
        assert_eq!(text[0].1, Value::String("a\0b".to_owned()));
    }
}
