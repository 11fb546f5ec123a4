//! Documents that say the same as an earlier one: marked, left out on request, the same whatever happens to the run.

use std::fs;

use serde_json::{Value as Json, json};

use crate::program::{Bench, PLAIN, plain_run};

const ARTICLE: &str = "The upstream republic will close the sluices of the Ak-Suu dam in October, a month earlier than in \
other years, its energy minister told deputies on Tuesday. Farmers in the lower valley, where cotton is watered until the \
first frost, called the decision a breach of the spring accord. Talks are to go on in Andar on Thursday, with envoys of the \
regional bank at the table. Neither side has said what it would offer.";

/// `a` comes first; `b` wraps it, `c` corrects it, `d` is another piece, `e` corrects `c`, `f` could not be read.
fn bench() -> Bench {
    let bench = Bench::new();
    let corrected = format!("{ARTICLE} Correction: the accord was signed in April.");
    for (name, text) in [
        ("a", ARTICLE.to_owned()),
        ("b", ARTICLE.replace(' ', "\r\n")),
        ("c", corrected.clone()),
        ("d", "Osh waits for the minister, and the minister for Osh.".to_owned()),
        ("e", corrected.replace("a month", "one month")),
        ("f", String::new()),
    ] {
        bench.write(&format!("in/{name}.txt"), text);
    }
    bench
}

fn marks(bench: &Bench, output: &str) -> Vec<(String, Json)> {
    let mark = |line: &str| {
        let record: Json = serde_json::from_str(line).unwrap();
        let id = record["id"].as_str().unwrap().trim_start_matches("in/").trim_end_matches(".txt").to_owned();
        (id, record["duplicate"].clone())
    };
    bench.read(output).lines().map(mark).collect()
}

fn firsts(bench: &Bench, output: &str) -> Vec<(String, String)> {
    let short = |mark: &Json| match mark["of"].as_str() {
        Some(of) => format!("{} {}", mark["kind"].as_str().unwrap(), of),
        None => String::new(),
    };
    marks(bench, output).into_iter().map(|(id, mark)| (id, short(&mark))).collect()
}

fn expected(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(id, mark)| ((*id).to_owned(), (*mark).to_owned())).collect()
}

#[test]
fn doubles_are_marked_with_the_first_of_their_kind() {
    let bench = bench();
    let answer = bench.docmill(&plain_run(&["in", "-o", "out.jsonl"])).expect(1);
    assert!(
        answer.stderr.contains("6 read = 5 ok + 1 failed + 0 filtered + 0 duplicates"),
        "{}",
        answer.stderr
    );
    assert!(answer.stderr.contains("3 of those written are marked as duplicates"), "{}", answer.stderr);
    assert_eq!(
        firsts(&bench, "out.jsonl"),
        expected(&[
            ("a", ""),
            ("b", "exact in/a.txt"),
            ("c", "near in/a.txt"),
            ("d", ""),
            ("e", "near in/a.txt"),
            ("f", "")
        ])
    );
    assert_eq!(
        marks(&bench, "out.jsonl")[1].1,
        json!({"of": "in/a.txt", "kind": "exact", "similarity": 1.0})
    );
    bench.docmill(&["verify", "out.jsonl"]).expect(0);
    let info: Json = serde_json::from_str(&bench.read("out.run.json")).unwrap();
    let totals = json!({"read": 6, "ok": 5, "failed": 1, "filtered": 0, "duplicates": 0, "marked": 3});
    assert_eq!(info["totals"], totals);
    let stats = bench.docmill(&["stats", "out.jsonl"]).expect(0);
    assert!(stats.stdout.contains("duplicates 3 marked: near 2, exact 1"), "{}", stats.stdout);

    // The first of them must be there.
    let output = bench.read("out.jsonl");
    let (_, without_first) = output.split_once('\n').unwrap();
    bench.write("cut.jsonl", without_first);
    let answer = bench.docmill(&["verify", "cut.jsonl"]).expect(1);
    assert!(
        answer.stdout.contains("/duplicate/of: no earlier record is called `in/a.txt`"),
        "{}",
        answer.stdout
    );
}

#[test]
fn doubles_are_left_out_on_request() {
    let bench = bench();
    let answer = bench.docmill(&plain_run(&["in", "-o", "out.jsonl", "--drop-duplicates"])).expect(1);
    assert!(
        answer.stderr.contains("6 read = 2 ok + 1 failed + 0 filtered + 3 duplicates"),
        "{}",
        answer.stderr
    );
    assert_eq!(firsts(&bench, "out.jsonl"), expected(&[("a", ""), ("d", ""), ("f", "")]));
    bench.docmill(&["verify", "out.jsonl"]).expect(0);
    let stats = bench.docmill(&["stats", "out.jsonl"]).expect(0);
    assert!(stats.stdout.contains("left out   3 duplicates, 0 filtered"), "{}", stats.stdout);

    let run = |more: &[&str]| {
        bench.docmill(&plain_run(&[&["in", "-o", "other.jsonl"], more].concat())).expect(1);
        firsts(&bench, "other.jsonl")
    };
    let exact = run(&["--set", "duplicates.find=exact"]);
    assert_eq!(exact[1..3], expected(&[("b", "exact in/a.txt"), ("c", "")]));
    assert!(run(&["--set", "duplicates.find=none"]).iter().all(|(_, mark)| mark.is_empty()));
    let answer =
        bench.docmill(&plain_run(&["in", "-o", "x.jsonl", "--set", "duplicates.threshold=0.2"])).expect(2);
    assert!(answer.stderr.contains("0.2 is not between 0.6 and 1"), "{}", answer.stderr);
}

/// Sixty kinds of texts in turn, each with small changes.
fn many() -> Bench {
    let bench = Bench::new();
    for i in 0..600 {
        let words = (0..60).map(|word| format!("w{}x{word} ", i % 60));
        bench.write(&format!("in/{i:03}.txt"), words.chain([format!("changed {i}")]).collect::<String>());
    }
    bench
}

#[test]
fn the_answer_depends_on_the_order_of_the_documents_alone() {
    let bench = many();
    for drop in [&[][..], &["--drop-duplicates"]] {
        let run = |name: &str, more: &[&str]| {
            bench.docmill(&plain_run(&[&["in", "-o", name], drop, more].concat())).expect(0);
            if name == "parts" { String::new() } else { bench.read(name) }
        };
        let one = run("one.jsonl", &["-j", "1"]);
        assert_eq!(run("many.jsonl", &["-j", "7", "--set", "run.chunk_documents=3"]), one);
        assert_eq!(one.lines().count(), if drop.is_empty() { 600 } else { 60 });
        run("parts", &["--shard-size", "50docs", "--compress", "none"]);
        bench.docmill(&["merge", "parts", "-o", "merged.jsonl"]).expect(0);
        assert_eq!(bench.read("merged.jsonl"), one);
        assert_eq!(bench.read("merged.run.json"), bench.read("one.run.json"));
        bench.docmill(&["verify", "merged.jsonl"]).expect(0);
        fs::remove_dir_all(bench.path("parts")).unwrap();
    }
}

#[test]
fn a_run_that_goes_on_knows_what_was_seen() {
    for drop in [&[][..], &["--drop-duplicates"]] {
        let bench = many();
        bench.docmill(&plain_run(&[&["in", "-o", "whole.jsonl"], drop].concat())).expect(0);
        let text = fs::read(bench.path("in/300.txt")).unwrap();
        bench.write("in/300.txt", "");
        let args = plain_run(&[&["in", "-o", "out.jsonl", "--fail-fast", "-j", "2"], drop].concat());
        let answer = bench.docmill(&args).expect(2);
        assert!(answer.stderr.contains("stopped after 300 documents"), "{}", answer.stderr);
        bench.write("in/300.txt", text);
        bench.docmill(&args).expect(0);
        assert_eq!(bench.read("out.jsonl"), bench.read("whole.jsonl"));
        assert_eq!(bench.read("out.run.json"), bench.read("whole.run.json"));
    }
}

#[test]
fn a_retry_decides_again_which_came_first() {
    for drop in [&[][..], &["--drop-duplicates"]] {
        let bench = bench();
        bench.docmill(&plain_run(&[&["in", "-o", "whole.jsonl"], drop].concat())).expect(1);
        let text = fs::read(bench.path("in/a.txt")).unwrap();
        bench.write("in/a.txt", "");
        bench.docmill(&plain_run(&[&["in", "-o", "out.jsonl"], drop].concat())).expect(1);
        assert_eq!(firsts(&bench, "out.jsonl")[..2], expected(&[("a", ""), ("b", "")]), "b is the first");
        bench.write("in/a.txt", text);
        let set: &[&str] = if drop.is_empty() { &[] } else { &["--set", "duplicates.drop=true"] };
        let answer = bench.docmill(&[&["retry", "out.jsonl"], &PLAIN[..], set].concat()).expect(1);
        assert!(answer.stderr.contains("1 of 2 documents that had failed are done"), "{}", answer.stderr);
        assert_eq!(bench.read("out.jsonl"), bench.read("whole.jsonl"));
        assert_eq!(bench.read("out.run.json"), bench.read("whole.run.json"));
    }
}
