//! On which documents a stage runs: a condition on what is known of a document by then.
//!
//! A closed set of tests, not a language: each costs at most one pass over the mentions of a document, so that a
//! condition takes linear time, like its stage.

mod fact;
mod mention;
mod one_of;

use docmill_core::layers::{Language, Sentences, Tokens};
use docmill_core::schemars::{self, JsonSchema};
use docmill_core::settings::{Node, Origin, SettingsError, Value};
use docmill_core::{Document, LayerKey};
use serde::Deserialize;

use fact::Facts;
use mention::Mention;
use one_of::OneOf;

/// A condition on a document. All entries of a table must hold.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(
    default,
    deny_unknown_fields,
    expecting = "a table of conditions, such as { language = \"en\", bytes = { min = 200 } }"
)]
pub struct When {
    /// All of these conditions must hold.
    pub all: Option<Vec<When>>,
    /// At least one of these conditions must hold.
    pub any: Option<Vec<When>>,
    /// This condition must not hold.
    pub not: Option<Box<When>>,
    /// The document's language: an ISO 639-1 code such as `en`, or a list of codes; `unknown` if it could not be
    /// determined. Needs the stage `language` before this one.
    language: Option<OneOf>,
    /// Bytes of the text, at least `min` and at most `max`.
    bytes: Option<Range>,
    /// Words and punctuation marks, at least `min` and at most `max`. Needs the stage `tokenize`.
    words: Option<Range>,
    /// Sentences, at least `min` and at most `max`. Needs the stage `tokenize`.
    sentences: Option<Range>,
    /// What the metadata say. The stage `header` adds to them if it comes before.
    meta: Option<Facts>,
    /// A mention of an entity that is in the text.
    entity: Option<Mention>,
}

/// A range of numbers, both ends included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Range {
    /// The least.
    min: Option<u64>,
    /// The most.
    max: Option<u64>,
}

impl Range {
    fn holds(self, number: usize) -> bool {
        let number = number as u64;
        self.min.is_none_or(|min| number >= min) && self.max.is_none_or(|max| number <= max)
    }

    fn fault(self) -> Option<String> {
        match (self.min, self.max) {
            (None, None) => Some("says nothing; give min, max, or both".to_owned()),
            (Some(min), Some(max)) if min > max => Some(format!("min {min} is more than max {max}")),
            _ => None,
        }
    }
}

impl When {
    /// Reads a condition from a config.
    ///
    /// # Errors
    /// With file, line and key: an unknown key with those that are known, a value of another type, a condition that
    /// contains nothing or can never hold.
    pub fn parse(node: &Node) -> Result<Self, SettingsError> {
        let when: Self = node.parse()?;
        let mut path = Vec::new();
        match when.fault(&mut path) {
            None => Ok(when),
            Some(message) => {
                let origin = Some(origin_at(node, &path));
                Err(SettingsError { message, path, origin, ..SettingsError::default() })
            }
        }
    }

    /// The layers it asks about.
    pub fn requires(&self) -> Vec<LayerKey> {
        let nested = self.all.iter().chain(&self.any).flatten().chain(self.not.as_deref());
        let mut layers: Vec<LayerKey> = nested.flat_map(Self::requires).collect();
        let own = [
            (self.language.is_some(), LayerKey::of::<Language>()),
            (self.words.is_some(), LayerKey::of::<Tokens>()),
            (self.sentences.is_some(), LayerKey::of::<Sentences>()),
        ];
        layers.extend(own.into_iter().filter_map(|(asked, layer)| asked.then_some(layer)));
        layers.extend(self.entity.iter().flat_map(Mention::requires));
        layers
    }

    /// Whether it holds for a document that has the layers it [requires](Self::requires).
    ///
    /// ```
    /// use docmill_core::settings::{Node, Origin, Value};
    /// use docmill_core::Document;
    /// use docmill_engine::When;
    ///
    /// let origin = Origin { place: "my.toml".into(), line: Some(1) };
    /// let mut condition = Node::empty_table(origin.clone());
    /// condition.set(&["bytes", "min"], Node { value: Value::Integer(10), origin });
    /// let when = When::parse(&condition).unwrap();
    /// assert!(when.holds(&Document::from_text("a.txt", "Osh waits in vain.")));
    /// assert!(!when.holds(&Document::from_text("b.txt", "Osh.")));
    /// ```
    pub fn holds(&self, doc: &Document) -> bool {
        let layers = doc.layers();
        let language = || layers.get::<Language>().and_then(|language| language.code.as_deref());
        let words = || layers.get::<Tokens>().map_or(0, |tokens| tokens.all().len());
        let sentences = || layers.get::<Sentences>().map_or(0, |sentences| sentences.items.len());
        self.language.as_ref().is_none_or(|codes| codes.has(language().unwrap_or("unknown")))
            && self.bytes.is_none_or(|range| range.holds(doc.whole_len()))
            && self.words.is_none_or(|range| range.holds(words()))
            && self.sentences.is_none_or(|range| range.holds(sentences()))
            && self.meta.as_ref().is_none_or(|facts| facts.hold(&doc.meta))
            && self.entity.as_ref().is_none_or(|mention| mention.is_in(doc))
            && self.all.as_ref().is_none_or(|all| all.iter().all(|when| when.holds(doc)))
            && self.any.as_ref().is_none_or(|any| any.iter().any(|when| when.holds(doc)))
            && self.not.as_ref().is_none_or(|not| !not.holds(doc))
    }

    /// What is wrong, with the keys down to it in `path`.
    fn fault(&self, path: &mut Vec<String>) -> Option<String> {
        if *self == Self::default() {
            return Some("a condition that says nothing; give one, or leave `when` out".to_owned());
        }
        for (key, list) in [("all", &self.all), ("any", &self.any)] {
            path.push(key.to_owned());
            if list.as_ref().is_some_and(Vec::is_empty) {
                return Some("an empty list; give at least one condition".to_owned());
            }
            for (i, when) in list.iter().flatten().enumerate() {
                path.push(format!("[{i}]"));
                if let Some(fault) = when.fault(path) {
                    return Some(fault);
                }
                path.pop();
            }
            path.pop();
        }
        path.push("not".to_owned());
        if let Some(fault) = self.not.as_ref().and_then(|not| not.fault(path)) {
            return Some(fault);
        }
        path.pop();
        for (key, range) in [("bytes", self.bytes), ("words", self.words), ("sentences", self.sentences)] {
            if let Some(fault) = range.and_then(Range::fault) {
                path.push(key.to_owned());
                return Some(fault);
            }
        }
        path.push("meta".to_owned());
        if let Some(fault) = self.meta.as_ref().and_then(|facts| facts.fault(path)) {
            return Some(fault);
        }
        path.pop();
        None
    }
}

/// Where the value under `path` was written, or the nearest table around it.
fn origin_at(node: &Node, path: &[String]) -> Origin {
    let Some((key, rest)) = path.split_first() else { return node.origin.clone() };
    let index = key.strip_prefix('[').and_then(|key| key.strip_suffix(']')?.parse::<usize>().ok());
    let child = match (&node.value, index) {
        (Value::Array(items), Some(i)) => items.get(i),
        _ => node.get(key),
    };
    child.map_or_else(|| node.origin.clone(), |child| origin_at(child, rest))
}

#[cfg(test)]
mod tests;
