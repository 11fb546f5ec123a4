//! Which crates may import which, and where `unsafe` may stand. Both follow from a crate's folder, so that a new crate needs
//! no entry here.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;

use crate::program::root;

/// A crate of the workspace: its name, its folder below the root, and the crates of ours that it imports.
pub struct Crate {
    name: String,
    pub folder: String,
    imports: Vec<String>,
}

/// The crates of the workspace.
pub fn crates() -> Vec<Crate> {
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
                    ["crates/core", "crates/dates", "crates/lexicon"].contains(&from)
                        || from.starts_with("crates/formats/")
                }
                ["crates", "engine" | "lexicon"] => from == "crates/core",
                // What is configured and run knows nothing of the command line.
                ["crates", "config" | "run" | "eval" | "scaffold"] => from != "crates/cli",
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

#[test]
fn the_command_line_is_thin() {
    let files = walkdir::WalkDir::new(root().join("crates/cli/src")).into_iter();
    let files = files.map(|entry| entry.unwrap().into_path()).filter(|path| path.is_file());
    let lines: usize = files.map(|path| fs::read_to_string(path).unwrap().lines().count()).sum();
    assert!(
        (1000..3500).contains(&lines),
        "crates/cli/src has {lines} lines; logic of a run belongs to crates/run"
    );
}
