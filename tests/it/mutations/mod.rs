//! Files of every format, changed at random: none ends a run, none panics, none touches its neighbours, and each gives
//! the same bytes again.

mod mutate;
mod seeds;

use serde_json::Value as Json;

use mutate::mutated;
use seeds::seeds;

use crate::program::{Bench, Random, number, plain_run};
use crate::tally::{Harm, Tally};

/// Changed files, over all formats; `cargo xtask attack` asks for more of them.
fn files() -> u64 {
    number("DOCMILL_MUTATIONS").unwrap_or(400)
}

fn seed() -> u64 {
    number("DOCMILL_MUTATION_SEED").unwrap_or(20_261_130)
}

/// Files in one run.
const TOGETHER: u64 = 200;

/// The longest document of a run (`input.max_bytes`).
const MAX_BYTES: &str = "input.max_bytes=1000000";

#[test]
fn files_that_are_changed_at_random_harm_nothing() {
    let mut tally = Tally::new("changed files");
    let mut random = Random(seed());
    let seeds = seeds();
    let (mut read, mut refused) = (0, 0);
    let mut made = 0;
    while made < files() {
        let bench = Bench::new();
        let mut good = Vec::new();
        for _ in 0..TOGETHER.min(files() - made) {
            let kind = &seeds[(made % seeds.len() as u64) as usize];
            let bytes = kind.changed(&mut random);
            bench.write(&format!("in/{made:05}.{}", kind.ending), bytes);
            if made % 20 == 0 {
                let name = format!("in/{made:05}-good.txt");
                bench.write(&name, format!("Good text {made} about Osh."));
                good.push(name);
            }
            made += 1;
            tally.tried();
        }
        let place = format!("files up to {made}, DOCMILL_MUTATION_SEED={}", seed());
        let args = ["in", "--set", MAX_BYTES, "-o", "out.jsonl", "--report", "report.json", "-q"];
        let answer = bench.docmill(&plain_run(&[&args[..], &["--jobs", "2"]].concat()));
        if !tally.ended(&answer, &[0, 1], &place) {
            keep(&bench);
            continue;
        }
        let output = bench.read("out.jsonl");
        let records: Vec<Json> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for record in &records {
            let message = record["error"]["message"].as_str().unwrap_or_default();
            if message.contains("internal error") {
                tally.harm(Harm::Panic, &format!("{}: {message}", record["id"]));
                keep(&bench);
            }
        }
        for name in &good {
            if !records.iter().any(|record| record["id"] == name.as_str() && record["status"] == "ok") {
                tally.harm(Harm::Loss, &format!("{name}, {place}"));
            }
        }
        let report: Json = serde_json::from_str(&bench.read("report.json")).unwrap();
        let total = |key: &str| report["totals"][key].as_u64().unwrap();
        if total("read") != total("ok") + total("failed") + total("filtered")
            || records.len() as u64 != total("ok") + total("failed")
        {
            tally.harm(Harm::Loss, &format!("{}, {place}", report["totals"]));
        }
        read += total("ok");
        refused += total("failed");
        let verified = bench.docmill(&["verify", "out.jsonl"]);
        let problems: Vec<&str> =
            (verified.stdout.lines()).filter(|line| line.starts_with("out.jsonl:")).collect();
        if !matches!(verified.code, 0 | 1) || !problems.is_empty() {
            let place = format!("{place}: {}{}", problems.join("\n"), verified.stderr);
            tally.harm(Harm::Other, &place);
        }
        bench.docmill(&plain_run(&[&args[..3], &["-o", "again.jsonl", "-q", "--jobs", "1"]].concat()));
        if bench.read("again.jsonl") != output {
            tally.harm(Harm::WrongBytes, &format!("with another number of jobs, {place}"));
        }
    }
    tally.note(format!("{} formats, {read} documents read, {refused} refused", seeds.len()));
    assert!(read > 0 && refused > 0, "{read} read, {refused} refused");
    tally.end();
}

/// Every command that reads an output, on one that was changed.
#[test]
fn outputs_that_are_changed_at_random_are_refused_or_read() {
    let mut tally = Tally::new("changed outputs");
    let mut random = Random(seed());
    let bench = Bench::new();
    for i in 0..4 {
        bench.write(&format!("in/{i}.txt"), format!("Talks {i} in Osh (Interfax, May {i}). Душанбе waits."));
    }
    bench
        .docmill(&["run", "in", "-o", "out.jsonl", "-q", "--set", r#"stages=["tokenize", "citations"]"#])
        .expect(0);
    let output = bench.read("out.jsonl").into_bytes();
    let commands: [&[&str]; 7] = [
        &["verify", "x.jsonl"],
        &["tables", "x.jsonl", "-o", "x.tables"],
        &["convert", "x.jsonl", "--to", "w3c", "-o", "x.converted"],
        &["convert", "x.jsonl", "--to", "spacy", "-o", "x.converted"],
        &["show", "x.jsonl", "-o", "x.html"],
        &["stats", "x.jsonl"],
        &["diff", "out.jsonl", "x.jsonl"],
    ];
    for number in 0..number("DOCMILL_OUTPUT_MUTATIONS").unwrap_or(28) {
        let command = commands[(number % commands.len() as u64) as usize];
        bench.write("x.jsonl", mutated(&output, &mut random));
        let answer = bench.docmill(command);
        tally.ended(&answer, &[0, 1, 2], &format!("{command:?}, change {number}, seed {}", seed()));
        tally.tried();
        for left in ["x.tables", "x.converted"] {
            let _ = std::fs::remove_dir_all(bench.path(left));
            let _ = std::fs::remove_file(bench.path(left));
        }
        let _ = std::fs::remove_file(bench.path("x.html"));
    }
    tally.end();
}

/// Keeps the files of a run that did harm, if `DOCMILL_KEEP` names a folder.
fn keep(bench: &Bench) {
    let Some(folder) = std::env::var_os("DOCMILL_KEEP") else { return };
    std::fs::create_dir_all(&folder).unwrap();
    for entry in std::fs::read_dir(bench.path("in")).unwrap().map(Result::unwrap) {
        std::fs::copy(entry.path(), std::path::Path::new(&folder).join(entry.file_name())).unwrap();
    }
}
