//! What a run would be.

use serde_json::{Value as Json, json};

use crate::program::{Bench, root};

fn explained(bench: &Bench, args: &[&str]) -> Json {
    let answer = bench.docmill(&[&["explain", "--json"], args].concat()).expect(0);
    serde_json::from_str(&answer.stdout).unwrap()
}

fn setting<'e>(explained: &'e Json, key: &str) -> (&'e Json, &'e str) {
    let settings = explained["settings"].as_array().unwrap();
    let found = settings.iter().find(|setting| setting["key"] == key).unwrap_or_else(|| panic!("{key}"));
    (&found["value"], found["origin"].as_str().unwrap())
}

#[test]
fn every_value_says_where_it_comes_from() {
    let bench = Bench::new();
    bench.write("base.toml", "stages = [\"header\", \"tokenize\", \"citations\"]\n[output]\ntokens = true\n[header]\nfields = { Fecha = \"date\" }\n");
    bench.write(
        "my.toml",
        "extends = \"base.toml\"\n\n[header]\nfields.Desk = \"desk\"\n[citations]\nwhen.bytes.min = 3\n",
    );
    let explained = explained(&bench, &["--config", "my.toml", "--set", "output.text=false"]);
    assert_eq!(explained["configs"], json!(["base.toml", "my.toml"]));
    assert_eq!(setting(&explained, "output.tokens"), (&json!(true), "base.toml:3"));
    assert_eq!(setting(&explained, "output.text"), (&json!(false), "--set output.text"));
    assert_eq!(setting(&explained, "output.offsets"), (&json!("codepoint"), "default"));
    assert_eq!(setting(&explained, "header.fields.Fecha"), (&json!("date"), "base.toml:5"));
    assert_eq!(setting(&explained, "header.fields.Desk"), (&json!("desk"), "my.toml:4"));
    assert_eq!(setting(&explained, "input.fields.title").1, "default");
    let citations = &explained["stages"][2];
    assert_eq!(citations["when"], json!({ "bytes": { "min": 3 } }));
    assert_eq!(
        (&citations["origin"], &citations["provides"]),
        (&json!("base.toml:1"), &json!(["citations"]))
    );
    assert_eq!(explained["estimate"], Json::Null);
    bench.write("in.txt", "Some text.");
    bench
        .docmill(&["run", "in.txt", "-o", "out.jsonl", "--config", "my.toml", "--set", "output.text=false"])
        .expect(0);
    let info: Json = serde_json::from_str(&bench.read("out.run.json")).unwrap();
    assert_eq!(
        (&explained["run_id"], &explained["config_sha256"]),
        (&info["run_id"], &info["config_sha256"])
    );
}

#[test]
fn models_are_told_with_hash_and_size() {
    let bench = Bench::new();
    let model = format!("model={}", root().join("tests/tiny-bert/bert").display());
    let stages = "stages=[\"tokenize\", \"encode\", \"ner\"]";
    let explained = explained(&bench, &["--set", stages, "--set", &model]);
    let weights = std::fs::metadata(root().join("tests/tiny-bert/bert/model.safetensors")).unwrap().len();
    let models = explained["models"].as_array().unwrap();
    let file =
        models.iter().find(|file| file["name"].as_str().unwrap().ends_with("model.safetensors")).unwrap();
    assert_eq!(file["bytes"], weights);
    assert_eq!(file["sha256"].as_str().unwrap().len(), 64);
    assert!(explained["stages"][1]["models"].as_array().unwrap().contains(&file["name"]));
    assert_eq!(setting(&explained, "model").1, "--set model");
}

#[test]
fn an_estimate_counts_all_and_runs_a_few() {
    let bench = Bench::new();
    for i in 0..100 {
        bench.write(&format!("in/{i}.txt"), "The envoy met the minister in Dushanbe. ".repeat(20));
    }
    let plain = ["--set", "stages=[\"tokenize\"]"];
    let explained = explained(&bench, &[&["in"], &plain[..]].concat());
    let estimate = &explained["estimate"];
    assert_eq!((&estimate["documents"], &estimate["bytes"]), (&json!(100), &json!(80_000)));
    let sample = &estimate["sample"];
    let sampled = sample["documents"].as_u64().unwrap();
    assert!((16..=32).contains(&sampled), "{estimate}");
    assert_eq!(sample["failed"], 0);
    let scaled = sample["seconds"].as_f64().unwrap() * 100.0 / sampled as f64;
    assert!((estimate["seconds"].as_f64().unwrap() - scaled).abs() < 1e-9 + scaled * 1e-6, "{estimate}");
    let answer = bench.docmill(&[&["explain", "in"], &plain[..]].concat()).expect(0);
    for part in [
        "the built-in news.toml",
        "requires nothing; adds sentences, tokens",
        "100 documents, 0.08 MB",
        "estimate  ",
    ] {
        assert!(answer.stdout.contains(part), "{}", answer.stdout);
    }
    bench.docmill(&[&["explain", "nowhere"], &plain[..]].concat()).expect(2);
}
