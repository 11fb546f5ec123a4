//! The programs in `examples/`: they run, and are as short as they are said to be.

use std::fs;
use std::process::Command;

use serde_json::Value as Json;

use crate::program::{Bench, root};

/// What an example prints, one record a line.
fn records(example: &str, args: &[&str]) -> Vec<Json> {
    // Beside the folder of this test's own program.
    let folder = std::env::current_exe().unwrap().ancestors().nth(2).unwrap().join("examples");
    let output = Command::new(folder.join(example)).args(args).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{example}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
#[ignore = "needs `cargo build -p docmill-cli --examples`; cargo xtask test runs it"]
fn examples_run() {
    let borders = records("function-stage", &["run", "seeds", "-q", "--set", "stages=[\"borders\"]"]);
    assert_eq!(borders.len(), 8);
    assert!(borders.iter().any(|record| record["borders"]["count"].as_u64() > Some(0)));
    let stages = "stages=[\"tokenize\", \"percents\"]";
    let percents = records("layer-stage", &["run", "seeds", "-q", "--set", stages]);
    let found = percents.iter().flat_map(|record| record["percents"].as_array().unwrap());
    let texts: Vec<&str> = found.map(|item| item["text"].as_str().unwrap()).collect();
    assert!(!texts.is_empty() && texts.iter().all(|text| text.ends_with(['%', 't'])), "{texts:?}");
    let letters = records("batch-stage", &["run", "seeds", "-q", "--set", "stages=[\"letters\"]"]);
    let share = |record: &Json| record["letters"]["vowels"].as_f64().unwrap();
    assert!(letters.iter().all(|record| (0.3..0.5).contains(&share(record))));
    let embedded = records("embed", &[]);
    assert_eq!(embedded[0]["entities"][0]["text"], "Rahmon");
    assert_eq!(embedded.len(), 2);
}

#[test]
#[ignore = "needs `cargo build -p docmill-cli --examples`; cargo xtask test runs it"]
fn a_layer_of_an_example_is_read_by_every_command() {
    let bench = Bench::new();
    let program = std::env::current_exe().unwrap().ancestors().nth(2).unwrap().join("examples/layer-stage");
    let seeds = root().join("seeds");
    let run = |args: &[&str]| {
        let output = Command::new(&program).args(args).current_dir(bench.path("")).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
    };
    let stages = "stages=[\"tokenize\", \"percents\"]";
    run(&["run", seeds.to_str().unwrap(), "-q", "-o", "out.jsonl", "--set", stages]);
    let records: Vec<Json> =
        bench.read("out.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let items = records.iter().map(|record| record["percents"].as_array().unwrap().len()).sum::<usize>();
    assert!(items > 0 && run(&["verify", "out.jsonl"]).contains(" 0 problems"));
    assert!(run(&["tables", "out.jsonl", "-d", "tables"]).contains(&format!("layers {items}")));
    let spacy = run(&["convert", "out.jsonl", "--to", "spacy"]);
    let spans = spacy.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
    let spans = spans.filter_map(|doc| Some(doc["spans"]["percents"].as_array()?.len()));
    assert_eq!(spans.sum::<usize>(), items);
    run(&["show", "out.jsonl", "-o", "page.html"]);
    assert_eq!(bench.read("page.html").matches("\"layer\":\"percents\"").count(), items);
    let least = "percents.least=1000";
    run(&["run", seeds.to_str().unwrap(), "-q", "-o", "none.jsonl", "--set", stages, "--set", least]);
    let diff =
        Command::new(&program).args(["diff", "out.jsonl", "none.jsonl"]).current_dir(bench.path("")).output();
    let diff = String::from_utf8(diff.unwrap().stdout).unwrap();
    assert_eq!(
        diff.lines().filter(|line| line.starts_with("- ") && line.contains(" percents ")).count(),
        items.min(20)
    );
}

#[test]
fn examples_are_short() {
    for (file, most) in [
        ("function-stage.rs", 15),
        ("layer-stage.rs", 80),
        ("batch-stage.rs", 80),
        ("embed.rs", 80),
        ("watch-list/src", 100),
    ] {
        let files = walkdir::WalkDir::new(root().join("examples").join(file)).into_iter();
        let files = files.map(|entry| entry.unwrap().into_path()).filter(|path| path.is_file());
        let lines: usize = files.map(|path| fs::read_to_string(path).unwrap().lines().count()).sum();
        assert!((1..=most).contains(&lines), "{file} has {lines} lines");
    }
}
