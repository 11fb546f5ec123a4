//! `docmill tables`

use std::fs;

use crate::program::{Bench, plain_run, root};

/// The files of a folder with their bytes, by name.
fn files(bench: &Bench, folder: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = (fs::read_dir(bench.path(folder)).unwrap())
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn every_kind_of_output_gives_the_same_tables() {
    let bench = Bench::new();
    for i in 0..40 {
        bench.write(&format!("in/{i:02}.txt"), format!("Talks {i} in Osh 🛰️. ").repeat(1 + i % 7));
    }
    bench.write("in/20.txt", "");
    for output in [&["-o", "out.jsonl"][..], &["-o", "out.jsonl.zst"], &["-o", "out.jsonl.gz"]] {
        bench.docmill(&plain_run(&[&["in"], output].concat())).expect(1);
    }
    bench.docmill(&plain_run(&["in", "-o", "parts", "--shard-size", "7docs"])).expect(1);
    bench.docmill(&plain_run(&["in", "-o", "turns", "--shards", "3", "--compress", "none"])).expect(1);
    let message = bench.docmill(&["tables", "out.jsonl", "-d", "tables/plain"]).expect(0).stderr;
    assert!(message.starts_with("docmill: tables/plain: documents 40, sentences 148, "), "{message}");
    let plain = files(&bench, "tables/plain");
    assert_eq!(plain.len(), 15);
    for output in ["out.jsonl.zst", "out.jsonl.gz", "parts", "turns"] {
        bench.docmill(&["tables", output, "-d", "other"]).expect(0);
        assert!(files(&bench, "other") == plain, "{output}");
    }
    let stdin = fs::read(bench.path("out.jsonl")).unwrap();
    bench.docmill_with_stdin(&["tables", "-", "-d", "other", "--format", "csv"], &stdin).expect(0);
    let csv = files(&bench, "other");
    let names: Vec<&str> = csv.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names[..3], ["citations.csv", "clusters.csv", "documents.csv"]);
    assert_eq!(names.len(), 15);
    assert!(bench.read("other/documents.csv").contains("\nin/20.txt,"));
}

#[test]
fn a_folder_with_other_things_is_not_replaced() {
    let bench = Bench::new();
    bench.write("a.txt", "Osh waits.");
    bench.docmill(&plain_run(&["a.txt", "-o", "out.jsonl"])).expect(0);
    bench.write("papers/thesis.tex", "years of work");
    let answer = bench.docmill(&["tables", "out.jsonl", "-d", "papers"]).expect(2);
    assert!(answer.stderr.contains("papers: contains thesis.tex"), "{}", answer.stderr);
    assert_eq!(files(&bench, "papers").len(), 1);
    let answer = bench.docmill(&["tables", "out.jsonl", "-d", "a.txt"]).expect(2);
    assert!(answer.stderr.contains("a.txt: is no folder"), "{}", answer.stderr);
    let answer = bench.docmill(&["tables", "none.jsonl", "-d", "tables"]).expect(2);
    assert!(answer.stderr.contains("none.jsonl"), "{}", answer.stderr);
    assert!(!bench.path("tables").exists());
    bench.docmill(&["tables", "out.jsonl"]).expect(2);
}

#[test]
fn a_line_that_is_no_record_costs_itself_only() {
    let bench = Bench::new();
    bench.write("a.txt", "Osh waits. So does Kabul.");
    bench.docmill(&plain_run(&["a.txt", "-o", "out.jsonl"])).expect(0);
    let lines = "{\"cut\": \n".to_owned() + &bench.read("out.jsonl");
    bench.write("out.jsonl", lines);
    let answer = bench.docmill(&["tables", "out.jsonl", "-d", "tables"]).expect(1);
    assert!(answer.stderr.contains("out.jsonl:1: not a docmill record"), "{}", answer.stderr);
    assert!(answer.stderr.contains("documents 1, sentences 2"), "{}", answer.stderr);
}

#[test]
fn the_tables_are_described() {
    let bench = Bench::new();
    let message = bench.docmill(&["tables", "--describe"]).expect(0).stdout;
    let page = fs::read_to_string(root().join("docs/src/reference/tables.md")).unwrap();
    assert!(message == page);
}
