//! Parts of speech and trees, with the tiny model of `tests/tiny-bert`: how they come out and are scored, not how good
//! they are.

use std::fmt::Write as _;

use serde_json::Value as Json;

use crate::program::{Bench, root};

fn tiny(name: &str, stages: &str) -> Vec<String> {
    let model = root().join("tests/tiny-bert").join(name).display().to_string();
    ["--set", &format!("stages={stages}"), "--set", &format!("model={model}")].map(str::to_owned).to_vec()
}

const STAGES: &str = r#"["tokenize", "encode", "syntax"]"#;

fn with<'a>(args: &[&'a str], more: &'a [String]) -> Vec<&'a str> {
    args.iter().copied().chain(more.iter().map(String::as_str)).collect()
}

#[test]
fn tokens_have_their_syntax_where_they_are_shown() {
    let bench = Bench::new();
    bench.write("in/a.txt", "Rasht denies it. Talks in Naryn were delayed.\n\nAsia-Plus said so.");
    let tiny = tiny("bert", STAGES);
    let run = ["run", "in", "-q", "-o", "out.jsonl"];
    let shown = with(&[&run[..], &["--set", "output.tokens=true"]].concat(), &tiny);
    bench.docmill(&shown).expect(0);
    bench.docmill(&["verify", "out.jsonl"]).expect(0);
    let record: Json = serde_json::from_str(&bench.read("out.jsonl")).unwrap();
    let tokens = record["tokens"].as_array().unwrap();
    assert!(tokens.iter().all(|token| token["lemma"].is_string() && token["upos"].is_string()));
    let roots = tokens.iter().filter(|token| token["head"].is_null());
    assert_eq!(roots.clone().count(), record["sentences"].as_array().unwrap().len());
    assert!(roots.into_iter().all(|token| token["deprel"] == "root"));

    // CoNLL-U says the same, and is gold that the stage agrees with.
    bench.docmill(&["convert", "out.jsonl", "--to", "conllu", "-o", "gold.conllu"]).expect(0);
    let scores = with(&["eval", "syntax", "gold.conllu", "--json"], &tiny);
    let scores: Json = serde_json::from_str(&bench.docmill(&scores).expect(0).stdout).unwrap();
    for words in ["gold_words", "raw_text"] {
        for measure in ["words", "upos", "lemma", "uas", "las", "clas"] {
            assert_eq!(scores[words][measure].as_f64(), Some(100.0), "{words} {measure}: {scores}");
        }
    }

    // spaCy wants every token to have all of it.
    let doc: Json =
        serde_json::from_str(&bench.docmill(&["convert", "out.jsonl", "--to", "spacy"]).expect(0).stdout)
            .unwrap();
    let pieces = doc["tokens"].as_array().unwrap();
    assert!(pieces.iter().all(|piece| piece["pos"].is_string() && piece["head"].as_u64().is_some()));
    let own = |(i, piece): &(usize, &Json)| piece["head"].as_u64() == Some(*i as u64);
    assert_eq!(pieces.iter().enumerate().filter(own).count(), 3);

    // Nobody reads the layer: the stage does not run.
    let checked = with(&["check"], &tiny);
    assert!(bench.docmill(&checked).expect(0).stdout.contains("syntax: left out"));
}

#[test]
fn a_wrong_head_costs_what_it_should() {
    let bench = Bench::new();
    let tiny = tiny("bert", STAGES);
    let mut gold = String::new();
    for head in [0, 1, 1, 1] {
        let id = gold.lines().count() + 1;
        let relation = if head == 0 { "root" } else { "dep" };
        let _ = writeln!(gold, "{id}\tnaryn\t_\tX\t_\t_\t{head}\t{relation}\t_\t_");
    }
    bench.write("gold.conllu", gold.clone() + "\n");
    let scores = with(&["eval", "syntax", "gold.conllu", "--json"], &tiny);
    let scores: Json = serde_json::from_str(&bench.docmill(&scores).expect(0).stdout).unwrap();
    assert!(scores["raw_text"].is_null(), "there is no `# text`");
    assert_eq!(scores["gold_words"]["lemma"], 100.0, "an open lemma is right");
    assert!(scores["gold_words"]["las"].as_f64().unwrap() < 100.0);

    bench.write("bad.conllu", gold.replacen("\t0\t", "\t9\t", 1) + "\n");
    let bad = bench.docmill(&with(&["eval", "syntax", "bad.conllu"], &tiny)).expect(2);
    assert!(bad.stderr.contains("bad.conllu:1: the sentence has a head 9, but 4 words"), "{}", bad.stderr);
}

#[test]
fn the_plan_names_the_stage_whose_head_is_missing() {
    let bench = Bench::new();
    bench.write("in/a.txt", "Rasht denies it.");
    let tiny = tiny("electra", STAGES);
    let run = with(&["run", "in", "-o", "out.jsonl", "--set", "output.tokens=true"], &tiny);
    let stderr = bench.docmill(&run).expect(2).stderr;
    assert!(
        stderr.contains("stage `syntax`") && stderr.contains("the model has no head `syntax`"),
        "{stderr}"
    );
}
