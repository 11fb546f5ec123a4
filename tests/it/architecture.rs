//! Who may import whom, and where `unsafe` may stand: told by a crate's folder, so that a new crate needs no entry here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;

use crate::program::root;

/// A crate of the workspace: its name, its folder below the root, and the crates of ours that it imports.
struct Crate {
    name: String,
    folder: String,
    imports: Vec<String>,
}

fn crates() -> Vec<Crate> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: Json = serde_json::from_slice(&output.stdout).unwrap();
    let top = root().canonicalize().unwrap();
    let text = |value: &Json| value.as_str().unwrap().to_string();
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| {
            let manifest = text(&package["manifest_path"]);
            let folder =
                Path::new(&manifest).parent().unwrap().strip_prefix(&top).unwrap().display().to_string();
            let imports = package["dependencies"].as_array().unwrap().iter();
            // Tests and benchmarks may use what they like.
            let imports =
                imports.filter(|dependency| dependency["kind"].is_null()).map(|it| text(&it["name"]));
            Crate {
                name: text(&package["name"]),
                folder,
                imports: imports.filter(|name| name.starts_with("docmill-")).collect(),
            }
        })
        .collect()
}

/// The folder of the crate called `name`.
fn folder_of<'a>(crates: &'a [Crate], name: &str) -> &'a str {
    &crates.iter().find(|krate| krate.name == name).unwrap().folder
}

#[test]
fn imports_follow_the_folders() {
    let crates = crates();
    let mut stages = 0;
    for Crate { name, folder, imports } in &crates {
        for import in imports {
            let from = folder_of(&crates, import);
            let allowed = match folder.split('/').collect::<Vec<_>>()[..] {
                // The API: nothing of ours below it.
                ["crates", "core"] => from == "crates/core-macros",
                ["crates", "core-macros" | "dates" | "dedup" | "journal"] => false,
                // A stage knows the API, the models and the leaves; never another stage, format or the engine.
                ["crates", "stages", _] => {
                    ["crates/core", "crates/dates", "crates/lexicon"].contains(&from)
                        || from.starts_with("crates/inference/")
                }
                ["crates", "inference", _] => {
                    from == "crates/core"
                        || from.starts_with("crates/inference/")
                        || from.starts_with("models/")
                }
                // The CoNLL export needs words and sentences.
                ["crates", "formats", "convert"] if from == "crates/stages/tokenize" => true,
                ["crates", "formats", _] => {
                    ["crates/core", "crates/dates"].contains(&from) || from.starts_with("crates/formats/")
                }
                ["crates", "engine" | "lexicon"] => from == "crates/core",
                // What is configured and run knows nothing of the command line.
                ["crates", "config" | "run" | "eval"] => from != "crates/cli",
                _ => true,
            };
            assert!(allowed, "{name} in {folder} may not import {import} in {from}");
        }
        stages += usize::from(folder.starts_with("crates/stages/"));
    }
    assert!(stages >= 10, "only {stages} stages were looked at");
}

/// Folders and files that may hold `unsafe`.
const UNSAFE: [&str; 2] = ["crates/inference/kernels", "crates/run/src/heap.rs"];

#[test]
fn unsafe_code_stands_in_the_kernels_and_one_module() {
    let mut allowed = Vec::new();
    for krate in crates() {
        let manifest = fs::read_to_string(root().join(&krate.folder).join("Cargo.toml")).unwrap();
        // `[lints] workspace = true` denies unsafe code; a crate with lints of its own may allow it.
        if !manifest.contains("[lints]\nworkspace = true") {
            allowed.push(krate.folder.clone());
            continue;
        }
        for file in walkdir::WalkDir::new(root().join(&krate.folder).join("src")) {
            let path = file.unwrap().into_path();
            if path.extension().is_some_and(|extension| extension == "rs")
                && fs::read_to_string(&path).unwrap().contains("(unsafe_code")
            {
                allowed.push(path.strip_prefix(root()).unwrap().display().to_string());
            }
        }
    }
    assert_eq!(allowed, UNSAFE);
}

/// Crates outside `stages/` whose modules import one another in circles. In a stage's crate the settings build the stage
/// and the stage holds its settings.
const CIRCLES: [&str; 3] = ["crates/core", "crates/formats/jsonl", "crates/inference/pretrained"];

#[test]
fn modules_import_one_another_without_circles() {
    let mut with_circles = BTreeSet::new();
    let mut looked_at = 0;
    for Crate { folder, .. } in crates().iter().filter(|krate| !krate.folder.starts_with("crates/stages/")) {
        let imports = imports_of_modules(&root().join(folder).join("src"));
        looked_at += imports.len();
        if let Some(circle) = circle(&imports) {
            assert!(
                CIRCLES.contains(&folder.as_str()),
                "{folder}: a circle of modules: {}",
                circle.join(" -> ")
            );
            with_circles.insert(folder.clone());
        }
    }
    assert!(looked_at > 150, "only {looked_at} modules were looked at");
    assert_eq!(
        with_circles,
        CIRCLES.map(str::to_owned).into(),
        "take those without a circle out of the list"
    );
}

type Imports = BTreeMap<String, BTreeSet<String>>;

/// The modules below `src`, each with those that it imports. A module in a folder counts as one with what lies in it.
fn imports_of_modules(src: &Path) -> Imports {
    let file = |name: &str| fs::read_to_string(src.join(name)).unwrap_or_default();
    let exports = exports(&(file("lib.rs") + &file("main.rs")));
    let mut imports = Imports::new();
    for entry in walkdir::WalkDir::new(src).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        let below = path.strip_prefix(src).unwrap();
        let Some(first) = below.iter().next().and_then(|name| name.to_str()) else { continue };
        let module = first.trim_end_matches(".rs");
        if path.extension().is_none_or(|extension| extension != "rs") || ["lib", "main"].contains(&module) {
            continue;
        }
        let found = imports.entry(module.to_owned()).or_default();
        if path.ends_with("tests.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let code: String =
            code.lines().map(|line| line.split("//").next().unwrap().to_owned() + "\n").collect();
        for (at, _) in code.match_indices("crate::") {
            // `docmill_core::` and the like end in another word.
            let (before, path) = code.split_at(at);
            if !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                found.extend(heads(path.strip_prefix("crate::").unwrap()));
            }
        }
    }
    let modules: BTreeSet<String> = imports.keys().cloned().collect();
    for (module, found) in &mut imports {
        let named = found
            .iter()
            .filter_map(|name| if modules.contains(name) { Some(name) } else { exports.get(name) });
        *found = named.filter(|to| *to != module).cloned().collect();
    }
    imports
}

/// What a crate's root takes out of its modules: names, each with its module.
fn exports(root: &str) -> BTreeMap<String, String> {
    let mut exports = BTreeMap::new();
    for part in root.split("use ").skip(1) {
        let path: String = part.chars().take_while(|&c| c != ';').collect();
        if let Some((module, names)) = path.split_once("::") {
            let names =
                names.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|name| !name.is_empty());
            exports.extend(names.map(|name| (name.to_owned(), module.to_owned())));
        }
    }
    exports
}

/// The first names of what follows `crate::`, of which there are several in braces.
fn heads(path: &str) -> Vec<String> {
    let name =
        |text: &str| text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let Some(list) = path.strip_prefix('{') else { return vec![name(path)] };
    let (mut depth, mut heads, mut item) = (0, Vec::new(), String::new());
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => heads.push(name(&std::mem::take(&mut item))),
            _ if depth == 0 => item.push(c),
            _ => {}
        }
    }
    heads.push(name(&item));
    heads
}

/// A way from a module back to itself, if there is one: what is left when modules that import nothing are taken away
/// again and again.
fn circle(imports: &Imports) -> Option<Vec<String>> {
    let mut left = imports.clone();
    loop {
        let before = left.len();
        let names: BTreeSet<String> = left.keys().cloned().collect();
        left.retain(|_, to| to.iter().any(|name| names.contains(name)));
        if left.len() == before {
            break;
        }
    }
    let mut way = vec![left.keys().next()?.clone()];
    loop {
        let next = left[way.last()?].iter().find(|name| left.contains_key(*name))?.clone();
        if let Some(start) = way.iter().position(|name| *name == next) {
            way.push(next);
            return Some(way.split_off(start));
        }
        way.push(next);
    }
}

#[test]
fn circles_are_found() {
    let of = |pairs: &[(&str, &str)]| {
        let mut imports = Imports::new();
        for (from, to) in pairs {
            imports.entry((*from).to_owned()).or_default().insert((*to).to_owned());
            imports.entry((*to).to_owned()).or_default();
        }
        circle(&imports).map(|way| way.join(" "))
    };
    assert_eq!(of(&[("a", "b"), ("b", "c"), ("a", "c")]), None);
    assert_eq!(of(&[("a", "b"), ("b", "c"), ("c", "b")]).as_deref(), Some("b c b"));
    assert_eq!(heads("{a::{X, y::Z}, b, C};"), ["a", "b", "C"]);
    assert_eq!(heads("lines::BOM"), ["lines"]);
}
