//! The written documents: links lead somewhere, lists are complete, lengths are kept.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;

use crate::program::root;

fn page(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// Where the links of a page lead, without those to other sites and to its own headings.
fn links(page: &str) -> Vec<&str> {
    let targets = page.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    let local = targets.map(|(target, _)| target).filter(|target| !target.contains("://"));
    local.filter_map(|target| target.split('#').next()).filter(|target| !target.is_empty()).collect()
}

fn pages() -> Vec<PathBuf> {
    let docs = walkdir::WalkDir::new(root().join("docs/src")).into_iter();
    let docs = docs.map(|entry| entry.unwrap().into_path());
    let docs = docs.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let top = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "configs/README.md"];
    docs.chain(top.map(|path| root().join(path))).collect()
}

#[test]
fn links_lead_to_files() {
    let mut followed = 0;
    for path in pages() {
        let text = fs::read_to_string(&path).unwrap();
        for link in links(&text) {
            // The program writes these pages of the book (`cargo xtask book`).
            let written = ["commands.md", "stages.md", "configuration.md", "record.md"]
                .iter()
                .any(|page| link.ends_with(&format!("reference/{page}")) || link == *page);
            let target = path.parent().unwrap().join(link);
            assert!(written || target.exists(), "{}: {link} leads nowhere", path.display());
            followed += 1;
        }
    }
    assert!(followed > 80, "only {followed} links were followed");
}

#[test]
fn the_way_of_a_document_is_less_than_thirty_files() {
    let page = page("docs/src/design/a-documents-way.md");
    let files =
        links(&page).iter().filter(|link| Path::new(link).extension().is_some_and(|e| e == "rs")).count();
    assert!((15..30).contains(&files), "{files} files");
}

#[test]
fn the_map_has_every_crate() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: Json = serde_json::from_slice(&output.stdout).unwrap();
    let top = root().canonicalize().unwrap();
    let map = page("ARCHITECTURE.md");
    let mut rows: Vec<String> = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
        let folder = manifest.parent().unwrap().strip_prefix(&top).unwrap().display().to_string();
        rows.push(format!("| {} | [{folder}]({folder}/", package["name"].as_str().unwrap()));
    }
    for row in &rows {
        // The row of xtask links its main file.
        assert!(map.contains(row) || row.contains("| xtask |"), "ARCHITECTURE.md has no row `{row}`");
    }
    let listed =
        map.lines().filter(|line| line.starts_with("| docmill-") || line.starts_with("| xtask")).count();
    assert_eq!(listed, rows.len(), "ARCHITECTURE.md lists crates that are not there");
}

#[test]
fn long_documents_are_not_read() {
    for (path, most) in [("README.md", 900), ("ARCHITECTURE.md", 1500)] {
        let words = page(path).split_whitespace().count();
        assert!(words <= most, "{path} has {words} words; {most} is the limit");
    }
}
