//! Sentiment and stance, with the tiny model of `tests/tiny-bert`: how they are run and scored, not how good they are.

use serde_json::Value as Json;

use crate::program::{Bench, root};

fn tiny() -> Vec<String> {
    let model = root().join("tests/tiny-bert/bert").display().to_string();
    let stages = r#"stages=["tokenize", "encode", "ner", "sentiment", "stance"]"#;
    ["--set", stages, "--set", &format!("model={model}")].map(str::to_owned).to_vec()
}

fn scores(bench: &Bench, args: &[&str]) -> Json {
    let tiny = tiny();
    let args: Vec<&str> = args.iter().copied().chain(tiny.iter().map(String::as_str)).collect();
    serde_json::from_str(&bench.docmill(&args).expect(0).stdout).unwrap()
}

#[test]
fn sentiment_is_scored_by_class() {
    let bench = Bench::new();
    let row = |label: &str| {
        format!(r#"{{"text": "Åland hit Rasht.", "target": {{"start": 10, "end": 15}}, "label": "{label}"}}"#)
    };
    bench.write("gold.jsonl", &["positive", "negative", "neutral"].map(row).join("\n"));
    for engine in ["model", "lexicon"] {
        let engine = format!("sentiment.engine={engine}");
        let scores = scores(&bench, &["eval", "sentiment", "gold.jsonl", "--json", "--set", &engine]);
        assert_eq!(scores["items"], 3);
        // One answer for one sentence: it is right once in three.
        assert!((scores["accuracy"].as_f64().unwrap() - 33.3).abs() < 0.1, "{scores}");
    }
    bench.write("bad.jsonl", &row("bad"));
    let bad = bench.docmill(&["eval", "sentiment", "bad.jsonl", "--set", &tiny()[1], "--set", &tiny()[3]]);
    assert!(bad.expect(2).stderr.contains("bad.jsonl:1: `bad` is not negative"));
}

#[test]
fn stance_is_scored_by_class_and_threshold() {
    let bench = Bench::new();
    let row = |label: usize, p: (usize, usize), q: (usize, usize)| {
        format!(
            r#"{{"text": "Naryn denies that Osh attacked Rasht.", "p": {{"start": {}, "end": {}}}, "q": {{"start": {}, "end": {}}}, "label": {label}}}"#,
            p.0, p.1, q.0, q.1
        )
    };
    // The same pair from both sides: the answers mirror each other.
    let (osh, rasht) = ((18, 21), (31, 36));
    let rows: Vec<String> =
        (0..5).flat_map(|label| [row(label, osh, rasht), row([0, 2, 1, 4, 3][label], rasht, osh)]).collect();
    bench.write("gold.jsonl", &rows.join("\n"));
    let scores = scores(&bench, &["eval", "stance", "gold.jsonl", "--json"]);
    assert_eq!(scores["items"], 10);
    assert!((scores["accuracy"].as_f64().unwrap() - 20.0).abs() < 1e-9, "{scores}");
    let thresholds = scores["thresholds"].as_array().unwrap();
    let told: Vec<u64> = thresholds.iter().map(|at| at["found"].as_u64().unwrap()).collect();
    assert!(told.is_sorted_by(|a, b| a >= b), "{told:?}");
}

#[test]
fn the_record_has_them_and_verifies() {
    let bench = Bench::new();
    bench.write("in.txt", "Rasht praised Naryn. Émile Zola met Cao Gangchuan in Åland, and he blamed NATO.");
    let tiny = tiny();
    let args = ["run", "in.txt", "-o", "out.jsonl", "--set", "stance.threshold=0.0"];
    let args: Vec<&str> = args.iter().copied().chain(tiny.iter().map(String::as_str)).collect();
    bench.docmill(&args).expect(0);
    let record: Json = serde_json::from_str(&bench.read("out.jsonl")).unwrap();
    assert_eq!(record["sentiment"]["sentences"].as_array().unwrap().len(), 2);
    assert!(record["sentiment"]["document"]["score"].is_f64());
    assert!(record.get("encodings").is_none(), "what only serves stages stays inside");
    bench.docmill(&["verify", "out.jsonl"]).expect(0);
}
