//! The configuration as JSON Schema, for editors.

use docmill_core::StageEntry;
use docmill_engine::{Registry, When};
use schemars::Schema;
use serde_json::{Map, Value, json};

use crate::extends::EXTENDS;
use crate::settings::sections;
use crate::{NEWS, WHEN};

/// JSON Schema of a configuration of this program, made from the types that read it. Draft 7, which the editors'
/// TOML support (taplo) knows; of later drafts nothing is used.
pub fn schema(registry: &Registry) -> Value {
    let mut definitions = Map::new();
    let mut properties = Map::new();
    let (families, others): (Vec<&StageEntry>, Vec<&StageEntry>) =
        registry.entries().iter().partition(|entry| entry.is_family());
    let keys: Vec<&str> = others.iter().map(|entry| entry.key()).collect();
    let named = families.iter().map(|entry| format!("^{}\\.[a-z][a-z0-9_-]*$", entry.key()));
    let known: Vec<Value> = std::iter::once(json!({ "enum": keys }))
        .chain(named.map(|pattern| json!({ "type": "string", "pattern": pattern })))
        .collect();
    properties.insert(
        EXTENDS.to_owned(),
        json!({
            "description": "The configuration that this one is laid over: a file, from this one's folder, or \"news\" \
                            for the built-in one. Tables merge key by key; lists and other values are replaced.",
            "type": "string"
        }),
    );
    properties.insert(
        "stages".to_owned(),
        json!({
            "description": "What is done to each document, in this order.",
            "type": "array",
            "items": { "anyOf": known },
            "uniqueItems": true
        }),
    );
    properties.insert(
        "model".to_owned(),
        json!({
            "description": "The language model that stages share: a folder, or \"hf:OWNER/NAME@REVISION\". Empty: \
                            docmill's own.",
            "type": "string",
            "default": ""
        }),
    );
    for (key, summary, section) in sections() {
        properties.insert(key.to_owned(), table(key, summary, section, &mut definitions));
    }
    let when =
        table(WHEN, "On which documents the stage runs.", schemars::schema_for!(When), &mut definitions);
    definitions.insert(WHEN.to_owned(), when);
    for entry in registry.entries() {
        let mut stage = table(entry.key(), entry.summary(), entry.schema(), &mut definitions);
        if let Some(settings) = stage.get_mut("properties").and_then(Value::as_object_mut) {
            settings.insert(WHEN.to_owned(), json!({ "$ref": format!("#/definitions/{WHEN}") }));
        } else {
            stage["properties"] = json!({ WHEN: { "$ref": format!("#/definitions/{WHEN}") } });
        }
        if entry.is_family() {
            // A table for each stage, by its name.
            stage =
                json!({ "description": entry.summary(), "type": "object", "additionalProperties": stage });
        }
        properties.insert(entry.key().to_owned(), stage);
    }
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "docmill configuration",
        "description": format!("Settings of a docmill run; the built-in ones:\n\n{NEWS}"),
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "definitions": definitions
    })
}

/// The schema of one section, with its definitions moved to the common ones under names of its own.
fn table(key: &str, summary: &str, schema: Schema, definitions: &mut Map<String, Value>) -> Value {
    let mut schema = schema.to_value();
    let own = schema.as_object_mut().and_then(|schema| schema.remove("$defs"));
    for (name, mut definition) in own.and_then(|own| own.as_object().cloned()).into_iter().flatten() {
        move_references(&mut definition, key);
        definitions.insert(format!("{key}.{name}"), definition);
    }
    move_references(&mut schema, key);
    if let Some(schema) = schema.as_object_mut() {
        schema.remove("$schema");
        schema.remove("title");
        // What the settings type says of itself is for its crate; the summary is for users.
        schema.insert("description".to_owned(), summary.into());
    }
    schema
}

/// Points references at where [`table`] puts what they refer to; the whole of a section, for types that hold themselves,
/// is a definition of its own.
fn move_references(value: &mut Value, key: &str) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                match field {
                    Value::String(target) if name == "$ref" => {
                        *target = match target.strip_prefix("#/$defs/") {
                            Some(rest) => format!("#/definitions/{key}.{rest}"),
                            None => format!("#/definitions/{key}"),
                        };
                    }
                    _ => move_references(field, key),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| move_references(item, key)),
        _ => {}
    }
}
