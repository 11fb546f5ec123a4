//! Configuration values that remember where they were written, so that an error can say file and line.
//!
//! The program turns its TOML files and `--set` flags into a [`Node`] tree; a stage's settings type reads itself
//! from its table with serde.

use std::fmt::{self, Display};
use std::fs::File;
use std::path::Path;
use std::sync::{Arc, Mutex};

use crate::StageError;

use serde::de::value::{MapAccessDeserializer, SeqDeserializer};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, Expected, IntoDeserializer, Unexpected, Visitor,
};

/// Where a value was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// A file name, `the built-in news.toml`, or `--set ner.engine`.
    pub place: Arc<str>,
    /// 1-based line in that file.
    pub line: Option<usize>,
}

impl Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.place),
            None => f.write_str(&self.place),
        }
    }
}

/// A configuration value with its origin.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where it was written.
    pub origin: Origin,
}

/// What a [`Node`] holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a decimal point.
    Float(f64),
    /// Text (dates too).
    String(String),
    /// A list.
    Array(Vec<Node>),
    /// Keys and values, in the order written.
    Table(Vec<(String, Node)>),
}

impl Node {
    /// A table without keys.
    pub fn empty_table(origin: Origin) -> Self {
        Self { value: Value::Table(Vec::new()), origin }
    }

    /// The value under `key`, if this is a table that has it.
    ///
    /// ```
    /// use docmill_core::settings::{Node, Origin, Value};
    ///
    /// let mut table = Node::empty_table(Origin::default());
    /// table.set(&["ner", "labels"], Node { value: Value::Integer(4), origin: Origin::default() });
    /// assert_eq!(table.get("ner").and_then(|ner| ner.get("labels")).unwrap().value, Value::Integer(4));
    /// assert!(table.get("names").is_none());
    /// ```
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Table(entries) => entries.iter().find(|(k, _)| k == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// Takes the value under `key` out of this table.
    pub fn take(&mut self, key: &str) -> Option<Node> {
        let Value::Table(entries) = &mut self.value else { return None };
        let at = entries.iter().position(|(k, _)| k == key)?;
        Some(entries.remove(at).1)
    }

    /// Sets the value under a dotted path and creates tables as needed. A value in place of a table is replaced.
    pub fn set(&mut self, path: &[&str], node: Node) {
        let Some((&key, rest)) = path.split_first() else {
            *self = node;
            return;
        };
        if !matches!(self.value, Value::Table(_)) {
            *self = Node::empty_table(node.origin.clone());
        }
        let Value::Table(entries) = &mut self.value else { return };
        if let Some((_, child)) = entries.iter_mut().find(|(k, _)| k == key) {
            child.set(rest, node);
        } else {
            let mut child = Node::empty_table(node.origin.clone());
            child.set(rest, node);
            entries.push((key.to_owned(), child));
        }
    }

    /// Lays `over` upon this tree: tables merge key by key, anything else is replaced.
    ///
    /// ```
    /// use docmill_core::settings::{Node, Origin, Value};
    ///
    /// let at = |place: &str| Origin { place: place.into(), line: None };
    /// let set = |key: &str, value: i64, place: &str| {
    ///     let mut table = Node::empty_table(at(place));
    ///     table.set(&[key], Node { value: Value::Integer(value), origin: at(place) });
    ///     table
    /// };
    /// let mut config = set("least", 1, "news.toml");
    /// config.merge(set("least", 2, "my.toml"));
    /// config.merge(set("most", 9, "--set most"));
    /// assert_eq!(config.get("least").unwrap().origin.to_string(), "my.toml");
    /// assert_eq!(config.to_json(), docmill_core::serde_json::json!({ "least": 2, "most": 9 }));
    /// ```
    pub fn merge(&mut self, over: Node) {
        match (&mut self.value, over.value) {
            (Value::Table(entries), Value::Table(new)) => {
                for (key, node) in new {
                    match entries.iter_mut().find(|(k, _)| *k == key) {
                        Some((_, old)) => old.merge(node),
                        None => entries.push((key, node)),
                    }
                }
            }
            (_, value) => *self = Node { value, origin: over.origin },
        }
    }

    /// Reads a settings type from this tree.
    ///
    /// ```
    /// use docmill_core::settings::{Node, Origin, Value};
    ///
    /// /// Settings of a stage.
    /// #[docmill_core::settings]
    /// #[derive(Default)]
    /// struct Settings {
    ///     /// The smallest share that counts.
    ///     least: f64,
    /// }
    ///
    /// let mut table = Node::empty_table(Origin { place: "my.toml".into(), line: Some(3) });
    /// let origin = Origin { place: "my.toml".into(), line: Some(4) };
    /// table.set(&["leats"], Node { value: Value::Float(0.5), origin });
    /// let error = table.parse::<Settings>().unwrap_err();
    /// assert_eq!(error.to_string(), "my.toml:4: unknown key `leats`; did you mean `least`?");
    /// ```
    ///
    /// # Errors
    /// With the origin of the offending value, the path of keys to it, and the nearest known key if one is unknown.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, SettingsError> {
        T::deserialize(self)
    }

    /// The tree as JSON with sorted keys: what a run's identity is computed from.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Bool(b) => (*b).into(),
            Value::Integer(i) => (*i).into(),
            Value::Float(x) => (*x).into(),
            Value::String(s) => s.as_str().into(),
            Value::Array(items) => items.iter().map(Node::to_json).collect(),
            Value::Table(entries) => {
                entries.iter().map(|(key, node)| (key.clone(), node.to_json())).collect()
            }
        }
    }
}

/// Why settings could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SettingsError {
    /// What is wrong.
    pub message: String,
    /// How to fix it, if known.
    pub help: Option<String>,
    /// Keys from the table that was read down to the value.
    pub path: Vec<String>,
    /// Where the value was written.
    pub origin: Option<Origin>,
}

impl SettingsError {
    /// Notes the place, unless a place nearer to the fault is noted already.
    fn or_at(mut self, origin: &Origin) -> Self {
        self.origin.get_or_insert_with(|| origin.clone());
        self
    }

    /// For a value of another kind than a setting takes, in the words of those who write configurations.
    fn mismatch(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let found = match found {
            Unexpected::Bool(value) => value.to_string(),
            Unexpected::Unsigned(value) => value.to_string(),
            Unexpected::Signed(value) => value.to_string(),
            Unexpected::Float(value) => value.to_string(),
            Unexpected::Str(value) => format!("\"{value}\""),
            Unexpected::Seq => "a list".to_owned(),
            Unexpected::Map => "a table".to_owned(),
            other => other.to_string(),
        };
        let expected = expected.to_string();
        let expected = match expected.as_str() {
            "a boolean" => "true or false",
            "a string" => "a text in quotation marks",
            "a sequence" => "a list",
            "a map" => "a table",
            "f32" | "f64" => "a number",
            "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
            "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number of 0 or more",
            positive if positive.starts_with("a nonzero u") => "a whole number above 0",
            table if table.starts_with("struct ") => "a table",
            other => other,
        };
        Self { message: format!("{found} is not {expected}"), ..Self::default() }
    }

    /// Adds `key` to the path of the error.
    #[must_use]
    pub fn under(mut self, key: &str) -> Self {
        self.path.insert(0, key.to_owned());
        self
    }
}

impl Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(origin) = &self.origin {
            write!(f, "{origin}: ")?;
        }
        if !self.path.is_empty() {
            write!(f, "`{}`: ", self.path.join("."))?;
        }
        f.write_str(&self.message)?;
        if let Some(help) = &self.help {
            write!(f, "; {help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for SettingsError {}

impl de::Error for SettingsError {
    fn custom<T: Display>(message: T) -> Self {
        Self { message: message.to_string(), ..Self::default() }
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::mismatch(found, expected)
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::mismatch(found, expected)
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self {
            message: format!("unknown key `{field}`"),
            help: Some(suggest(field, expected.iter().copied(), "key")),
            ..Self::default()
        }
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self {
            message: format!("unknown value \"{variant}\""),
            help: Some(suggest(variant, expected.iter().copied(), "value")),
            ..Self::default()
        }
    }
}

/// Reads a setting that is a number between 0 and 1, such as a threshold.
///
/// ```
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// #[serde(default)]
/// struct Settings {
///     #[serde(deserialize_with = "docmill_core::settings::share")]
///     threshold: Option<f32>,
/// }
/// # impl Default for Settings { fn default() -> Self { Self { threshold: None } } }
/// # let read = |json: &str| serde_json::from_str::<Settings>(json);
///
/// assert_eq!(read(r#"{"threshold": 0.5}"#).unwrap().threshold, Some(0.5));
/// assert!(read(r#"{"threshold": 1.5}"#).is_err());
/// ```
///
/// # Errors
/// For anything else: `"high" is not a number between 0 and 1`.
pub fn share<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f32>, D::Error> {
    struct Share;

    impl Visitor<'_> for Share {
        type Value = f32;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a number between 0 and 1")
        }

        fn visit_f64<E: de::Error>(self, value: f64) -> Result<f32, E> {
            let inside = (0.0..=1.0).contains(&value);
            inside.then_some(value as f32).ok_or_else(|| E::invalid_value(Unexpected::Float(value), &self))
        }

        fn visit_i64<E: de::Error>(self, value: i64) -> Result<f32, E> {
            match value {
                0 => Ok(0.0),
                1 => Ok(1.0),
                _ => Err(E::invalid_value(Unexpected::Signed(value), &self)),
            }
        }

        fn visit_u64<E: de::Error>(self, value: u64) -> Result<f32, E> {
            match value {
                0 => Ok(0.0),
                1 => Ok(1.0),
                _ => Err(E::invalid_value(Unexpected::Unsigned(value), &self)),
            }
        }
    }

    deserializer.deserialize_any(Share).map(Some)
}

/// Checks that the setting `key` is a share: stages that are built in Rust have no deserializer before them.
///
/// ```
/// # use docmill_core::settings::check_share;
/// assert!(check_share("threshold", 0.5, "0.5").is_ok());
/// let error = check_share("threshold", 7.0, "0.5").unwrap_err().to_string();
/// assert!(error.contains("7 is not between 0 and 1"), "{error}");
/// ```
///
/// # Errors
/// If it is not between 0 and 1; `example` is a value that would do.
pub fn check_share(key: &str, value: f32, example: &str) -> Result<(), StageError> {
    if (0.0..=1.0).contains(&value) {
        return Ok(());
    }
    Err(StageError::setting(
        key,
        format!("{value} is not between 0 and 1"),
        format!("give for instance {example}"),
    ))
}

/// Opens the file that the setting `key` names, to append to it.
///
/// # Errors
/// If it cannot be opened or made.
pub fn open_to_append(key: &str, path: &Path) -> Result<Mutex<File>, StageError> {
    File::options().create(true).append(true).open(path).map(Mutex::new).map_err(|error| {
        let reason = format!("{}: {error}", path.display());
        StageError::setting(key, reason, "name a file that can be written")
    })
}

/// "did you mean `x`?" where something known is near, else the list of what is known.
///
/// ```
/// use docmill_core::settings::suggest;
///
/// let known = ["tokenize", "ner", "names"];
/// assert_eq!(suggest("tokenise", known.into_iter(), "stage"), "did you mean `tokenize`?");
/// assert_eq!(suggest("weather", known.into_iter(), "stage"), "known: names, ner, tokenize");
/// ```
pub fn suggest<'a>(word: &str, known: impl Iterator<Item = &'a str> + Clone, what: &str) -> String {
    let near = known
        .clone()
        .map(|k| (strsim::damerau_levenshtein(word, k), k))
        // A third of the letters may be wrong; further off, a guess misleads.
        .filter(|&(distance, k)| distance * 3 <= k.chars().count().max(3))
        .min();
    let mut list: Vec<&str> = known.collect();
    list.sort_unstable();
    match near {
        Some((_, k)) => format!("did you mean `{k}`?"),
        None if list.is_empty() => format!("there is no {what} to set here"),
        None => format!("known: {}", list.join(", ")),
    }
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = SettingsError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, SettingsError> {
        let result = match &self.value {
            Value::Bool(b) => visitor.visit_bool(*b),
            Value::Integer(i) => visitor.visit_i64(*i),
            Value::Float(x) => visitor.visit_f64(*x),
            Value::String(s) => visitor.visit_borrowed_str(s),
            Value::Array(items) => visitor.visit_seq(Items { items: items.iter(), index: 0 }),
            Value::Table(entries) => visitor.visit_map(Entries { entries: entries.iter(), current: None }),
        };
        result.map_err(|e| e.or_at(&self.origin))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, SettingsError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, SettingsError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, SettingsError> {
        let result = match &self.value {
            Value::String(s) => IntoDeserializer::<SettingsError>::into_deserializer(s.as_str())
                .deserialize_enum(name, variants, visitor),
            Value::Table(entries) if entries.len() == 1 => {
                let map = Entries { entries: entries.iter(), current: None };
                visitor.visit_enum(MapAccessDeserializer::new(map))
            }
            _ => Err(SettingsError {
                message: "expected a name or a table of one key".to_owned(),
                help: Some(format!("known: {}", variants.join(", "))),
                ..SettingsError::default()
            }),
        };
        result.map_err(|e| e.or_at(&self.origin))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, SettingsError> {
        match &self.value {
            // A flag has no brackets: `--set stages=header,tokenize`, `--set ner.only=PER`.
            Value::String(text) if self.origin.line.is_none() && self.origin.place.starts_with("--set") => {
                let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
                visitor
                    .visit_seq(SeqDeserializer::new(items))
                    .map_err(|e: SettingsError| e.or_at(&self.origin))
            }
            _ => self.deserialize_any(visitor),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string
        bytes byte_buf unit unit_struct tuple tuple_struct map struct identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, SettingsError> for &'de Node {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

struct Items<'de> {
    items: std::slice::Iter<'de, Node>,
    index: usize,
}

impl<'de> de::SeqAccess<'de> for Items<'de> {
    type Error = SettingsError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, SettingsError> {
        let Some(node) = self.items.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        seed.deserialize(node).map(Some).map_err(|e| e.under(&format!("[{index}]")))
    }
}

struct Entries<'de> {
    entries: std::slice::Iter<'de, (String, Node)>,
    current: Option<&'de (String, Node)>,
}

impl<'de> de::MapAccess<'de> for Entries<'de> {
    type Error = SettingsError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, SettingsError> {
        self.current = self.entries.next();
        let Some((key, node)) = self.current else { return Ok(None) };
        seed.deserialize(IntoDeserializer::<SettingsError>::into_deserializer(key.as_str()))
            .map(Some)
            .map_err(|e| e.or_at(&node.origin))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, SettingsError> {
        let Some((key, node)) = self.current else {
            return Err(de::Error::custom("a value was asked for before its key"));
        };
        seed.deserialize(node).map_err(|e| e.or_at(&node.origin).under(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "kebab-case")]
    enum Engine {
        Default,
        RustBert,
        Custom { threads: u8 },
    }

    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(default, deny_unknown_fields)]
    struct Settings {
        engine: Option<Engine>,
        model: Option<String>,
        weights: Vec<f64>,
        limits: Limits,
    }

    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(default, deny_unknown_fields)]
    struct Limits {
        tokens: u32,
    }

    fn at(line: usize, value: Value) -> Node {
        Node { value, origin: Origin { place: "my.toml".into(), line: Some(line) } }
    }

    fn table(entries: Vec<(&str, Node)>) -> Node {
        at(1, Value::Table(entries.into_iter().map(|(k, n)| (k.to_owned(), n)).collect()))
    }

    #[test]
    fn reads_nested_settings() {
        let node = table(vec![
            ("engine", at(2, Value::String("rust-bert".into()))),
            ("weights", at(3, Value::Array(vec![at(3, Value::Float(0.5))]))),
            ("limits", table(vec![("tokens", at(5, Value::Integer(7)))])),
        ]);
        let settings: Settings = node.parse().unwrap();
        assert_eq!(settings.engine, Some(Engine::RustBert));
        assert_eq!(settings.weights, [0.5]);
        assert_eq!(settings.limits.tokens, 7);
    }

    #[test]
    fn reads_a_variant_with_fields() {
        let threads = table(vec![("threads", at(3, Value::Integer(2)))]);
        let node = table(vec![("engine", table(vec![("custom", threads)]))]);
        assert_eq!(node.parse::<Settings>().unwrap().engine, Some(Engine::Custom { threads: 2 }));
    }

    #[test]
    fn an_unknown_key_is_named_with_line_and_nearest() {
        let node = table(vec![("limits", table(vec![("token", at(9, Value::Integer(7)))]))]);
        let error = node.parse::<Settings>().unwrap_err().under("ner");
        assert_eq!(error.to_string(), "my.toml:9: `ner.limits`: unknown key `token`; did you mean `tokens`?");
    }

    #[test]
    fn a_wrong_value_is_named_with_line_and_path() {
        let node = table(vec![("engine", at(4, Value::String("rustbert".into())))]);
        let error = node.parse::<Settings>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "my.toml:4: `engine`: unknown value \"rustbert\"; did you mean `rust-bert`?"
        );
        let node = table(vec![("limits", table(vec![("tokens", at(6, Value::Integer(-1)))]))]);
        let error = node.parse::<Settings>().unwrap_err().to_string();
        assert_eq!(error, "my.toml:6: `limits.tokens`: -1 is not a whole number of 0 or more");
    }

    #[test]
    fn set_and_merge_keep_the_last_word() {
        let mut node = table(vec![("limits", table(vec![("tokens", at(2, Value::Integer(1)))]))]);
        node.merge(table(vec![("model", at(3, Value::String("a".into())))]));
        node.set(&["limits", "tokens"], at(8, Value::Integer(9)));
        let settings: Settings = node.parse().unwrap();
        assert_eq!((settings.limits.tokens, settings.model.as_deref()), (9, Some("a")));
    }
}
