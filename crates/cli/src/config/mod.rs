//! From TOML and flags to a checked plan.

mod extends;
mod schema;
mod set;
mod settings;
mod toml_tree;

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Result, bail};
use docmill_archive::InputSettings;
use docmill_core::StageEntry;
use docmill_core::settings::{Node, Origin, Value, suggest};
use docmill_engine::{Plan, PlannedStage, Registry, When};
use docmill_jsonl::OutputSettings;
use schemars::JsonSchema;
use serde::Deserialize;

use extends::{EXTENDS, Resolved};

pub use schema::schema;
pub use settings::{Setting, sections, settings};

/// The default configuration.
pub const NEWS: &str = include_str!("../../../../configs/news.toml");

/// Keys at the top of a config that are not stages.
const SECTIONS: [&str; 5] = ["stages", "model", "input", "output", "run"];
/// Key in a stage's table that says on which documents it runs; no setting of the stage.
const WHEN: &str = "when";

/// How the work is cut up and kept. The output does not depend on it.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RunSettings {
    /// Documents in a chunk at most.
    pub chunk_documents: usize,
    /// A chunk ends once it holds so many bytes of text.
    pub chunk_bytes: usize,
    /// Seconds between two commits of the journal: so much work is lost at most when the run is killed. A compressed
    /// output is committed where a frame ends, after 256 documents or 1 MiB of lines.
    pub commit_seconds: f64,
}

impl Default for RunSettings {
    fn default() -> Self {
        let limits = docmill_engine::Limits::default();
        Self { chunk_documents: limits.chunk_documents, chunk_bytes: limits.chunk_bytes, commit_seconds: 2.0 }
    }
}

/// A configuration, read and checked.
#[derive(Debug)]
pub struct Config {
    /// What is read.
    pub input: InputSettings,
    /// What is written.
    pub output: OutputSettings,
    /// How the work is cut up.
    pub run: RunSettings,
    /// The model that stages share; empty for docmill's own.
    pub model: String,
    /// The stages.
    pub plan: Plan,
    /// The parts that decide the output, as JSON: stages with their settings, and the output's.
    pub identity: serde_json::Value,
    /// The values that were written, each with its place.
    pub tree: Node,
    /// The files it was read from, each laid over the one before it.
    pub places: Vec<String>,
    /// The settings of `input` as they were written, as JSON.
    pub input_tree: serde_json::Value,
}

impl Config {
    /// Reads `file` (or the built-in default), lays the `--set` flags over it, and checks the plan.
    pub fn load(file: Option<&Path>, sets: &[String], registry: &Registry) -> Result<Self> {
        for section in SECTIONS.into_iter().chain([EXTENDS]) {
            if registry.get(section).is_some() {
                bail!(
                    "a stage is registered as `{section}`, which configs use for something else; rename it"
                );
            }
        }
        let Resolved { mut tree, places } = extends::resolve(file)?;
        for flag in sets {
            set::apply(&mut tree, flag)?;
        }
        check_sections(&tree, registry)?;
        let plan = plan(&tree, registry)?;
        let identity = identity(&tree, &plan);
        Ok(Self {
            input: section(&tree, "input")?,
            output: section(&tree, "output")?,
            run: section(&tree, "run")?,
            model: match tree.get("model") {
                Some(node) => node.parse().map_err(|error| error.under("model"))?,
                None => String::new(),
            },
            plan,
            identity,
            input_tree: settings_json(&tree, "input"),
            tree,
            places,
        })
    }
}

fn section<T: for<'de> Deserialize<'de>>(tree: &Node, name: &str) -> Result<T> {
    let empty = Node::empty_table(tree.origin.clone());
    Ok(tree.get(name).unwrap_or(&empty).parse::<T>().map_err(|error| error.under(name))?)
}

fn check_sections(tree: &Node, registry: &Registry) -> Result<()> {
    let Value::Table(entries) = &tree.value else { return Ok(()) };
    for (key, node) in entries {
        if !SECTIONS.contains(&key.as_str()) && registry.get(key).is_none() {
            if key == EXTENDS {
                bail!("{}: `{EXTENDS}` stands in a configuration file only", node.origin);
            }
            let known =
                SECTIONS.into_iter().chain([EXTENDS]).chain(registry.entries().iter().map(StageEntry::key));
            bail!("{}: unknown key `{key}`; {}", node.origin, suggest(key, known, "key"));
        }
    }
    Ok(())
}

fn plan(tree: &Node, registry: &Registry) -> Result<Plan> {
    let Some(list) = tree.get("stages") else {
        bail!(
            "{}: no `stages`; say what is done, for instance stages = [\"tokenize\", \"ner\"]",
            tree.origin
        );
    };
    let keys: Vec<String> = list.parse().map_err(|error| error.under("stages"))?;
    let origin_of = |i: usize| match &list.value {
        Value::Array(items) => items[i].origin.clone(),
        _ => list.origin.clone(),
    };
    let mut seen = BTreeSet::new();
    let mut stages = Vec::new();
    for (i, key) in keys.into_iter().enumerate() {
        let origin = origin_of(i);
        let Some(entry) = registry.get(&key) else {
            bail!("{origin}: unknown stage `{key}`; {}", registry.suggest(&key));
        };
        if !seen.insert(key.clone()) {
            bail!("{origin}: stage `{key}` stands twice in `stages`; remove one");
        }
        let empty = Node::empty_table(Origin { line: None, ..origin.clone() });
        if entry.schema().pointer(&format!("/properties/{WHEN}")).is_some() {
            bail!("stage `{key}` has a setting `{WHEN}`, which configs use for something else; rename it");
        }
        let mut table = tree.get(&key).unwrap_or(&empty).clone();
        let when = table.take(WHEN);
        let when = when.map(|node| When::parse(&node).map_err(|error| error.under(WHEN).under(&key)));
        let config = entry.parse(&table).map_err(|error| error.under(&key))?;
        stages.push(PlannedStage { when: when.transpose()?, key, origin, table, config });
    }
    Ok(Plan::new(stages, registry)?)
}

/// A section as it was written.
fn settings_json(tree: &Node, key: &str) -> serde_json::Value {
    tree.get(key).map_or_else(|| serde_json::json!({}), Node::to_json)
}

/// What decides the output. Most settings of `input` decide which documents there are, not what is said of them;
/// those of `run` decide nothing.
fn identity(tree: &Node, plan: &Plan) -> serde_json::Value {
    let settings = |key: &str| settings_json(tree, key);
    let stages: Vec<_> = plan
        .stages()
        .iter()
        .map(|s| serde_json::json!({ "stage": s.key, "settings": settings(&s.key) }))
        .collect();
    let mut input = settings("input");
    if let Some(input) = input.as_object_mut() {
        input.retain(|key, _| ["fields", "format", "encoding"].contains(&key.as_str()));
    }
    serde_json::json!({ "stages": stages, "output": settings("output"), "input": input })
}
