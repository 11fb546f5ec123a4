//! What an earlier run has done is not done again, and nothing of it shows.

use crate::program::{Bench, plain_run, root};

const TEXT: &str = "Çelik 🛰️ met the envoy in Dushanbe.\r\n\r\nHe praised the treaty.";

fn bench() -> Bench {
    let bench = Bench::new();
    for i in 0..30 {
        bench.write(&format!("in/{i:02}.txt"), format!("Number {i}. {TEXT}"));
    }
    let row = |i: u32| format!("{{\"id\":\"row-{i}\",\"text\":\"Row {i}. It rained.\",\"desk\":\"asia\"}}");
    let rows: Vec<String> = (0..20).map(row).collect();
    bench.write("in/rows.jsonl", rows.join("\n"));
    bench.write("in/table.csv", "id,text\nx,It rained in Riga.\n");
    bench
}

/// Runs into `out`, and says how many records were taken from the earlier run.
fn run(bench: &Bench, out: &str, more: &[&str]) -> u64 {
    let args = plain_run(&[&["in", "-o", out, "--report", "report.json"], more].concat());
    bench.docmill(&args).expect(0);
    let report: serde_json::Value = serde_json::from_str(&bench.read("report.json")).unwrap();
    let totals = &report["totals"];
    assert_eq!(totals["read"], totals["ok"]);
    totals["reused"].as_u64().unwrap()
}

#[test]
fn unchanged_documents_are_copied_and_the_bytes_are_those_of_a_fresh_run() {
    let bench = bench();
    assert_eq!(run(&bench, "old.jsonl", &[]), 0);
    // Nothing has changed: everything but the row of a table, whose header is no part of its bytes.
    assert_eq!(run(&bench, "same.jsonl", &["--reuse", "old.jsonl"]), 50);
    assert_eq!(bench.read("same.jsonl"), bench.read("old.jsonl"));

    bench.write("in/05.txt", "Another text.");
    bench.write("in/00-new.txt", "A new one, in the middle.");
    std::fs::remove_file(bench.path("in/10.txt")).unwrap();
    let rows =
        bench.read("in/rows.jsonl").replace("Row 3.", "Row three.").replace("\"row-4\"", "\"row-four\"");
    bench.write("in/rows.jsonl", rows);
    for (jobs, out) in [("1", "new.jsonl"), ("4", "new.jsonl.zst"), ("3", "parts")] {
        let parts: &[&str] = if out == "parts" { &["--shards", "3"] } else { &[] };
        assert_eq!(
            run(&bench, out, &[&["--reuse", "old.jsonl", "--jobs", jobs][..], parts].concat()),
            50 - 4
        );
    }
    run(&bench, "fresh.jsonl", &[]);
    bench.docmill(&["merge", "parts", "-o", "merged.jsonl"]).expect(0);
    bench.docmill(&["merge", "new.jsonl.zst", "-o", "unpacked.jsonl"]).expect(0);
    for out in ["new.jsonl", "merged.jsonl", "unpacked.jsonl"] {
        assert_eq!(bench.read(out), bench.read("fresh.jsonl"), "{out}");
    }
    // From parts, and from a compressed file; into the very file that is reused.
    assert_eq!(run(&bench, "again.jsonl", &["--reuse", "parts"]), 50);
    assert_eq!(run(&bench, "new.jsonl.zst", &["--reuse", "new.jsonl.zst"]), 50);
    bench.docmill(&["merge", "new.jsonl.zst", "-o", "unpacked.jsonl"]).expect(0);
    for out in ["again.jsonl", "unpacked.jsonl"] {
        assert_eq!(bench.read(out), bench.read("fresh.jsonl"), "{out}");
    }
    bench.docmill(&["verify", "again.jsonl"]).expect(0);
}

#[test]
fn a_row_of_a_table_follows_its_header() {
    let bench = bench();
    bench.write("in/table.csv", "id,text,desk\nx,It rained in Riga.,asia\n");
    run(&bench, "old.jsonl", &[]);
    bench.write("in/table.csv", "id,text,office\nx,It rained in Riga.,asia\n");
    run(&bench, "new.jsonl", &["--reuse", "old.jsonl"]);
    run(&bench, "fresh.jsonl", &[]);
    assert_eq!(bench.read("new.jsonl"), bench.read("fresh.jsonl"));
    assert_ne!(bench.read("new.jsonl"), bench.read("old.jsonl"));
}

#[test]
fn documents_that_failed_are_done_again() {
    let bench = Bench::new();
    bench.write("in/a.txt", TEXT);
    bench.write("in/b.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0");
    bench.docmill(&plain_run(&["in", "-o", "old.jsonl"])).expect(1);
    let answer = bench.docmill(&plain_run(&["in", "-o", "new.jsonl", "--reuse", "old.jsonl"])).expect(1);
    assert!(answer.stderr.contains("1 of them were copied from an earlier run"), "{}", answer.stderr);
    assert_eq!(bench.read("new.jsonl"), bench.read("old.jsonl"));
    assert_eq!(bench.read("new.failed.jsonl"), bench.read("old.failed.jsonl"));
}

#[test]
fn other_settings_are_refused_and_named() {
    let bench = bench();
    run(&bench, "old.jsonl", &[]);
    let args = plain_run(&["in", "-o", "new.jsonl", "--reuse", "old.jsonl", "--set", "output.text=false"]);
    let answer = bench.docmill(&args).expect(2);
    assert!(
        answer.stderr.contains("--reuse old.jsonl: its records come from different settings: "),
        "{}",
        answer.stderr
    );
    assert!(answer.stderr.contains("output"), "{}", answer.stderr);
    let answer = bench.docmill(&plain_run(&["in", "--reuse", "none.jsonl"])).expect(2);
    assert!(answer.stderr.contains("--reuse none.jsonl: does not exist"), "{}", answer.stderr);
}

#[test]
fn what_is_reused_is_no_input() {
    let bench = Bench::new();
    bench.write("a.txt", TEXT);
    bench.docmill(&plain_run(&[".", "-o", "old.jsonl"])).expect(0);
    let answer = bench.docmill(&plain_run(&[".", "-o", "new.jsonl", "--reuse", "old.jsonl"])).expect(0);
    assert!(answer.stderr.contains("1 read = 1 ok"), "{}", answer.stderr);
    assert_eq!(bench.read("new.jsonl"), bench.read("old.jsonl"));
}

#[test]
fn what_changed_between_runs_is_told() {
    let bench = Bench::new();
    let config = "stages = [\"tokenize\", \"citations\"]\n";
    bench.write("a.toml", config);
    bench.write("b.toml", format!("{config}[citations]\nnot_outlets = [\"Interfax\"]\n"));
    bench.write("in/1.txt", "The envoy left (Interfax, May 2, 2005). He said so (RIA, May 3, 2005).");
    bench.write("in/2.txt", "Nobody came.");
    bench.write("in/3.txt", "It rained.");
    bench.docmill(&["run", "in", "--config", "a.toml", "-o", "a.jsonl"]).expect(0);
    bench.write("in/3.txt", "It snowed.");
    bench.write("in/4.txt", "It hailed.");
    bench.docmill(&["run", "in", "--config", "b.toml", "-o", "b", "--shards", "2"]).expect(0);
    let answer = bench.docmill(&["diff", "a.jsonl", "b"]).expect(1);
    for line in [
        "documents  3 in A, 4 in B: 1 same, 2 changed, 0 removed, 1 added",
        "           1 of the changed have another text",
        "citations                       1        0        1        0        0",
        "+ document in/4.txt",
        "- in/1.txt citations 16..37 \"Interfax, May 2, 2005\"",
    ] {
        assert!(answer.stdout.lines().any(|message| message == line), "{}\n{line}", answer.stdout);
    }
    let answer = bench.docmill(&["diff", "a.jsonl", "b", "--json", "--list", "0"]).expect(1);
    let found: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    assert_eq!(found["layers"]["citations"]["removed"], 1);
    assert_eq!(found["differences"], serde_json::json!([]));
    assert!(bench.docmill(&["diff", "b", "b"]).expect(0).stdout.contains("4 same, 0 changed"));
    bench.docmill(&["diff", "a.jsonl", "none.jsonl"]).expect(2);
    bench.docmill(&["diff", "a.jsonl", "-"]).expect(2);
    bench.docmill(&["diff", "a.jsonl", "b", "--tolerance", "-1"]).expect(2);
}

#[test]
fn what_the_model_made_is_found_again_under_other_settings() {
    let bench = bench();
    let model = format!("model={}", root().join("tests/tiny-bert/bert").display());
    let stages = "stages=[\"tokenize\", \"encode\", \"ner\"]";
    let run = |out: &str, more: &[&str]| {
        let args = [&["run", "in", "-o", out, "--set", stages, "--set", &model], more].concat();
        bench.docmill(&args).expect(0).stderr
    };
    let message = |stderr: &str, counts: &str| assert!(stderr.contains(counts), "{stderr}");
    message(
        &run("a.jsonl", &["--cache", "cache"]),
        "reused the encodings of 0 documents, computed those of 51",
    );
    run("fresh.jsonl", &[]);
    assert_eq!(bench.read("a.jsonl"), bench.read("fresh.jsonl"));
    // Another head's setting: no document is read by the model again.
    let other = ["--set", "ner.consistent=false", "--set", "ner.only=[\"PER\"]"];
    message(
        &run("b.jsonl", &[&["--cache", "cache"], &other[..]].concat()),
        "reused the encodings of 51 documents, computed those of 0",
    );
    run("fresh.jsonl", &other);
    assert_eq!(bench.read("b.jsonl"), bench.read("fresh.jsonl"));
    assert_ne!(bench.read("b.jsonl"), bench.read("a.jsonl"));
    // Other arithmetic is another key.
    message(
        &run("c.jsonl", &["--cache", "cache", "--set", "encode.precision=fp32"]),
        "reused the encodings of 0 documents",
    );
    let answer = bench
        .docmill(&["run", "in", "--cache", "in/00.txt/cache", "--set", stages, "--set", &model])
        .expect(2);
    assert!(answer.stderr.contains("--cache in/00.txt/cache"), "{}", answer.stderr);
}
