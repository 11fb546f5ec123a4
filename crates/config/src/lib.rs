//! From TOML and flags to a checked plan.

mod extends;
mod lexicon;
mod schema;
mod set;
mod settings;
mod size;
mod toml_tree;

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use docmill_core::settings::{Node, Origin, Value, suggest};
use docmill_core::{BuildContext, LayerKey, StageEntry, StageError, WordFile};
use docmill_dedup::Settings as DuplicateSettings;
use docmill_engine::{Plan, PlannedStage, Registry, When};
use docmill_input::InputSettings;
use docmill_jsonl::OutputSettings;
use schemars::JsonSchema;
use serde::Deserialize;

use extends::{EXTENDS, Resolved};
use lexicon::LEXICON;

pub use lexicon::LexiconSettings;
pub use schema::schema;
pub use settings::{Setting, sections, settings};
pub use size::{parse_bytes, parse_shard_size};

/// The default configuration.
pub const NEWS: &str = include_str!("../../../configs/news.toml");

/// The configurations that are part of the program, by name; `configs/README.md` describes them.
pub const BUILT_IN: [(&str, &str); 4] = [
    ("news", NEWS),
    ("entities", include_str!("../../../configs/entities.toml")),
    ("rules", include_str!("../../../configs/rules.toml")),
    ("rust-bert", include_str!("../../../configs/rust-bert.toml")),
];

/// Keys at the top of a config that are not stages.
pub const SECTIONS: [&str; 8] =
    ["stages", "model", "lexicon", "input", "windows", "output", "duplicates", "run"];
/// Key in a stage's table that says on which documents it runs; no setting of the stage.
const WHEN: &str = "when";

/// How the work is cut up and kept. The output does not depend on it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RunSettings {
    /// Most documents in a chunk.
    pub chunk_documents: usize,
    /// Bytes of text after which a chunk ends.
    pub chunk_bytes: usize,
    /// Pause reading while the documents in flight are estimated to need more memory than this (`2GB`, `512MiB`);
    /// empty: the loaded model, the working memory of all jobs, and 1 GiB for documents. The estimate counts the
    /// program with its model, one window's encodings per job, and 50 bytes per byte of text from reading a document
    /// until its line is written. It leaves out the reading thread (one document, or 256 KB of several) and the memory
    /// for finding duplicates (0.3 KB per document). A document that needs more than the limit is processed alone.
    pub max_memory: String,
    /// Seconds between two commits of the journal, and so the most work lost if the run is killed. A compressed output
    /// is committed at the end of a frame: after 256 documents or 1 MiB of lines.
    pub commit_seconds: f64,
}

impl Default for RunSettings {
    fn default() -> Self {
        let limits = docmill_engine::Limits::default();
        Self {
            chunk_documents: limits.chunk_documents,
            chunk_bytes: limits.chunk_bytes,
            max_memory: String::new(),
            commit_seconds: 2.0,
        }
    }
}

impl RunSettings {
    /// How much memory the run may take (bytes), if that is said.
    pub fn max_memory(&self) -> Result<Option<u64>> {
        match self.max_memory.as_str() {
            "" => Ok(None),
            size => parse_bytes(size).map(Some).map_err(|error| anyhow!("run.max_memory: {error}")),
        }
    }
}

/// How long documents are processed. The output depends on it.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct WindowSettings {
    /// A document with more bytes of text than this is processed in windows of at most this size, cut between
    /// paragraphs where possible; 0: never. The language model needs about 900 bytes of memory per byte.
    pub bytes: usize,
}

impl Default for WindowSettings {
    fn default() -> Self {
        Self { bytes: 256 * 1024 }
    }
}

/// Which configuration, with what laid over it.
#[derive(Debug, Clone, Default)]
pub struct ConfigOptions {
    /// The built-in `news` if not given.
    pub file: Option<PathBuf>,
    /// `stage.key=value`.
    pub sets: Vec<String>,
    /// Never touch the network.
    pub offline: bool,
}

/// A configuration, read and checked.
#[derive(Debug)]
pub struct Config {
    /// What is read.
    pub input: InputSettings,
    /// How long documents are processed.
    pub windows: WindowSettings,
    /// What is written.
    pub output: OutputSettings,
    /// Which documents double others.
    pub duplicates: DuplicateSettings,
    /// How the work is cut up.
    pub run: RunSettings,
    /// The model that stages share; empty for docmill's own.
    pub model: String,
    /// Files of words and names that the configuration adds to the shipped ones.
    pub words: Vec<WordFile>,
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
                    "a stage is registered as `{section}`, which is reserved in configurations; rename the stage"
                );
            }
        }
        let Resolved { mut tree, places } = extends::resolve(file)?;
        for flag in sets {
            set::apply(&mut tree, flag)?;
        }
        check_sections(&tree, registry)?;
        let output: OutputSettings = section(&tree, "output")?;
        let plan = plan(&tree, output.shown(), registry)?;
        let words = lexicon::read(&tree)?;
        let identity = identity(&tree, &plan, &words);
        let duplicates: DuplicateSettings = section(&tree, "duplicates")?;
        duplicates.check()?;
        Ok(Self {
            duplicates,
            input: section(&tree, "input")?,
            windows: section(&tree, "windows")?,
            output,
            run: section(&tree, "run")?,
            model: match tree.get("model") {
                Some(node) => node.parse().map_err(|error| error.under("model"))?,
                None => String::new(),
            },
            words,
            plan,
            identity,
            input_tree: settings_json(&tree, "input"),
            tree,
            places,
        })
    }

    /// What stages are built with: so many jobs (all processors if not given), and whether the network may be used.
    pub fn context(&self, jobs: Option<NonZeroUsize>, offline: bool) -> BuildContext {
        let all = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        BuildContext {
            jobs: jobs.unwrap_or_else(all),
            offline,
            model: self.model.clone(),
            words: self.words.clone().into(),
            ..BuildContext::default()
        }
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
                bail!("{}: `{EXTENDS}` works in a configuration file only", node.origin);
            }
            let known =
                SECTIONS.into_iter().chain([EXTENDS]).chain(registry.entries().iter().map(StageEntry::key));
            bail!("{}: unknown key `{key}`; {}", node.origin, suggest(key, known, "key"));
        }
    }
    Ok(())
}

fn plan(tree: &Node, shown: Vec<LayerKey>, registry: &Registry) -> Result<Plan> {
    let Some(list) = tree.get("stages") else {
        bail!(
            "{}: `stages` is missing; list the stages to run, for instance stages = [\"tokenize\", \"ner\"]",
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
    for (i, key) in keys.iter().cloned().enumerate() {
        let origin = origin_of(i);
        let (family, name) = key.split_once('.').unwrap_or((&key, ""));
        let Some(entry) = registry.get(family) else {
            bail!("{origin}: unknown stage `{key}`; {}", registry.suggest(family));
        };
        check_name(entry, &key, name, &origin)?;
        if !seen.insert(key.clone()) {
            bail!("{origin}: `stages` lists `{key}` twice; remove one of them");
        }
        let empty = Node::empty_table(Origin { line: None, ..origin.clone() });
        if entry.schema().pointer(&format!("/properties/{WHEN}")).is_some() {
            bail!(
                "stage `{key}` has a setting `{WHEN}`, which is reserved in configurations; rename the setting"
            );
        }
        let mut table = table(tree, &key).unwrap_or(&empty).clone();
        let when = table.take(WHEN).filter(|when| holds_here(when, &keys));
        let when = when.map(|node| When::parse(&node).map_err(|error| error.under(WHEN).under(&key)));
        let when = when.transpose()?;
        let mut config = entry.parse(&table).map_err(|error| error.under(&key))?;
        // After everything that can be told without it: it may start a program.
        if let Err(error) = config.prepare(name) {
            bail!("{}: stage `{key}`: {error}", place_of(&error, &table).unwrap_or(&origin));
        }
        stages.push(PlannedStage { when, key, origin, table, config });
    }
    Ok(Plan::showing(stages, shown, registry)?)
}

/// A built-in condition on the language asks for nothing where the configuration has left the stage `language` out.
fn holds_here(when: &Node, stages: &[String]) -> bool {
    !(when.origin.place.starts_with("the built-in") && when.get("language").is_some())
        || stages.iter().any(|stage| stage == "language")
}

/// The table of a stage or section; that of `process.topics` is `topics` in `process`.
pub fn table<'t>(tree: &'t Node, key: &str) -> Option<&'t Node> {
    key.split('.').try_fold(tree, Node::get)
}

/// A stage of a family has a name behind a dot, and no other has.
fn check_name(entry: &StageEntry, key: &str, name: &str, origin: &Origin) -> Result<()> {
    let family = entry.key();
    if !entry.is_family() {
        if key != family {
            bail!("{origin}: stage `{family}` has no parts, so there is no `{key}`; write `{family}`");
        }
        return Ok(());
    }
    let plain = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-');
    if !plain {
        bail!(
            "{origin}: `{key}` needs a name in lower-case letters after a dot; write for instance `{family}.topics` in \
             `stages`, and its settings under [{family}.topics]"
        );
    }
    Ok(())
}

/// Where the setting at fault was written.
fn place_of<'t>(error: &StageError, table: &'t Node) -> Option<&'t Origin> {
    match error {
        StageError::Setting { key, .. } => table.get(key).map(|node| &node.origin),
        _ => None,
    }
}

/// A section as it was written.
fn settings_json(tree: &Node, key: &str) -> serde_json::Value {
    table(tree, key).map_or_else(|| serde_json::json!({}), Node::to_json)
}

/// What decides the output. Most settings of `input` decide which documents there are, not what is said of them;
/// those of `run` decide nothing.
fn identity(tree: &Node, plan: &Plan, words: &[WordFile]) -> serde_json::Value {
    let settings = |key: &str| settings_json(tree, key);
    let of_stage = |stage: &PlannedStage| {
        let written = settings(&stage.key);
        // No setting of the stage, which may say that some of its settings decide nothing.
        let when = written.get(WHEN).filter(|_| stage.when.is_some()).cloned();
        let mut decides = stage.config.identity(written);
        if let (Some(when), Some(decides)) = (when, decides.as_object_mut()) {
            decides.insert(WHEN.to_owned(), when);
        }
        serde_json::json!({ "stage": stage.key, "settings": decides })
    };
    let stages: Vec<_> = plan.stages().iter().map(of_stage).collect();
    let mut input = settings("input");
    if let Some(input) = input.as_object_mut() {
        input.retain(|key, _| ["fields", "format", "encoding"].contains(&key.as_str()));
    }
    let mut decides = serde_json::json!({
        "stages": stages,
        "output": settings("output"),
        "input": input,
        "duplicates": settings("duplicates"),
        "windows": settings("windows"),
    });
    if !words.is_empty() {
        decides[LEXICON] = lexicon::identity(words);
    }
    decides
}
