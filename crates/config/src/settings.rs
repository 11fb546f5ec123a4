//! What can be set, read from the types: a setting's documentation stands at its field and nowhere else.

use docmill_dedup::Settings as DuplicateSettings;
use docmill_input::InputSettings;
use docmill_jsonl::OutputSettings;
use schemars::Schema;
use serde::Serialize;
use serde_json::Value;

use crate::{LexiconSettings, RunSettings, WindowSettings};

/// One thing that can be set.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Setting {
    /// Its key below the section, with dots: `engine`, `fields.title`.
    pub key: String,
    /// What it takes, in TOML's words.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it is if it is not set; null if nothing stands for that, and the documentation says what happens.
    pub default: Value,
    /// What it means.
    pub doc: String,
    /// The values it takes, if they are few, with their meaning.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<(Value, String)>,
}

/// The sections of a config that are no stages, with their schemas.
pub fn sections() -> [(&'static str, &'static str, Schema); 6] {
    [
        ("lexicon", "words and names besides the shipped ones", schemars::schema_for!(LexiconSettings)),
        ("input", "what is read", schemars::schema_for!(InputSettings)),
        ("windows", "how to process long documents", schemars::schema_for!(WindowSettings)),
        ("output", "what the records show", schemars::schema_for!(OutputSettings)),
        (
            "duplicates",
            "how to find and treat documents that repeat earlier ones",
            schemars::schema_for!(DuplicateSettings),
        ),
        ("run", "how to divide the work; does not affect the output", schemars::schema_for!(RunSettings)),
    ]
}

/// What a settings type has, those of the tables in it with their path, in the order of their keys.
pub fn settings(schema: &Schema) -> Vec<Setting> {
    let mut found = Vec::new();
    collect(schema.as_value(), schema.as_value(), &Value::Null, "", &mut found);
    found
}

/// Adds the settings of `table`, whose value is `defaults` if it is not set.
fn collect(root: &Value, table: &Value, defaults: &Value, path: &str, found: &mut Vec<Setting>) {
    for (name, property) in table.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let key = format!("{path}{name}");
        let default = defaults.get(name).or_else(|| property.get("default")).cloned().unwrap_or_default();
        let target = resolve(root, value_of(property));
        // A type that holds itself is not unfolded.
        if target.get("properties").is_some() && !std::ptr::eq(target, root) {
            collect(root, target, &default, &format!("{key}."), found);
            continue;
        }
        let doc = property.get("description").or_else(|| target.get("description"));
        found.push(Setting {
            key,
            kind: kind(root, property),
            default: short(default),
            doc: doc.and_then(Value::as_str).unwrap_or_default().to_owned(),
            values: values(root, property),
        });
    }
}

/// A number of single precision as it was written: 0.47, not 0.4699999988079071.
fn short(value: Value) -> Value {
    let single = value.as_f64().filter(|number| f64::from(*number as f32).to_bits() == number.to_bits());
    let written = single.and_then(|number| (number as f32).to_string().parse::<f64>().ok());
    written.filter(|_| value.is_f64()).map_or(value, Value::from)
}

/// The schema of a value that may be left out.
fn value_of(property: &Value) -> &Value {
    match property.get("anyOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([value, null]) if null.get("type").and_then(Value::as_str) == Some("null") => value,
        _ => property,
    }
}

/// What a reference stands for.
fn resolve<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    let target = schema.get("$ref").and_then(Value::as_str);
    target.and_then(|target| root.pointer(target.trim_start_matches('#'))).unwrap_or(schema)
}

/// The type, in TOML's words.
fn kind(root: &Value, schema: &Value) -> String {
    let target = resolve(root, schema);
    if target.get("oneOf").is_some() || target.get("enum").is_some() || target.get("const").is_some() {
        return "one of the values below".to_owned();
    }
    if let Some(choices) = target.get("anyOf").and_then(Value::as_array) {
        // `null` stands for "not set", which TOML has no word for.
        let kinds: Vec<String> =
            choices.iter().map(|choice| kind(root, choice)).filter(|kind| kind != "null").collect();
        return kinds.join(" or ");
    }
    let word = |name: &str| match name {
        "array" => match target.get("items") {
            Some(items) => format!("array of {}", kind(root, items)),
            None => "array".to_owned(),
        },
        "object" => match target.get("additionalProperties").filter(|values| values.is_object()) {
            Some(values) => format!("table of {}", kind(root, values)),
            None => "table".to_owned(),
        },
        "number" => "float".to_owned(),
        other => other.to_owned(),
    };
    match target.get("type") {
        Some(Value::String(name)) => word(name),
        Some(Value::Array(names)) => {
            let names = names.iter().filter_map(Value::as_str).filter(|name| *name != "null").map(word);
            names.collect::<Vec<_>>().join(" or ")
        }
        _ => "any value".to_owned(),
    }
}

/// The values that a setting of few choices takes, with their meaning.
fn values(root: &Value, schema: &Value) -> Vec<(Value, String)> {
    // Itself, in a list, or left out.
    let places = ["", "/items", "/anyOf/0"];
    let targets = places.iter().filter_map(|place| schema.pointer(place)).map(|found| resolve(root, found));
    let one_of = targets.filter_map(|target| target.get("oneOf").and_then(Value::as_array)).flatten();
    let meaning = |choice: &Value| {
        let text = choice.get("description").and_then(Value::as_str).unwrap_or_default();
        text.replace('\n', " ")
    };
    let described = one_of.filter_map(|choice| Some((choice.get("const")?.clone(), meaning(choice))));
    described.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use schemars::JsonSchema;
    use serde::Deserialize;

    #[derive(Deserialize, Serialize, JsonSchema)]
    #[serde(default)]
    struct Sample {
        /// Which one.
        engine: Engine,
        /// How many, if it is known.
        most: Option<u32>,
        /// Names.
        names: Vec<String>,
        limits: Limits,
        more: Option<Limits>,
        /// Others of its kind.
        inner: Option<Box<Sample>>,
    }

    #[derive(Deserialize, JsonSchema, Serialize, Clone, Copy)]
    #[serde(rename_all = "kebab-case")]
    enum Engine {
        /// Ours.
        Own,
        /// Theirs.
        RustBert,
    }

    #[derive(Deserialize, JsonSchema, Serialize, Clone)]
    #[serde(default)]
    struct Limits {
        /// Words at most.
        words: f64,
    }

    impl Default for Limits {
        fn default() -> Self {
            Self { words: 1.0 }
        }
    }

    impl Default for Sample {
        fn default() -> Self {
            // Not the limit that `Limits` itself has: what holds is what the outer type says.
            Self {
                engine: Engine::RustBert,
                most: None,
                names: vec![],
                limits: Limits { words: 2.5 },
                more: None,
                inner: None,
            }
        }
    }

    #[test]
    fn a_single_number_is_shown_as_written() {
        let shown = |value: f64| short(Value::from(value)).to_string();
        assert_eq!(shown(f64::from(0.47_f32)), "0.47");
        assert_eq!(shown(0.1), "0.1");
        assert_eq!(shown(2.0), "2.0");
        assert_eq!(short(Value::from(3)).to_string(), "3");
    }

    #[test]
    fn settings_are_told_from_the_types() {
        let found = settings(&schemars::schema_for!(Sample));
        let listed: Vec<(&str, &str, String, &str)> =
            found.iter().map(|s| (&*s.key, &*s.kind, s.default.to_string(), &*s.doc)).collect();
        assert_eq!(
            listed,
            [
                ("engine", "one of the values below", "\"rust-bert\"".to_owned(), "Which one."),
                ("inner", "table", "null".to_owned(), "Others of its kind."),
                ("limits.words", "float", "2.5".to_owned(), "Words at most."),
                ("more.words", "float", "1.0".to_owned(), "Words at most."),
                ("most", "integer", "null".to_owned(), "How many, if it is known."),
                ("names", "array of string", "[]".to_owned(), "Names."),
            ]
        );
        assert_eq!(
            found[0].values,
            [("own".into(), "Ours.".to_owned()), ("rust-bert".into(), "Theirs.".to_owned())]
        );
    }
}
