//! A word, or a list of words of which one must fit.

use std::fmt;

use docmill_core::schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

/// A word, or a list of words of which one must fit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OneOf(Vec<String>);

impl OneOf {
    pub fn has(&self, word: &str) -> bool {
        self.0.iter().any(|known| known == word)
    }
}

impl From<String> for OneOf {
    fn from(word: String) -> Self {
        Self(vec![word])
    }
}

/// The items of a list, at least one.
pub(super) fn list<'de, A: SeqAccess<'de>>(mut items: A) -> Result<OneOf, A::Error> {
    let mut words = Vec::new();
    while let Some(word) = items.next_element()? {
        words.push(word);
    }
    if words.is_empty() {
        Err(Error::custom("an empty list; give at least one value"))
    } else {
        Ok(OneOf(words))
    }
}

impl<'de> Deserialize<'de> for OneOf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Words;
        impl<'de> Visitor<'de> for Words {
            type Value = OneOf;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a list of texts")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<OneOf, E> {
                Ok(word.to_owned().into())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<OneOf, A::Error> {
                list(items)
            }
        }
        deserializer.deserialize_any(Words)
    }
}

impl JsonSchema for OneOf {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "OneOf".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A text, or a list of texts of which one must fit.",
            "anyOf": [
                { "type": "string" },
                { "type": "array", "items": { "type": "string" }, "minItems": 1 }
            ]
        })
    }
}
