//! Stages that run on some documents only.

use serde_json::{Value as Json, json};

use crate::program::{Bench, root};

const CONFIG: &str = r#"
stages = ["header", "language", "tokenize", "citations", "quotes", "stance"]

[citations]
when = { any = [{ language = "de" }, { meta = { publication = "Steppe Wire", date = { from = "2005", to = "2006-06" } } }] }

[stance]
engine = "rules"
"#;

fn bench() -> Bench {
    let bench = Bench::new();
    let body = "The minister met the envoy in Dushanbe on Tuesday and praised the treaty (Interfax, May 2). He said \
                that it would hold for many years, and that nobody doubted it.";
    let article = |head: &str| format!("{head}\n\n{body}\n");
    bench.write("in/a.txt", article("Publication: Steppe Wire\nDate: 2005-09-20"));
    bench.write("in/b.txt", article("Publication: Steppe Wire\nDate: 2007-09-20"));
    bench.write(
        "in/c.txt",
        "Der Minister traf am Dienstag den Gesandten und lobte den Vertrag (Interfax, 2. Mai).\n",
    );
    bench.write("in/d.txt", "1234 5678.\n");
    bench
}

fn skipped(record: &Json) -> Vec<(&str, Option<&str>)> {
    let list = record["skipped"].as_array().unwrap();
    list.iter().map(|s| (s["stage"].as_str().unwrap(), s["missing"].as_str())).collect()
}

#[test]
fn a_stage_runs_where_its_condition_holds() {
    let bench = bench();
    bench.write("my.toml", CONFIG.replace(", \"quotes\", \"stance\"", ""));
    let args = ["run", "in", "--config", "my.toml", "-o", "out.jsonl", "--report", "report.json"];
    let answer = bench.docmill(&args).expect(0);
    let records: Vec<Json> =
        bench.read("out.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records[0]["citations"][0]["outlet"], "Interfax");
    assert_eq!(records[0]["language"], "en");
    assert_eq!(skipped(&records[0]), []);
    for (i, language) in [(1, json!("en")), (3, Json::Null)] {
        assert_eq!(records[i]["citations"], json!([]));
        assert_eq!(skipped(&records[i]), [("citations", None)]);
        assert_eq!(records[i]["language"], language);
    }
    assert_eq!(records[2]["language"], "de");
    assert_eq!(skipped(&records[2]), []);
    assert!(records.iter().all(|record| record["status"] == "ok"));

    bench.docmill(&["verify", "out.jsonl"]).expect(0);
    let schema = bench.docmill(&["schema", "--config", "my.toml"]).expect(0);
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema.stdout).unwrap()).unwrap();
    assert!(records.iter().all(|record| validator.is_valid(record)));

    let header: Vec<&str> =
        answer.stderr.lines().find(|line| line.contains("skipped")).unwrap().split_whitespace().collect();
    assert_eq!(header, ["stage", "documents", "failed", "skipped", "seconds", "MB/s"]);
    let report: Json = serde_json::from_str(&bench.read("report.json")).unwrap();
    let citations = &report["totals"]["stages"][3];
    assert_eq!((&citations["documents"], &citations["skipped"]), (&json!(2), &json!(2)));
    let stats = bench.docmill(&["stats", "out.jsonl"]).expect(0);
    assert!(stats.stdout.contains("skipped    citations 2 (documents"), "{}", stats.stdout);
}

#[test]
fn what_needs_a_skipped_layer_is_skipped_too() {
    let bench = bench();
    let config = CONFIG.replace("\"quotes\", \"stance\"", "\"encode\", \"ner\", \"stance\"");
    let model = root().join("tests/tiny-bert/bert");
    bench.write(
        "my.toml",
        format!("model = \"{}\"\n{config}\n[encode]\nwhen.language = \"en\"\n", model.display()),
    );
    let answer = bench.docmill(&["run", "in", "--config", "my.toml"]).expect(0);
    for record in answer.records() {
        let skipped = skipped(&record);
        let english = record["language"] == "en";
        assert_eq!(skipped.contains(&("encode", None)), !english, "{skipped:?}");
        assert_eq!(skipped.contains(&("ner", Some("encodings"))), !english, "{skipped:?}");
        assert_eq!(skipped.contains(&("stance", Some("entities"))), !english, "{skipped:?}");
    }
}

#[test]
fn a_run_is_the_same_for_any_number_of_jobs() {
    let bench = bench();
    for i in 0..40 {
        bench.write(&format!("in/more-{i}.txt"), bench.read(["in/a.txt", "in/b.txt", "in/c.txt"][i % 3]));
    }
    bench.write("my.toml", CONFIG.replace(", \"quotes\", \"stance\"", ""));
    let run =
        |jobs: &str| bench.docmill(&["run", "in", "--config", "my.toml", "--jobs", jobs]).expect(0).stdout;
    assert_eq!(run("1"), run("4"));
}

#[test]
fn a_condition_on_what_is_not_there_is_told_with_its_mend() {
    let bench = bench();
    for (config, expected) in [
        (
            "[citations]\nwhen = { language = \"en\" }",
            "my.toml:1: stage `citations`: has a condition (`when`) on the layer `language`, which no stage before it provides; add `language` before it in `stages`",
        ),
        ("[citations]\nwhen = { entity = { label = \"LOC\" } }", "add `ner` before it"),
        (
            "[citations]\n\nwhen = { length = 3 }",
            "my.toml:4: `citations.when`: unknown key `length`; known: all, any, bytes, entity",
        ),
        (
            "[citations.when]\nmeta.journal = \"x\"",
            "`citations.when.meta`: unknown key `journal`; known: author, date, extra, issue, publication, title, volume",
        ),
        ("[citations]\nwhen = \"en\"", "\"en\" is not a table of conditions, such as { language = \"en\""),
        ("[citations.when.any]", "`citations.when.any`: a table is not a list"),
    ] {
        bench.write("my.toml", format!("stages = [\"tokenize\", \"citations\"]\n{config}\n"));
        let answer = bench.docmill(&["check", "--config", "my.toml"]).expect(2);
        assert!(answer.stderr.contains(expected), "{}\n{expected}", answer.stderr);
    }
}
