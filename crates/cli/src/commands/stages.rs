//! `docmill stages`

use anyhow::Result;
use docmill_config::{Setting, sections, settings};
use docmill_engine::{Registry, When};

use super::print;
use crate::args::StagesArgs;
use crate::exit::Ended;

/// Lists the stages of this program.
pub fn run(args: &StagesArgs, registry: &Registry) -> Result<Ended> {
    let mut text = String::new();
    for entry in registry.entries() {
        let key = if entry.is_family() { format!("{}.NAME", entry.key()) } else { entry.key().to_owned() };
        text += &format!("{key:<16} {}\n", entry.summary());
        if args.verbose {
            text += &section(&key, &settings(&entry.schema()));
        }
    }
    if args.verbose {
        for (key, summary, schema) in sections() {
            text += &format!(
                "{:<16} {summary} (a section of the configuration, not a stage)\n",
                format!("[{key}]")
            );
            text += &section(key, &settings(&schema));
        }
        text += &format!("{:<16} on which documents a stage runs; every stage has it\n", "STAGE.when");
        text += &section("STAGE.when", &settings(&schemars::schema_for!(When)));
    }
    print(&text)?;
    Ok(Ended::Clean)
}

/// What can be set under `key`.
fn section(key: &str, settings: &[Setting]) -> String {
    let mut text = String::new();
    for setting in settings {
        let default =
            if setting.default.is_null() { String::new() } else { format!(", default {}", setting.default) };
        text += &format!("    {key}.{} ({}{default})\n", setting.key, setting.kind);
        text += &format!("        {}\n", setting.doc.replace('\n', "\n        "));
        for (value, meaning) in &setting.values {
            text += &format!("          {value}: {meaning}\n");
        }
    }
    text
}
