//! What a person meets in the first hour.

use serde_json::Value as Json;

use crate::program::{Bench, plain_run};

const GERMAN: &str = "Der Minister kam am Dienstag in die Stadt. Er sagte, die Gespräche über die Grenze würden im \
                      Frühjahr fortgeführt, falls der Schnee den Pass nicht schließe.";
const ENGLISH: &str = "The minister came to the town on Tuesday. He said that the talks about the border would go on \
                       in spring, if the snow did not close the pass. People who live in the villages below it have \
                       been waiting for an answer for three years, and many of them think that nothing will come of it.";

fn ids(records: &[Json]) -> Vec<String> {
    records.iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn some_documents_are_taken() {
    let bench = Bench::new();
    for i in 0..30 {
        bench.write(&format!("in/{i:02}.txt"), "A text.");
    }
    let first = bench.docmill(&plain_run(&["in", "--limit", "3"])).expect(0).records();
    assert_eq!(ids(&first), ["in/00.txt", "in/01.txt", "in/02.txt"]);
    let sample =
        |jobs: &str| bench.docmill(&plain_run(&["in", "--sample", "5", "-j", jobs])).expect(0).records();
    let sampled = ids(&sample("1"));
    assert_eq!(sampled.len(), 5);
    assert!(sampled.is_sorted() && sampled != ids(&first));
    assert_eq!(sampled, ids(&sample("3")));
    let answer = bench.docmill(&plain_run(&["-", "--sample", "5"])).expect(2);
    assert!(answer.stderr.contains("take --limit"), "{}", answer.stderr);
    let answer = bench.docmill(&plain_run(&["in", "-j", "0"])).expect(2);
    assert!(answer.stderr.contains("a whole number, 1 or more"), "{}", answer.stderr);
}

#[test]
fn what_docmill_has_not_written_is_not_replaced() {
    let bench = Bench::new();
    bench.write("in.txt", "A text.");
    bench.write("thesis.jsonl", "My work of years.\n");
    let answer = bench.docmill(&plain_run(&["in.txt", "-o", "thesis.jsonl"])).expect(2);
    assert!(answer.stderr.contains("no output of docmill"), "{}", answer.stderr);
    assert_eq!(bench.read("thesis.jsonl"), "My work of years.\n");
    bench.docmill(&plain_run(&["in.txt", "-o", "thesis.jsonl", "--overwrite"])).expect(0);
    // Its own output is replaced, and that is told.
    let answer = bench.docmill(&plain_run(&["in.txt", "-o", "thesis.jsonl"])).expect(0);
    assert!(answer.stderr.contains("the 1 documents of run"), "{}", answer.stderr);
}

#[test]
fn ids_do_not_depend_on_how_a_path_was_typed() {
    let bench = Bench::new();
    bench.write("in/a.txt", "A text.");
    let whole = bench.path("in").canonicalize().unwrap();
    for typed in ["in", "./in", "in/", ".//in/.", whole.to_str().unwrap()] {
        let records = bench.docmill(&plain_run(&[typed])).expect(0).records();
        assert_eq!(ids(&records), ["in/a.txt"], "{typed}");
    }
}

#[test]
fn other_languages_go_without_the_stages_for_english() {
    let bench = Bench::new();
    bench.write("in/de.txt", GERMAN);
    bench.write("in/en.txt", ENGLISH);
    bench.write("in/short.txt", "Osh.");
    let answer = bench.docmill(&["run", "in", "--config", "rules", "-o", "out.jsonl"]).expect(0);
    let told = "documents in other languages: 1 de; the English stages skipped them";
    assert!(answer.stderr.contains(told), "{}", answer.stderr);
    let records: Vec<Json> =
        bench.read("out.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let facts: Vec<_> = records
        .iter()
        .map(|record| (record["language"].as_str(), record["sentences"].as_array().unwrap().len()))
        .collect();
    assert_eq!(facts, [(Some("de"), 0), (Some("en"), 3), (None, 1)]);
    assert_eq!(records[0]["skipped"][0]["stage"], "tokenize");
    // Who leaves the stage out reads all alike.
    let all = ["run", "in", "--config", "rules", "--set", "stages=tokenize"];
    let records = bench.docmill(&all).expect(0).records();
    assert!(records.iter().all(|record| !record["sentences"].as_array().unwrap().is_empty()));
}

#[test]
fn the_same_failure_is_told_some_times_and_counted() {
    let bench = Bench::new();
    for i in 0..50 {
        bench.write(&format!("in/{i:02}.txt"), "");
    }
    let answer = bench.docmill(&plain_run(&["in", "-o", "out.jsonl"])).expect(1);
    assert_eq!(answer.stderr.matches("the file is empty").count(), 11, "{}", answer.stderr);
    assert!(answer.stderr.contains("40 more like this: the file is empty"), "{}", answer.stderr);
}

#[test]
fn ids_that_stand_twice_are_told_and_set_apart() {
    let bench = Bench::new();
    bench.write(
        "in.jsonl",
        "{\"id\": 1, \"text\": \"A.\"}\n{\"id\": 1, \"text\": \"B.\"}\n{\"id\": \"1\", \"text\": \"C.\"}\n",
    );
    let answer = bench.docmill(&plain_run(&["in.jsonl"])).expect(0);
    assert_eq!(ids(&answer.records()), ["1", "1~in.jsonl#2", "1~in.jsonl#3"]);
    assert!(
        answer.stderr.contains("2 documents have the id of an earlier one (the first: 1)"),
        "{}",
        answer.stderr
    );
    let answer = bench.docmill(&plain_run(&["in.jsonl", "--set", "input.fields.id=\"\""])).expect(0);
    assert_eq!(ids(&answer.records()), ["in.jsonl#1", "in.jsonl#2", "in.jsonl#3"]);
}

#[test]
fn a_misspelt_command_is_told_the_nearest() {
    let answer = Bench::new().docmill(&["rnu", "in"]).expect(2);
    assert!(answer.stderr.contains("'run'"), "{}", answer.stderr);
}

#[test]
fn lists_are_given_by_commas() {
    let bench = Bench::new();
    bench.write("in.txt", "A text. Another.");
    let answer = bench.docmill(&["run", "in.txt", "--set", "stages=header,tokenize"]).expect(0);
    assert_eq!(answer.records()[0]["sentences"].as_array().unwrap().len(), 2);
}

#[test]
fn an_archive_is_looked_at() {
    let bench = Bench::new();
    let long = "A long text about snow on the pass above Osh, which nobody has crossed since the autumn.";
    bench.write("in/a.jsonl", format!("{{\"_id\": 7, \"headline\": \"Snow\", \"article\": {{\"body\": \"{long}\"}}, \"pub_date\": \"2005-09-20\"}}\n"));
    bench.write("in/b.txt", "A text.");
    bench.write("in/c.xls", "no");
    bench.docmill(&["init", "in", "-o", "my.toml"]).expect(0);
    let config = bench.read("my.toml");
    for line in [
        "# Looked at 2 documents: 1 .jsonl, 1 .txt",
        "# docmill does not read these files: 1 .xls",
        "text = \"article.body\"",
        "title = \"headline\"",
        "date = \"pub_date\"",
        "id = \"_id\"",
        "# author = \"...\"",
    ] {
        assert!(config.lines().any(|written| written == line), "{line} is missing in:\n{config}");
    }
    let records =
        bench.docmill(&["run", "in", "--config", "my.toml", "--set", "stages=tokenize"]).expect(0).records();
    assert_eq!((ids(&records)[0].as_str(), &records[0]["meta"]["title"]), ("7", &Json::from("Snow")));
    assert_eq!(records[0]["text"], long);
    let answer = bench.docmill(&["init", "in", "-o", "my.toml"]).expect(2);
    assert!(answer.stderr.contains("--overwrite"), "{}", answer.stderr);
}
