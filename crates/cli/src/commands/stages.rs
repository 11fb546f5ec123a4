//! `docmill stages`

use anyhow::Result;
use docmill_archive::{FieldSettings, InputSettings};
use docmill_engine::Registry;
use schemars::Schema;
use serde_json::Value;

use super::print;
use crate::args::StagesArgs;
use crate::exit::Ended;

/// Lists the stages of this program.
pub fn run(args: &StagesArgs, registry: &Registry) -> Result<Ended> {
    let mut text = String::new();
    for entry in registry.entries() {
        text += &format!("{:<16} {}\n", entry.key(), entry.summary());
        if args.verbose {
            text += &settings(entry.key(), &entry.schema());
        }
    }
    if args.verbose {
        text +=
            &format!("{:<16} {}\n", "[input]", "what is read: no stage, but a section of the configuration");
        text += &settings("input", &schemars::schema_for!(InputSettings));
        text += &settings("input.fields", &schemars::schema_for!(FieldSettings));
    }
    print(&text)?;
    Ok(Ended::Clean)
}

/// What can be set under `key`, from the schema of the settings type.
fn settings(key: &str, schema: &Schema) -> String {
    let schema = schema.as_value();
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return String::new() };
    let line = |(name, property): (&String, &Value)| {
        let default = property.get("default").filter(|d| !d.is_null());
        let default = default.map(|d| format!(" (default {d})")).unwrap_or_default();
        let text = property.get("description").and_then(Value::as_str).unwrap_or_default();
        let mut line = format!("    {key}.{name}{default}\n        {}\n", text.replace('\n', "\n        "));
        for (value, meaning) in values(property, schema) {
            line += &format!("          {value}: {}\n", meaning.replace('\n', " "));
        }
        line
    };
    properties.iter().map(line).collect()
}

/// The values that a setting of few choices takes, with their meaning.
fn values<'s>(property: &'s Value, schema: &'s Value) -> Vec<(&'s Value, &'s str)> {
    // Itself, in a list, or left out.
    let target = ["/$ref", "/items/$ref", "/anyOf/0/$ref"].iter().find_map(|place| property.pointer(place));
    let target = target.and_then(Value::as_str);
    let kind = target.and_then(|t| schema.pointer(t.trim_start_matches('#'))).unwrap_or(property);
    let choices = kind.get("oneOf").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let choice = |choice: &'s Value| {
        let meaning = choice.get("description").and_then(Value::as_str).unwrap_or_default();
        Some((choice.get("const")?, meaning))
    };
    choices.iter().filter_map(choice).collect()
}
