//! The default run: entities from the shipped model.

use serde_json::Value as Json;

use crate::program::{Bench, root};

fn records(bench: &Bench, extra: &[&str]) -> Vec<Json> {
    let seeds = root().join("seeds").display().to_string();
    bench.docmill(&[&["run", &seeds], extra].concat()).expect(0).records()
}

#[test]
fn the_names_of_the_seeds_come_out_whole_with_their_type() {
    let records = records(&Bench::new(), &[]);
    let found = |file: &str, label: &str, text: &str| {
        let record = records.iter().find(|r| r["id"].as_str().unwrap().contains(file)).unwrap();
        let entities = record["entities"].as_array().unwrap();
        assert!(
            entities.iter().any(|e| e["label"] == label && e["text"] == text),
            "{file}: no {label} {text} in {:?}",
            entities.iter().map(|e| e["text"].as_str().unwrap()).collect::<Vec<_>>()
        );
    };
    for (label, text) in [
        ("PER", "Marat Dzhaksybekov"),
        ("LOC", "Kazakhstan"),
        ("LOC", "Aktau"),
        ("ORG", "Kazinform"),
        ("ORG", "Interfax"),
        ("ORG", "Border Service"),
        ("ORG", "National Security Committee"),
    ] {
        found("caspian-patrols", label, text);
    }
    found("maritime-asia-brief", "ORG", "Philippine Coast Guard");
    found("maritime-asia-brief", "PER", "Nguyễn Đức Khiêm");
    found("caucasus-observer", "LOC", "Armenia");
}

#[test]
fn entities_lie_in_their_sentences_and_never_overlap() {
    for record in records(&Bench::new(), &[]) {
        let position = |v: &Json, key: &str| v[key].as_u64().unwrap();
        let sentences = record["sentences"].as_array().unwrap();
        let mut last = 0;
        for entity in record["entities"].as_array().unwrap() {
            let id = entity["sentence"].as_str().unwrap();
            let sentence = sentences.iter().find(|s| s["id"] == id).unwrap();
            assert!(position(sentence, "start") <= position(entity, "start"));
            assert!(position(entity, "end") <= position(sentence, "end"));
            assert!(position(entity, "start") >= last, "{}: {entity}", record["id"]);
            last = position(entity, "end");
            let score = entity["score"].as_f64().unwrap();
            assert!((0.0..=1.0).contains(&score));
        }
    }
}

#[test]
fn the_bytes_are_the_same_for_any_number_of_workers() {
    let bench = Bench::new();
    let one = records(&bench, &["-j", "1", "--set", "run.chunk_documents=1"]);
    let three = records(&bench, &["-j", "3", "--set", "run.chunk_documents=64"]);
    assert_eq!(one, three);
}

#[test]
fn the_shared_encoding_gives_what_a_model_of_its_own_gives() {
    let bench = Bench::new();
    let entities = |extra: &[&str]| -> Vec<Json> {
        records(&bench, extra).iter().map(|record| record["entities"].clone()).collect()
    };
    let own = format!("ner.model={}", root().join("models/news-en").display());
    assert_eq!(entities(&[]), entities(&["--set", &own]));
}

#[cfg(feature = "rust-bert")]
#[test]
fn both_engines_find_the_same_entities_in_the_seeds() {
    let bench = Bench::new();
    let entities = |extra: &[&str]| -> Vec<(String, String, String)> {
        let text = |e: &Json, key: &str| e[key].as_str().unwrap().to_owned();
        let mut all = Vec::new();
        for record in records(&bench, extra) {
            for entity in record["entities"].as_array().unwrap() {
                all.push((text(&record, "id"), text(entity, "label"), text(entity, "text")));
            }
        }
        all
    };
    let native = entities(&["--set", "encode.precision=fp32"]);
    assert!(native.len() > 300, "{}", native.len());
    assert_eq!(native, entities(&["--set", "ner.engine=rust-bert"]));
}

#[test]
fn the_model_is_scored_against_gold() {
    let bench = Bench::new();
    let gold = "Interfax\tB-outlet\nquoted\tO\nTony\tB-PER\nBlair\tI-PER\nin\tO\nLondon\tB-LOC\n.\tO\n\n\
                Nothing\tB-PER\nhappened\tO\n.\tO\n";
    bench.write("gold.conll", gold);
    let model = root().join("models/news-en").display().to_string();
    let model = format!("model={model}");
    let args = ["eval", "ner", "gold.conll", "--rename", "outlet=ORG", "--json", "--set", &model];
    let scores: Json = serde_json::from_str(&bench.docmill(&args).expect(0).stdout).unwrap();
    let score =
        |label: &str| scores.as_array().unwrap().iter().find(|s| s["label"] == label).unwrap().clone();
    assert_eq!(score("LOC")["f1"], 100.0);
    assert_eq!(score("ORG")["recall"], 100.0);
    assert_eq!(score("PER")["recall"], 50.0);
    assert_eq!(score("micro")["gold"], 4);
    let only = bench.docmill(&[&args[..], &["--only", "LOC"]].concat()).expect(0);
    assert_eq!(serde_json::from_str::<Json>(&only.stdout).unwrap().as_array().unwrap().len(), 2);
    bench.write("bad.conll", "Osh\n");
    let bad = bench.docmill(&["eval", "ner", "bad.conll", "--set", &model]).expect(2);
    assert!(bad.stderr.contains("bad.conll:1: no tag"), "{}", bad.stderr);
}

#[test]
fn entities_are_scored_against_texts_too() {
    let bench = Bench::new();
    let gold = r#"{"text": "“Tony Blair” spoke in London.", "entities": [{"start": 1, "end": 11, "label": "person"}, {"start": 22, "end": 28, "label": "LOC"}]}"#;
    bench.write("gold.jsonl", gold);
    let args = ["eval", "ner", "gold.jsonl", "--json", "--rename", "person=PER"];
    let scores: Json = serde_json::from_str(&bench.docmill(&args).expect(0).stdout).unwrap();
    let micro = scores.as_array().unwrap().iter().find(|s| s["label"] == "micro").unwrap();
    assert_eq!(micro["f1"], 100.0);
    bench.write("bad.jsonl", r#"{"text": "x", "entities": [{"start": 0, "end": 9, "label": "LOC"}]}"#);
    let bad = bench.docmill(&["eval", "ner", "bad.jsonl"]).expect(2);
    assert!(bad.stderr.contains("bad.jsonl:1: an entity does not lie in the text"), "{}", bad.stderr);
}
