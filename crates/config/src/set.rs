//! `--set stage.key=value`.

use anyhow::{Result, bail};
use docmill_core::settings::{Node, Origin, Value};

use crate::toml_tree;

/// Lays one flag over the tree. The value is TOML; what is not TOML is taken as text, so that
/// `--set ner.model=my/folder` needs no quotes.
pub fn apply(tree: &mut Node, flag: &str) -> Result<()> {
    let Some((path, value)) = flag.split_once('=') else {
        bail!("--set {flag}: there is no `=`; write for instance --set ner.engine=rust-bert");
    };
    let keys: Vec<&str> = path.trim().split('.').collect();
    if keys.iter().any(|key| key.is_empty()) {
        bail!("--set {flag}: `{path}` is not a key; write for instance --set ner.engine=rust-bert");
    }
    let place = format!("--set {}", path.trim());
    let parsed = toml_tree::parse(&format!("value = {value}"), &place).ok().and_then(|mut t| t.take("value"));
    let origin = Origin { place: place.as_str().into(), line: None };
    let mut node = parsed.unwrap_or(Node { value: Value::String(value.to_owned()), origin: origin.clone() });
    place_all(&mut node, &origin);
    tree.set(&keys, node);
    Ok(())
}

/// A flag has no lines.
fn place_all(node: &mut Node, origin: &Origin) {
    node.origin = origin.clone();
    match &mut node.value {
        Value::Array(items) => items.iter_mut().for_each(|item| place_all(item, origin)),
        Value::Table(entries) => entries.iter_mut().for_each(|(_, item)| place_all(item, origin)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(flag: &str) -> serde_json::Value {
        let mut tree = toml_tree::parse("stages = [\"a\"]\n[ner]\nengine = \"x\"\n", "t.toml").unwrap();
        apply(&mut tree, flag).unwrap();
        tree.to_json()
    }

    #[test]
    fn a_value_is_toml_or_text() {
        assert_eq!(applied("ner.engine=rust-bert")["ner"]["engine"], "rust-bert");
        assert_eq!(applied("ner.model=../models/a b")["ner"]["model"], "../models/a b");
        assert_eq!(applied("ner.budget=12")["ner"]["budget"], 12);
        assert_eq!(applied("output.text=false")["output"]["text"], false);
        assert_eq!(applied("stages=[\"tokenize\", \"ner\"]")["stages"][1], "ner");
        assert_eq!(applied("ner.model=1 = 2")["ner"]["model"], "1 = 2");
    }

    #[test]
    fn a_flag_that_is_no_setting_says_so() {
        let mut tree = toml_tree::parse("", "t.toml").unwrap();
        assert!(apply(&mut tree, "ner.engine").unwrap_err().to_string().contains("no `=`"));
        assert!(apply(&mut tree, "ner..engine=1").unwrap_err().to_string().contains("not a key"));
    }
}
