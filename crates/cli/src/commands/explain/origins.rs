//! What is set, and where that was written.

use docmill_core::settings::{Node, Value as Written};
use docmill_engine::Registry;
use serde::Serialize;
use serde_json::Value;

use docmill_config::{Config, Setting, sections, settings};

/// A setting, what it is, and where that was written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Origined {
    /// With its section: `ner.engine`.
    pub key: String,
    /// What it is; null if it is not set and nothing stands for that.
    pub value: Value,
    /// `my.toml:4`, `the built-in news.toml:61`, `--set ner.engine`, or `default`.
    pub origin: String,
}

/// The settings of the stages that run and of the other sections.
pub fn of(config: &Config, registry: &Registry) -> Vec<Origined> {
    let mut found = Vec::new();
    let model = Setting { default: "".into(), key: "model".to_owned(), ..Setting::default() };
    add(&config.tree, "", &model, &mut found);
    for (key, _, schema) in sections() {
        for setting in settings(&schema) {
            add(&config.tree, &format!("{key}."), &setting, &mut found);
        }
    }
    for stage in config.plan.stages() {
        let Some(entry) = registry.get(&stage.key) else { continue };
        for setting in settings(&entry.schema()) {
            add(&config.tree, &format!("{}.", stage.key), &setting, &mut found);
        }
    }
    found
}

fn add(tree: &Node, section: &str, setting: &Setting, found: &mut Vec<Origined>) {
    let key = format!("{section}{}", setting.key);
    let node = key.split('.').try_fold(tree, |node, key| node.get(key));
    match node {
        // The keys of a table may come from several files.
        Some(Node { value: Written::Table(entries), .. }) if !entries.is_empty() => {
            found.extend(entries.iter().map(|(name, node)| written(format!("{key}.{name}"), node)));
        }
        Some(node) => found.push(written(key, node)),
        None => found.push(Origined { key, value: setting.default.clone(), origin: "default".to_owned() }),
    }
}

fn written(key: String, node: &Node) -> Origined {
    Origined { key, value: node.to_json(), origin: node.origin.to_string() }
}
