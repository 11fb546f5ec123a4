//! What the metadata of a document must say.

use std::collections::BTreeMap;
use std::fmt;

use docmill_core::Meta;
use docmill_core::schemars::{self, JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::OneOf;
use super::one_of::list;

/// Conditions on the metadata; all of them must hold.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Facts {
    /// Headline.
    title: Option<Fact>,
    /// Journal, newspaper or agency.
    publication: Option<Fact>,
    /// Volume.
    volume: Option<Fact>,
    /// Issue.
    issue: Option<Fact>,
    /// Date of publication, ISO 8601.
    date: Option<Fact>,
    /// Author.
    author: Option<Fact>,
    /// Other metadata, by key in `meta.extra`.
    extra: BTreeMap<String, Fact>,
}

impl Facts {
    pub fn hold(&self, meta: &Meta) -> bool {
        let holds = |(fact, value): (&Option<Fact>, &Option<String>)| {
            fact.as_ref().is_none_or(|fact| fact.holds(value.as_deref()))
        };
        let extra = |key: &str| meta.extra.iter().find(|field| field.key == key).map(|field| &*field.value);
        [
            (&self.title, &meta.title),
            (&self.publication, &meta.publication),
            (&self.volume, &meta.volume),
            (&self.issue, &meta.issue),
            (&self.date, &meta.date),
            (&self.author, &meta.author),
        ]
        .into_iter()
        .all(holds)
            && self.extra.iter().all(|(key, fact)| fact.holds(extra(key)))
    }

    /// What is wrong, with the keys down to it in `path`.
    pub fn fault(&self, path: &mut Vec<String>) -> Option<String> {
        let own = [
            ("title", &self.title),
            ("publication", &self.publication),
            ("volume", &self.volume),
            ("issue", &self.issue),
            ("date", &self.date),
            ("author", &self.author),
        ];
        let own = own.into_iter().filter_map(|(key, fact)| Some((key, fact.as_ref()?)));
        let found = own.chain(self.extra.iter().map(|(key, fact)| (key.as_str(), fact)));
        let mut said = false;
        for (key, fact) in found {
            said = true;
            if let Some(fault) = fact.fault() {
                if self.extra.contains_key(key) {
                    path.push("extra".to_owned());
                }
                path.push(key.to_owned());
                return Some(fault.to_owned());
            }
        }
        (!said).then(|| "says nothing; give a field, such as publication = \"Interfax\"".to_owned())
    }
}

/// What one field must be: a text, a list of which one must fit, `true` (known) or `false` (not known), or a range.
#[derive(Debug, Clone, PartialEq)]
enum Fact {
    Known(bool),
    OneOf(OneOf),
    Within(Within),
}

/// A range: of text in the order of its bytes, which suits ISO dates (`from`, `to`), or of numbers (`min`, `max`). Both
/// ends are included.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Within {
    /// The first; `2005-09` includes the whole month.
    from: Option<String>,
    /// The last; `2005` includes the whole year.
    to: Option<String>,
    /// The least number.
    min: Option<f64>,
    /// The greatest number.
    max: Option<f64>,
}

impl Fact {
    /// A field that is not known fits nothing but `false`.
    fn holds(&self, value: Option<&str>) -> bool {
        match (self, value) {
            (Self::Known(known), value) => *known == value.is_some(),
            (_, None) => false,
            (Self::OneOf(words), Some(value)) => words.has(value),
            (Self::Within(within), Some(value)) => within.holds(value),
        }
    }

    fn fault(&self) -> Option<&'static str> {
        match self {
            Self::Within(within) if *within == Within::default() => {
                Some("a range that says nothing; give from, to, min or max")
            }
            _ => None,
        }
    }
}

impl Within {
    fn holds(&self, value: &str) -> bool {
        let number = || value.trim().parse::<f64>().ok();
        // A month is not within the days of it: which day is meant, nobody knows.
        let not_after = |to: &String| value.starts_with(to.as_str()) || value < to && !to.starts_with(value);
        self.from.as_ref().is_none_or(|from| value >= from.as_str())
            && self.to.as_ref().is_none_or(not_after)
            && self.min.is_none_or(|min| number().is_some_and(|number| number >= min))
            && self.max.is_none_or(|max| number().is_some_and(|number| number <= max))
    }
}

impl<'de> Deserialize<'de> for Fact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Kinds;
        impl<'de> Visitor<'de> for Kinds {
            type Value = Fact;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a list of texts, true, false, or a table with from, to, min or max")
            }

            fn visit_bool<E: Error>(self, known: bool) -> Result<Fact, E> {
                Ok(Fact::Known(known))
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<Fact, E> {
                Ok(Fact::OneOf(word.to_owned().into()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Fact, A::Error> {
                list(items).map(Fact::OneOf)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Fact, A::Error> {
                Within::deserialize(MapAccessDeserializer::new(map)).map(Fact::Within)
            }
        }
        deserializer.deserialize_any(Kinds)
    }
}

impl JsonSchema for Fact {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Fact".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A text; a list of which one must fit; true (known) or false (not known); or a range.",
            "anyOf": [
                { "type": "boolean" },
                generator.subschema_for::<OneOf>(),
                generator.subschema_for::<Within>()
            ]
        })
    }
}
