//! `extends`: a configuration laid over another one.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use docmill_core::settings::{Node, Origin};

use crate::{BUILT_IN, NEWS, toml_tree};

/// Key at the top of a config that names the one it is laid over.
pub const EXTENDS: &str = "extends";
/// Configurations that may stand over one another: more than anybody can keep in mind.
const MOST: usize = 8;

/// A configuration with everything it extends.
#[derive(Debug)]
pub struct Resolved {
    /// The values, each with the file and line it comes from.
    pub tree: Node,
    /// The files, each laid over the one before it.
    pub places: Vec<String>,
}

/// Reads `file`, or the built-in configuration, and lays it over what it extends: tables merge key by key, everything
/// else (lists too) is replaced as a whole. Keys keep the order in which the lowest file has them.
///
/// # Errors
/// With file and line: what cannot be read, is not TOML, or extends itself.
pub fn resolve(file: Option<&Path>) -> Result<Resolved> {
    let Some(file) = file else { return Ok(stack(vec![parse_built_in("news", NEWS)?])) };
    let named = file.to_str().and_then(built_in).filter(|_| !file.exists());
    let first = if let Some((name, text)) = named {
        parse_built_in(name, text)?
    } else {
        let text = fs::read_to_string(file).with_context(|| {
            format!(
                "config {} cannot be read; name a file, or a built-in configuration: {}",
                file.display(),
                names()
            )
        })?;
        toml_tree::parse(&text, &file.display().to_string())?
    };
    let mut layers = vec![first];
    let mut path = file.to_owned();
    let mut seen: Vec<(PathBuf, PathBuf)> = Vec::new();
    while let Some(base) = layers.last_mut().and_then(|layer| layer.take(EXTENDS)) {
        let name: String = base.parse().map_err(|error| error.under(EXTENDS))?;
        if let Some((name, text)) = built_in(&name) {
            layers.push(parse_built_in(name, text)?);
            continue;
        }
        seen.push((path.canonicalize().unwrap_or_else(|_| path.clone()), path.clone()));
        let below = path.parent().unwrap_or(Path::new("")).join(&name);
        check(&base.origin, &seen, &below)?;
        let text = fs::read_to_string(&below).with_context(|| {
            format!(
                "{}: `extends`: {} cannot be read; name a file from this one's folder, or a built-in \
                 configuration: {}",
                base.origin,
                below.display(),
                names()
            )
        })?;
        layers.push(toml_tree::parse(&text, &below.display().to_string())?);
        path = below;
    }
    // What says nothing of stages changes the default ones.
    if layers.iter().all(|layer| layer.get("stages").is_none()) {
        layers.push(parse_built_in("news", NEWS)?);
    }
    Ok(stack(layers))
}

/// Refuses a file that stands over itself, and too many of them.
fn check(origin: &Origin, seen: &[(PathBuf, PathBuf)], below: &Path) -> Result<()> {
    let real = below.canonicalize().unwrap_or_else(|_| below.to_owned());
    if let Some(first) = seen.iter().position(|(known, _)| *known == real) {
        let round: Vec<String> = seen[first..].iter().map(|(_, path)| path.display().to_string()).collect();
        bail!(
            "{origin}: `extends`: {} extends {}, which is a cycle; remove one `extends`",
            round.join(" extends "),
            below.display()
        );
    }
    if seen.len() >= MOST {
        bail!("{origin}: `extends`: more than {MOST} configurations extend one another; merge some of them");
    }
    Ok(())
}

/// The built-in configuration of this name.
fn built_in(name: &str) -> Option<(&'static str, &'static str)> {
    BUILT_IN.into_iter().find(|(known, _)| *known == name)
}

fn parse_built_in(name: &str, text: &str) -> Result<Node> {
    toml_tree::parse(text, &format!("the built-in {name}.toml"))
}

fn names() -> String {
    BUILT_IN.map(|(name, _)| name).join(", ")
}

/// Lays the layers over one another; the first one is uppermost.
fn stack(mut layers: Vec<Node>) -> Resolved {
    let places = layers.iter().rev().map(|layer| layer.origin.place.to_string()).collect();
    let named = layers.first().map(|layer| layer.origin.clone()).unwrap_or_default();
    let mut tree = layers.pop().unwrap_or_else(|| Node::empty_table(Origin::default()));
    while let Some(over) = layers.pop() {
        tree.merge(over);
    }
    // What is missing is missing in the file that was named.
    tree.origin = named;
    Resolved { tree, places }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    #[test]
    fn tables_merge_and_lists_are_replaced() {
        let folder = folder(&[
            ("top.toml", "extends = \"base/base.toml\"\nstages = [\"a\"]\n[ner]\nmodel = \"m\"\n"),
            ("base/base.toml", "extends = \"lowest.toml\"\nstages = [\"a\", \"b\"]\n[ner]\nengine = \"x\"\n"),
            ("base/lowest.toml", "[ner]\nengine = \"y\"\nonly = [\"PER\"]\n[output]\ntext = false\n"),
        ]);
        let resolved = resolve(Some(&folder.path().join("top.toml"))).unwrap();
        assert_eq!(
            resolved.tree.to_json(),
            serde_json::json!({
                "stages": ["a"],
                "ner": { "engine": "x", "only": ["PER"], "model": "m" },
                "output": { "text": false }
            })
        );
        let engine = resolved.tree.get("ner").unwrap().get("engine").unwrap();
        assert!(engine.origin.to_string().ends_with("base/base.toml:4"), "{}", engine.origin);
        assert_eq!(resolved.places.len(), 3);
        assert!(resolved.places[2].ends_with("top.toml"));
    }

    #[test]
    fn the_built_in_configuration_has_a_name() {
        let folder = folder(&[("my.toml", "extends = \"news\"\n[output]\ntokens = true\n")]);
        let resolved = resolve(Some(&folder.path().join("my.toml"))).unwrap();
        assert_eq!(resolved.tree.get("stages"), parse_built_in("news", NEWS).unwrap().get("stages"));
        assert_eq!(resolved.tree.get("output").unwrap().get("tokens").unwrap().to_json(), true);
        assert_eq!(resolved.tree.get("output").unwrap().get("text").unwrap().to_json(), true);
    }

    #[test]
    fn a_configuration_without_stages_is_laid_over_news() {
        let folder = folder(&[("my.toml", "[input.fields]\ntext = \"body\"\n")]);
        let resolved = resolve(Some(&folder.path().join("my.toml"))).unwrap();
        assert_eq!(resolved.tree.get("stages"), parse_built_in("news", NEWS).unwrap().get("stages"));
        assert_eq!(resolved.places[0], "the built-in news.toml");
    }

    #[test]
    fn every_built_in_configuration_is_laid_over_news() {
        for (name, _) in BUILT_IN {
            let resolved = resolve(Some(Path::new(name))).unwrap();
            assert_eq!(resolved.places[0], "the built-in news.toml");
            assert_eq!(resolved.places.len(), if name == "news" { 1 } else { 2 });
        }
        let folder = folder(&[("my.toml", "extends = \"entities\"\n[output]\ntokens = true\n")]);
        let resolved = resolve(Some(&folder.path().join("my.toml"))).unwrap();
        assert_eq!(resolved.places[1], "the built-in entities.toml");
    }

    #[test]
    fn a_round_is_told() {
        let folder = folder(&[
            ("a.toml", "extends = \"b.toml\"\n"),
            ("b.toml", "\nextends = \"./a.toml\"\n"),
            ("self.toml", "extends = \"self.toml\"\n"),
        ]);
        let error = resolve(Some(&folder.path().join("a.toml"))).unwrap_err().to_string();
        assert!(error.contains("b.toml:2: `extends`: ") && error.contains("which is a cycle"), "{error}");
        let error = resolve(Some(&folder.path().join("self.toml"))).unwrap_err().to_string();
        assert!(error.contains("self.toml:1: `extends`: "), "{error}");
    }

    #[test]
    fn a_tower_and_a_missing_file_are_told() {
        let files: Vec<(String, String)> =
            (0..20).map(|i| (format!("{i}.toml"), format!("extends = \"{}.toml\"", i + 1))).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (&**name, &**text)).collect();
        let folder = folder(&files);
        let error = resolve(Some(&folder.path().join("0.toml"))).unwrap_err().to_string();
        assert!(error.contains("more than 8 configurations"), "{error}");
        let error = resolve(Some(&folder.path().join("19.toml"))).unwrap_err().to_string();
        assert!(
            error.contains("19.toml:1: `extends`: ") && error.contains("20.toml cannot be read"),
            "{error}"
        );
    }
}
