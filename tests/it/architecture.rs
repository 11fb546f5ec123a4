//! Who may import whom.

use std::process::Command;

use serde_json::Value as Json;

use crate::program::root;

/// Crates of ours that each crate may depend on, besides docmill-core.
const ALLOWED: &[(&str, &[&str])] = &[
    ("docmill-archive", &["docmill-core"]),
    ("docmill-citations", &["docmill-core", "docmill-dates"]),
    ("docmill-convert", &["docmill-core", "docmill-jsonl", "docmill-tokenize"]),
    ("docmill-core", &[]),
    ("docmill-dates", &[]),
    ("docmill-duplicates", &[]),
    ("docmill-encode", &["docmill-core", "docmill-encoder", "docmill-model"]),
    ("docmill-encoder", &["docmill-core", "docmill-kernels"]),
    ("docmill-engine", &["docmill-core"]),
    ("docmill-header", &["docmill-core", "docmill-dates"]),
    ("docmill-heap", &[]),
    ("docmill-journal", &[]),
    ("docmill-jsonl", &["docmill-core"]),
    ("docmill-kernels", &[]),
    ("docmill-language", &["docmill-core"]),
    ("docmill-model", &["docmill-core", "docmill-news-en"]),
    ("docmill-names", &["docmill-core"]),
    ("docmill-ner", &["docmill-core", "docmill-encoder", "docmill-model"]),
    ("docmill-process", &["docmill-core"]),
    ("docmill-news-en", &[]),
    ("docmill-quotes", &["docmill-core"]),
    ("docmill-sentiment", &["docmill-core", "docmill-encoder", "docmill-model"]),
    ("docmill-show", &["docmill-core", "docmill-jsonl"]),
    ("docmill-stance", &["docmill-core", "docmill-encoder", "docmill-model"]),
    ("docmill-tables", &["docmill-core", "docmill-dates", "docmill-jsonl"]),
    ("docmill-tokenize", &["docmill-core"]),
];

#[test]
fn stage_crates_do_not_import_each_other() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: Json = serde_json::from_slice(&output.stdout).unwrap();
    let mut seen = 0;
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        let Some((_, allowed)) = ALLOWED.iter().find(|(key, _)| *key == name) else {
            assert!(
                ["docmill-cli", "xtask"].contains(&name),
                "{name} is new: say in this test what it may import"
            );
            continue;
        };
        seen += 1;
        for dependency in package["dependencies"].as_array().unwrap() {
            let other = dependency["name"].as_str().unwrap();
            // Tests and benchmarks may use what they like.
            let normal = dependency["kind"].is_null();
            let ours = other.starts_with("docmill-");
            assert!(!ours || !normal || allowed.contains(&other), "{name} may not import {other}");
        }
    }
    assert_eq!(seen, ALLOWED.len());
}
