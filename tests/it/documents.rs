//! The written documents: links lead somewhere, lists are complete, lengths are kept.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value as Json;

use crate::program::{Bench, root};

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
fn the_way_of_a_document_is_about_twenty_files() {
    let page = page("docs/src/design/a-documents-way.md");
    // One file a step; what else a step links to is to look up.
    let steps = page.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    let files = steps.filter(|step| !links(step).is_empty()).count();
    assert!((15..=21).contains(&files), "{files} files");
    assert!(page.contains(&format!("These {files} files")), "the page counts them otherwise");
}

#[test]
fn the_diagram_of_stages_is_that_of_the_plan() {
    let plan: Json =
        serde_json::from_str(&Bench::new().docmill(&["explain", "--json"]).expect(0).stdout).unwrap();
    let text = |value: &Json| value.as_str().unwrap().to_owned();
    let (mut stages, mut arrows) = (Vec::new(), Vec::new());
    let mut provided: Vec<(String, String)> = Vec::new();
    for stage in plan["stages"].as_array().unwrap() {
        let name = text(&stage["stage"]);
        for layer in stage["requires"].as_array().unwrap() {
            let from = provided.iter().rev().find(|(known, _)| *known == text(layer));
            let arrow = format!("{} --> {name}", from.unwrap().1);
            if !arrows.contains(&arrow) {
                arrows.push(arrow);
            }
        }
        provided
            .extend(stage["provides"].as_array().unwrap().iter().map(|layer| (text(layer), name.clone())));
        stages.push(name);
    }
    let page = page("docs/src/explain/architecture.md");
    let diagram = page.split("## The default stages").nth(1).unwrap().split("```").nth(1).unwrap();
    let lines: Vec<&str> = diagram.lines().map(str::trim).collect();
    let drawn: Vec<&str> = lines.iter().copied().filter(|line| line.contains(" --> ")).collect();
    assert_eq!(drawn, arrows);
    let drawn: Vec<&str> = lines.iter().filter_map(|line| Some(line.split_once('[')?.0)).collect();
    assert_eq!(drawn, stages);
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

/// A constant that a page quotes: the page, its words, the file and the line of code.
const QUOTED: [(&str, &str, &str, &str); 27] = [
    ("design/memory.md", "counts as 50", "run/src/memory.rs", "PER_BYTE: u64 = 50;"),
    (
        "design/tables-and-formats.md",
        "122,880 rows",
        "formats/tables/src/parquet.rs",
        "GROUP_ROWS: usize = 122_880;",
    ),
    (
        "design/tables-and-formats.md",
        "128 MiB",
        "formats/tables/src/format.rs",
        "BUFFERED: usize = 128 << 20;",
    ),
    ("design/memory.md", "as 140 with", "run/src/memory.rs", "PER_BYTE_OF_TOKENS: u64 = 90;"),
    ("design/durable-outputs.md", "256 lines", "formats/jsonl/src/output.rs", "FRAME_LINES: u64 = 256;"),
    (
        "design/durable-outputs.md",
        "1 MiB of lines",
        "formats/jsonl/src/output.rs",
        "FRAME_BYTES: u64 = 1 << 20;",
    ),
    (
        "design/sentences-and-words.md",
        "more than 160 characters",
        "stages/tokenize/src/sentence/lines.rs",
        "WIDEST: usize = 160;",
    ),
    ("design/metadata.md", "the first 8 KiB", "stages/header/src/lines.rs", "HEAD: usize = 8192;"),
    (
        "design/places.md",
        "the 20 names before it",
        "stages/places/src/features.rs",
        "NEIGHBOURS: usize = 20;",
    ),
    (
        "design/context.md",
        "the 60 nouns, names and pronouns",
        "stages/context/src/hints.rs",
        "MOST_BEFORE: usize = 60;",
    ),
    ("design/stance.md", "at least 3% likely", "stages/stance/src/judges.rs", "LEAST: f32 = 0.03;"),
    ("design/places.md", "at most 60 candidates", "stages/places/src/world.rs", "MOST: usize = 60;"),
    ("design/places.md", "within 161 km", "eval/src/places.rs", "NEAR: f64 = 161.0;"),
    ("design/input.md", "up to 64 items", "formats/input/src/channel.rs", "ITEMS: usize = 64;"),
    ("design/input.md", "or 256 KB and", "formats/input/src/channel.rs", "BYTES: usize = 256 * 1024;"),
    ("design/input.md", "768 open elements", "formats/input/src/html/tree/filter.rs", "OPEN: usize = 768;"),
    ("design/input.md", "over 400,000 elements", "formats/input/src/html/tree.rs", "NODES: usize = 400_000;"),
    ("design/duplicates.md", "sequences of three", "dedup/src/words.rs", "SHINGLE: usize = 3;"),
    ("design/duplicates.md", "16 bands of 8", "dedup/src/signature.rs", "BANDS: usize = 16;"),
    ("design/duplicates.md", "128 values of 8 bits", "dedup/src/signature.rs", "ROWS: usize = 8;"),
    ("design/duplicates.md", "keeps 32 documents", "dedup/src/index.rs", "PER_BAND: usize = 32;"),
    ("design/stance.md", "40 words", "stages/stance/src/direction.rs", "APART: usize = 40;"),
    ("design/stance.md", "32 names", "stages/stance/src/anaphora.rs", "MANY: usize = 32;"),
    (
        "design/tables-and-formats.md",
        "at most 64 such columns",
        "formats/tables/src/shape.rs",
        "MOST_COLUMNS: usize = 64;",
    ),
    ("design/citations.md", "at most 400 bytes", "stages/citations/src/brackets.rs", "LONGEST: usize = 400;"),
    ("how-to/configure.md", "up to 32 evenly spaced documents", "run/src/estimate.rs", "SAMPLE: usize = 32;"),
    (
        "how-to/compare-and-reuse.md",
        "up to 256 MB",
        "formats/jsonl/src/diff/mod.rs",
        "HELD: usize = 256 << 20;",
    ),
];

#[test]
fn constants_in_prose_are_those_of_the_code() {
    for (path, words, source, code) in QUOTED {
        assert!(
            page(&format!("docs/src/{path}")).contains(words),
            "docs/src/{path} no longer says `{words}`"
        );
        let source = format!("crates/{source}");
        assert!(page(&source).contains(code), "{path} says `{words}`, but {source} has no `{code}`");
    }
}

#[test]
fn tests_that_the_guarantees_name_exist() {
    let table = page("docs/src/design/guarantees.md");
    let mut named = 0;
    for words in table.split('`').skip(1).step_by(2) {
        let Some((module, test)) = words.split_once("::") else { continue };
        let source = match module {
            "unpack" => "crates/inference/pretrained/src/unpack.rs".to_owned(),
            "mutations" => "tests/it/mutations/mod.rs".to_owned(),
            _ => format!("tests/it/{module}.rs"),
        };
        let code = page(&source);
        let exists = match test {
            "" => code.contains("#[test]"),
            "tests" => code.contains("mod tests {"),
            name => code.contains(&format!("fn {name}(")),
        };
        assert!(exists, "guarantees.md names `{words}`, which {source} does not have");
        named += 1;
    }
    assert!(named > 8, "only {named} tests were found in the table");
}

/// Values that pages quote behind a setting's name, as in `stance.threshold` (0.6), are the defaults.
#[test]
fn settings_in_prose_have_their_defaults() {
    let explained = Bench::new().docmill(&["explain", "--json"]).expect(0).stdout;
    let explained: Json = serde_json::from_str(&explained).unwrap();
    let settings = explained["settings"].as_array().unwrap();
    let mut compared = 0;
    for path in pages() {
        let text = fs::read_to_string(&path).unwrap();
        for (at, _) in text.match_indices("` (") {
            let (before, behind) = text.split_at(at);
            let key = before.rsplit('`').next().unwrap();
            let value = behind.strip_prefix("` (").unwrap().split(')').next().unwrap();
            let (number, unit) = value.split_once(' ').unwrap_or((value, ""));
            let factor = match unit {
                "" => 1.0,
                "KiB" => 1024.0,
                "MiB" => 1024.0 * 1024.0,
                _ => continue,
            };
            let (Some(setting), Ok(number)) =
                (settings.iter().find(|setting| setting["key"] == key), number.parse::<f64>())
            else {
                continue;
            };
            // Some have no fixed default: it hangs on the engine.
            let Some(default) = setting["value"].as_f64() else { continue };
            assert!(
                (default - number * factor).abs() < 1e-6,
                "{}: `{key}` is {default}, not {value}",
                path.display()
            );
            compared += 1;
        }
    }
    assert!(compared >= 1, "nothing was compared");
}
