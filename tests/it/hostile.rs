//! Bad files of every kind, in one run: each is told with its reason, its good neighbours are written, nothing is lost.

use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value as Json;

use crate::program::{Bench, plain_run, root};

#[path = "../hostile/mod.rs"]
pub mod corpus;

use corpus::{Case, Expected, MAX_BYTES, cases};

#[path = "../../fuzz/fuzz_targets/names.rs"]
mod names;

/// The whole run, in a debug build on a busy machine. What hangs, hangs longer.
const AT_MOST: Duration = Duration::from_mins(5);

#[test]
fn each_bad_file_costs_what_is_bad_in_it() {
    let cases = cases();
    assert!(cases.len() >= 60, "{} cases", cases.len());
    let bench = Bench::new();
    for (i, case) in cases.iter().enumerate() {
        bench.write(&format!("in/{}", case.name), &case.bytes);
        bench.write(&format!("in/good-{i:03}.txt"), format!("Good text {i} about Osh."));
    }
    let max_bytes = format!("input.max_bytes={MAX_BYTES}");
    let args =
        plain_run(&["in", "--set", &max_bytes, "-o", "out.jsonl", "--report", "report.json", "--jobs", "2"]);
    let mut child = bench
        .command(&args)
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let stderr = child.stderr.take().unwrap();
    let said = thread::spawn(move || std::io::read_to_string(stderr).unwrap());
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if started.elapsed() > AT_MOST {
            child.kill().unwrap();
            panic!("still at work after {AT_MOST:?}: {}", said.join().unwrap());
        }
        thread::sleep(Duration::from_millis(20));
    };
    let said = said.join().unwrap();
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(!said.contains("internal error"), "{said}");

    let records: Vec<Json> =
        bench.read("out.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut wrong = Vec::new();
    for case in &cases {
        wrong.extend(differences(case, &records));
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    let good = |i: usize| {
        let id = format!("in/good-{i:03}.txt");
        records.iter().any(|r| r["id"] == id.as_str() && r["status"] == "ok")
    };
    assert!((0..cases.len()).all(good), "a good neighbour is missing");

    let expected = cases.len() + cases.iter().map(|case| case.expected.len()).sum::<usize>();
    let totals = &serde_json::from_str::<Json>(&bench.read("report.json")).unwrap()["totals"];
    let total = |key: &str| totals[key].as_u64().unwrap();
    assert_eq!(total("read"), expected as u64);
    assert_eq!(total("read"), total("ok") + total("failed") + total("filtered"));
    // Nothing was written but the output: no member's name led anywhere.
    assert!(!bench.path("up.txt").exists() && !bench.path("../up.txt").exists());
    let verified = bench.docmill(&["verify", "out.jsonl"]).expect(0);
    assert!(verified.stdout.contains("0 problems"), "{}", verified.stdout);
}

/// What the records say of a case otherwise than expected.
fn differences(case: &Case, records: &[Json]) -> Vec<String> {
    let path = format!("in/{}", case.name);
    let of_case: Vec<&Json> = records.iter().filter(|r| r["source"]["path"] == path.as_str()).collect();
    let mut wrong = Vec::new();
    if of_case.len() != case.expected.len() {
        let got: Vec<String> =
            of_case.iter().map(|r| format!("{}: {}", r["id"], r["error"]["message"])).collect();
        wrong.push(format!("{path}: {} records for {}: {got:?}", of_case.len(), case.expected.len()));
    }
    for (record, (place, expected)) in of_case.iter().zip(&case.expected) {
        let id = place.strip_prefix('=').map_or_else(|| format!("{path}{place}"), str::to_owned);
        let reason = record["error"]["message"].as_str();
        let text = record["text"].as_str().unwrap_or_default();
        let fits = record["id"] == id.as_str()
            && match expected {
                Expected::Text(part) => reason.is_none() && text.contains(part),
                Expected::Fails(part) => reason.is_some_and(|reason| reason.contains(part)),
            };
        if !fits {
            let start: String = text.chars().take(60).collect();
            wrong.push(format!("{id} {expected:?}: {} {reason:?} {start:?}", record["id"]));
        }
    }
    wrong
}

/// The file is named before it goes: while standard input, ahead of it, is waited for.
#[test]
fn a_file_that_vanishes_is_told() {
    let bench = Bench::new();
    bench.write("in/a.txt", "Osh waits.");
    bench.write("in/b.txt", "Herat too.");
    let args = plain_run(&["-", "in", "--jobs", "1", "--set", "run.chunk_documents=1"]);
    let mut child =
        bench.command(&args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let child = child.as_mut().unwrap();
    thread::sleep(Duration::from_secs(1));
    std::fs::remove_file(bench.path("in/b.txt")).unwrap();
    drop(child.stdin.take());
    let output = std::io::read_to_string(child.stdout.take().unwrap()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    let records: Vec<Json> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records.len(), 3);
    assert_eq!(records[1]["text"], "Osh waits.");
    let reason = records[2]["error"]["message"].as_str().unwrap();
    assert!(reason.contains("cannot be read"), "{reason}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let bench = Bench::new();
    bench.write("in/a.txt", "Osh waits.");
    let answer = bench.docmill(&plain_run(&["in", "-o", "/dev/full"])).expect(2);
    assert!(answer.stderr.contains("free some space"), "{}", answer.stderr);
}

#[test]
#[ignore = "writes the smaller cases to fuzz/corpus/archive, as seeds of the fuzz target"]
fn write_seeds() {
    let folder = root().join("fuzz/corpus/archive");
    std::fs::create_dir_all(&folder).unwrap();
    // Bombs take seconds each.
    let fit = |case: &Case| case.bytes.len() <= 32 << 10 && !case.name.starts_with("bomb");
    for case in cases().into_iter().filter(fit) {
        let kind = case.name.split_once('.').map_or("", |(_, kind)| kind);
        let chosen = names::NAMES.iter().position(|name| name.strip_prefix("a.") == Some(kind));
        let Some(chosen) = chosen else { continue };
        std::fs::write(folder.join(case.name), [&[chosen as u8], &case.bytes[..]].concat()).unwrap();
    }
}
