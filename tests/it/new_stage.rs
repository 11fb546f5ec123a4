//! `docmill new-stage`: what it makes compiles, passes its own tests, and runs; so does what the how-to makes of it.
//!
//! The tests that build crates are ignored by default; `cargo xtask test` runs them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value as Json;

use crate::page::{commands_of, files_of};
use crate::program::{Bench, root};

/// The flags of each variant, with a name.
const VARIANTS: [(&str, &[&str]); 4] = [
    ("plain-words", &[]),
    ("batch-words", &["--batch"]),
    ("layer-words", &["--layer"]),
    ("batch-layer-words", &["--batch", "--layer"]),
];

/// `docmill new-stage` with these flags, on the crates of this checkout.
fn made(bench: &Bench, name: &str, flags: &[&str]) {
    let root = root().canonicalize().unwrap().display().to_string();
    bench.docmill(&[&["new-stage", name, "--docmill", &root], flags].concat()).expect(0);
}

/// A program in the folder `name`. What cargo builds goes to the workspace's target folder, where most of it lies: the
/// crate's own `.cargo/config.toml` says so.
fn call(bench: &Bench, name: &str, program: &str, args: &[&str]) -> Output {
    let mut command = Command::new(program);
    command.current_dir(bench.path(name)).args(args);
    command.env("CARGO_NET_OFFLINE", "true").output().unwrap()
}

#[track_caller]
fn cargo(bench: &Bench, name: &str, args: &[&str]) -> String {
    let output = call(bench, name, env!("CARGO"), args);
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{name}: cargo {args:?}\n{stdout}\n{stderr}");
    stdout.into_owned()
}

#[test]
#[ignore = "builds four crates; cargo xtask test runs it"]
fn generated_crates_pass_their_tests_and_run() {
    let bench = Bench::new();
    let seeds = root().canonicalize().unwrap().join("seeds").display().to_string();
    for (name, flags) in VARIANTS {
        made(&bench, name, flags);
        cargo(&bench, name, &["fmt", "--check"]);
        cargo(&bench, name, &["test"]);
        let config = format!("{name}.toml");
        let program = |args: &[&str]| cargo(&bench, name, &[&["run", "--quiet", "--"], args].concat());
        program(&["run", &seeds, "--config", &config, "--quiet", "-o", "out.jsonl"]);
        program(&["verify", "out.jsonl"]);
        let output = bench.read(&format!("{name}/out.jsonl"));
        let records: Vec<Json> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(records.len(), 8);
        let layer = name.replace('-', "_");
        if !flags.contains(&"--layer") {
            let noted = records.iter().flat_map(|r| r["meta"]["extra"].as_array().unwrap());
            assert!(noted.filter(|field| field["key"] == name).count() > 1, "{name}");
            continue;
        }
        let found = records.iter().flat_map(|record| record[&layer].as_array().unwrap()).count();
        assert!(found > 1, "{name}");
        let schema: Json = serde_json::from_str(&program(&["schema", "--config", &config])).unwrap();
        assert!(schema["properties"][&layer].is_object(), "{name}");
        let validator = jsonschema::validator_for(&schema).unwrap();
        assert!(records.iter().all(|record| validator.is_valid(record)), "{name}");
        assert!(
            !validator.is_valid(&without(&records[0], &layer)),
            "{name}: the schema does without the layer"
        );
        // docmill itself knows nothing of the layer, and checks its spans all the same.
        let mut moved = records.iter().find(|record| !record[&layer][0].is_null()).unwrap().clone();
        moved[&layer][0]["start"] = (moved[&layer][0]["start"].as_u64().unwrap() + 1).into();
        bench.write("moved.jsonl", format!("{moved}\n"));
        let answer = bench.docmill(&["verify", "moved.jsonl"]).expect(1);
        assert!(answer.stdout.contains(&format!("/{layer}/0: text")), "{}", answer.stdout);
    }
}

fn without(record: &Json, key: &str) -> Json {
    let mut record = record.clone();
    record.as_object_mut().unwrap().remove(key);
    record
}

#[test]
fn a_crate_shares_what_its_checkout_has_compiled() {
    let bench = Bench::new();
    made(&bench, "beside", &[]);
    let target = root().canonicalize().unwrap().join("target");
    let config: toml::Table = bench.read("beside/.cargo/config.toml").parse().unwrap();
    assert_eq!(config["build"]["target-dir"].as_str(), target.to_str());
    // The profiles are the workspace's, or nothing could be shared.
    let profile = |manifest: &str| manifest.parse::<toml::Table>().unwrap()["profile"]["dev"].clone();
    let ours = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert_eq!(profile(&bench.read("beside/Cargo.toml")), profile(&ours));
    // docmill from a repository of somebody's is compiled where the crate is.
    bench.docmill(&["new-stage", "far", "--docmill", "https://a.example/docmill.git"]).expect(0);
    assert!(!bench.path("far/.cargo").exists());
}

#[test]
#[ignore = "builds a crate; cargo xtask test runs it"]
fn the_how_to_does_what_it_says() {
    let bench = Bench::new();
    made(&bench, "money", &["--layer"]);
    let page = fs::read_to_string(root().join("docs/src/how-to/write-a-stage.md")).unwrap();
    let mut files = 0;
    for (path, text) in files_of(&page) {
        bench.write(&format!("money/{path}"), text);
        files += 1;
    }
    assert_eq!(files, 6);
    cargo(&bench, "money", &["fmt", "--check"]);
    cargo(&bench, "money", &["test"]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(root().canonicalize().unwrap(), bench.path("money/docmill")).unwrap();
    let mut commands = 0;
    for (command, expected) in commands_of(&page) {
        if command.starts_with("jq ") && Command::new("jq").arg("--version").output().is_err() {
            eprintln!("left out, there is no jq: {command}");
            continue;
        }
        let output = call(&bench, "money", "sh", &["-c", command]);
        let message = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(message, expected, "the output of `{command}` on the page is another one");
        commands += 1;
    }
    assert!(commands >= 2);
}

#[test]
fn the_example_has_the_shape_of_a_generated_crate() {
    let bench = Bench::new();
    made(&bench, "watch-list", &["--layer"]);
    let example = |path: &str| fs::read_to_string(root().join("examples/watch-list").join(path)).unwrap();
    for same in ["src/main.rs", "rustfmt.toml"] {
        assert_eq!(bench.read(&format!("watch-list/{same}")), example(same));
    }
    let theirs = example("Cargo.toml");
    let mut theirs = theirs.lines();
    let crates = root().canonicalize().unwrap().join("crates").display().to_string();
    for line in bench.read("watch-list/Cargo.toml").replace(&crates, "../../crates").lines() {
        let said = line.starts_with("description");
        assert!(said || theirs.any(|other| other == line), "examples/watch-list/Cargo.toml lacks `{line}`");
    }
}

#[test]
fn nothing_is_written_over_and_names_are_checked() {
    let bench = Bench::new();
    bench.write("money/precious.txt", "kept");
    let answer = bench.docmill(&["new-stage", "money"]).expect(2);
    assert!(answer.stderr.contains("money: File exists"), "{}", answer.stderr);
    assert_eq!(fs::read_dir(bench.path("money")).unwrap().count(), 1);
    let answer = bench.docmill(&["new-stage", "../money"]).expect(2);
    assert!(answer.stderr.contains("cannot be the name of a stage"), "{}", answer.stderr);
    let answer = bench.docmill(&["new-stage", "sums", "--dir", "nowhere"]).expect(2);
    assert!(answer.stderr.contains("the folder nowhere does not exist"), "{}", answer.stderr);
    let answer = bench.docmill(&["new-stage", "sums", "--docmill", "money"]).expect(2);
    assert!(answer.stderr.contains("not a checkout of docmill"), "{}", answer.stderr);
    assert!(!bench.path("sums").exists());
}

#[test]
fn a_crate_stands_in_a_workspace_or_alone() {
    let bench = Bench::new();
    bench.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"stages/*\"]\n");
    fs::create_dir(bench.path("stages")).unwrap();
    made(&bench, "inside", &["--dir", "stages"]);
    made(&bench, "outside", &[]);
    assert!(!bench.read("stages/inside/Cargo.toml").contains("[workspace]"));
    assert!(!bench.path("stages/inside/Cargo.lock").exists());
    assert!(bench.read("outside/Cargo.toml").contains("[workspace]"));
    // With the versions of other crates that docmill is tested with.
    let lock = |folder: &Path| fs::read_to_string(folder.join("Cargo.lock")).unwrap();
    assert_eq!(lock(&bench.path("outside")), lock(&root()));
    for folder in ["stages/inside", "outside"] {
        let args = ["metadata", "--format-version", "1", "--no-deps", "--offline"];
        let metadata: Json = serde_json::from_str(&cargo(&bench, folder, &args)).unwrap();
        assert_eq!(metadata["packages"].as_array().unwrap().len(), 1, "{folder}");
    }
    let url = ["new-stage", "far", "--docmill", "https://example.org/docmill.git#5b0c1de"];
    bench.docmill(&url).expect(0);
    let line = "docmill-core = { git = \"https://example.org/docmill.git\", rev = \"5b0c1de\" }";
    assert!(bench.read("far/Cargo.toml").contains(line));
}
