//! `docmill stages`

use anyhow::Result;
use docmill_core::StageEntry;
use docmill_engine::Registry;
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
            text += &settings(entry);
        }
    }
    print(&text)?;
    Ok(Ended::Clean)
}

/// One line per setting, from the schema of the stage's settings type.
fn settings(entry: &StageEntry) -> String {
    let schema = entry.schema();
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return String::new() };
    let line = |(key, property): (&String, &Value)| {
        let default = property.get("default").filter(|d| !d.is_null());
        let default = default.map(|d| format!(" (default {d})")).unwrap_or_default();
        let text = property.get("description").and_then(Value::as_str).unwrap_or_default();
        format!("    {}.{key}{default}\n        {}\n", entry.key(), text.replace('\n', "\n        "))
    };
    properties.iter().map(line).collect()
}
