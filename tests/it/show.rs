//! `docmill show`

use std::fs;

use crate::program::{Bench, plain_run};

/// A folder with `out.jsonl` of three documents, `a.txt`, `b.txt` and `c.txt`.
fn run() -> Bench {
    let bench = Bench::new();
    for name in ["a", "b", "c"] {
        bench.write(&format!("{name}.txt"), format!("The text of {name} 🛰️ is </script><b>short</b>."));
    }
    bench.docmill(&plain_run(&["a.txt", "b.txt", "c.txt", "-q", "-o", "out.jsonl"])).expect(0);
    bench
}

/// Documents in a page.
fn documents(page: &str) -> usize {
    page.matches("<script type=\"application/json\" id=\"d").count()
}

#[test]
fn a_run_becomes_one_page() {
    let bench = run();
    let answer = bench.docmill(&["show", "out.jsonl", "-o", "page.html"]).expect(0);
    assert_eq!((answer.stdout.as_str(), answer.stderr.as_str()), ("", ""));
    let page = bench.read("page.html");
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    assert_eq!(documents(&page), 3);
    assert!(page.contains("The text of c 🛰️ is \\u003c/script\\u003e"));
    assert_eq!(bench.docmill(&["show", "out.jsonl"]).expect(0).stdout, page);
    let stdin =
        bench.docmill_with_stdin(&["show", "-"], &fs::read(bench.path("out.jsonl")).unwrap()).expect(0);
    assert_eq!(stdin.stdout, page.replace("\"file\":\"out.jsonl\"", "\"file\":\"-\""));
}

#[test]
fn compressed_output_is_read() {
    let bench = run();
    bench.docmill(&plain_run(&["a.txt", "b.txt", "-q", "-o", "out.jsonl.zst"])).expect(0);
    assert_eq!(documents(&bench.docmill(&["show", "out.jsonl.zst"]).expect(0).stdout), 2);
}

#[test]
fn documents_are_chosen_by_id() {
    let bench = run();
    let page = bench.docmill(&["show", "out.jsonl", "--id", "c.txt", "--id", "a.txt"]).expect(0).stdout;
    assert_eq!(documents(&page), 2);
    assert!(!page.contains("The text of b"));
    let answer = bench.docmill(&["show", "out.jsonl", "--id", "d.txt", "-o", "page.html"]).expect(2);
    assert!(answer.stderr.contains("out.jsonl: no document has the id `d.txt`"), "{}", answer.stderr);
    assert!(!bench.path("page.html").exists() && !bench.path("page.html.partial").exists());
}

#[test]
fn what_is_left_out_is_told() {
    let bench = run();
    let answer = bench.docmill(&["show", "out.jsonl", "--max-documents", "1"]).expect(0);
    assert_eq!(documents(&answer.stdout), 1);
    assert!(answer.stdout.contains("\"left_out\":{\"texts\":2,\"unreadable\":0}"));
    assert!(answer.stderr.contains("counts 3 documents and holds the texts of 1"), "{}", answer.stderr);
}

#[test]
fn a_line_that_is_no_record_costs_itself_only() {
    let bench = run();
    let lines = "{\"cut\": \n".to_owned() + &bench.read("out.jsonl");
    bench.write("out.jsonl", lines);
    let answer = bench.docmill(&["show", "out.jsonl"]).expect(1);
    assert_eq!(documents(&answer.stdout), 3);
    assert!(answer.stdout.contains("\"unreadable\":1"));
    assert!(answer.stderr.contains("out.jsonl:1: not a docmill record"), "{}", answer.stderr);
}

#[test]
fn the_page_never_replaces_its_records() {
    let bench = run();
    let before = bench.read("out.jsonl");
    let answer = bench.docmill(&["show", "out.jsonl", "-o", "./out.jsonl"]).expect(2);
    assert!(answer.stderr.contains("would overwrite its records"), "{}", answer.stderr);
    assert_eq!(bench.read("out.jsonl"), before);
}
