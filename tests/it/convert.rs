//! `docmill convert`

use std::fs;

use serde_json::{Value as Json, json};

use crate::program::{Bench, plain_run};

/// `out.jsonl` with two documents, to whose first an entity, a quotation over two lines and a stance are added.
fn annotated(unit: &str) -> Bench {
    let bench = Bench::new();
    bench.write("in/a.txt", "🛰️ Talks in Osh.\r\nHe said “it\r\nholds”.");
    bench.write("in/b.txt", "So does Kabul.");
    let offsets = format!("output.offsets={unit}");
    bench.docmill(&plain_run(&["in", "-q", "-o", "out.jsonl", "--set", &offsets])).expect(0);
    let mut records: Vec<Json> =
        bench.read("out.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let text = records[0]["text"].as_str().unwrap().to_owned();
    let span = |part: &str| {
        let before = text.get(..text.find(part).unwrap()).unwrap();
        let count = |text: &str| match unit {
            "bytes" => text.len(),
            "utf16" => text.encode_utf16().count(),
            _ => text.chars().count(),
        };
        json!({"start": count(before), "end": count(before) + count(part), "text": part})
    };
    let mut entity = span("Osh");
    for (key, value) in [("id", "e0"), ("label", "LOC"), ("sentence", "s0"), ("canonical", "Osh")] {
        entity[key] = json!(value);
    }
    entity["score"] = json!(0.9);
    (entity["cluster"], entity["citation"]) = (Json::Null, Json::Null);
    records[0]["entities"] = json!([entity]);
    records[0]["quotes"] = json!([{"id": "q0", "kind": "direct", "act": "speech", "content": span("“it\r\nholds”"),
        "speaker": {"start": span("He")["start"], "end": span("He")["end"], "text": "He", "entity": null},
        "cue": span("said"), "continues": null}]);
    records[0]["stances"] = json!([{"id": "st0", "holder": {"kind": "author", "entity": null, "text": null},
        "target": {"kind": "entity", "entity": "e0", "text": "Osh", "start": span("Osh")["start"], "end": span("Osh")["end"]},
        "polarity": "favor", "score": 0.9, "basis": "words", "relation": null,
        "modality": "planned", "sentence": "s0", "evidence": span("Talks")}]);
    let lines: Vec<String> = records.iter().map(Json::to_string).collect();
    bench.write("out.jsonl", lines.join("\n") + "\n");
    bench
}

#[test]
fn every_unit_of_positions_gives_the_same() {
    let [codepoints, bytes, utf16] = ["codepoint", "bytes", "utf16"].map(annotated);
    for format in ["spacy", "conll", "w3c"] {
        let convert =
            |bench: &Bench| bench.docmill(&["convert", "out.jsonl", "--to", format]).expect(0).stdout;
        let expected = convert(&codepoints);
        assert!(expected.contains("Osh"));
        assert_eq!(convert(&bytes), expected);
        assert_eq!(convert(&utf16), expected);
    }
}

#[test]
fn conll_has_documents_sentences_and_tags() {
    let bench = annotated("codepoint");
    let lines = bench.docmill(&["convert", "out.jsonl", "--to", "conll"]).expect(0).stdout;
    let expected =
        "-DOCSTART- -X- -X- O\n\n🛰️ _ _ O\nTalks _ _ O\nin _ _ O\nOsh _ _ B-LOC\n. _ _ O\n\nHe _ _ O\n";
    assert!(lines.starts_with(expected), "{lines}");
    assert!(lines.contains("\n\n-DOCSTART- -X- -X- O\n\nSo _ _ O\n"), "{lines}");
}

#[test]
fn brat_has_a_text_and_its_annotations() {
    let bench = annotated("bytes");
    bench.docmill(&["convert", "out.jsonl", "--to", "brat", "-o", "standoff"]).expect(0);
    let mut names: Vec<_> = (fs::read_dir(bench.path("standoff")).unwrap())
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["annotation.conf", "in_a.ann", "in_a.txt", "in_b.ann", "in_b.txt"]);
    assert_eq!(bench.read("standoff/in_a.txt"), bench.read("in/a.txt"));
    assert_eq!(
        bench.read("standoff/in_a.ann"),
        "T1\tLOC 12 15\tOsh\nT2\tQuotation 26 29;31 37\t“it holds”\nA1\tKind T2 direct\nA2\tAct T2 speech\n\
         T3\tSpeaker 18 20\tHe\nR1\tSaid_by Arg1:T2 Arg2:T3\nT4\tCue 21 25\tsaid\nT5\tFavor 3 8\tTalks\n\
         E1\tFavor:T5 Target:T1\nA3\tModality E1 planned\n"
    );
    assert_eq!(bench.read("standoff/in_b.ann"), "");
    assert!(bench.read("standoff/annotation.conf").starts_with("[entities]\nLOC\nQuotation\n"));
    let again = bench.docmill(&["convert", "out.jsonl", "--to", "brat", "-o", "standoff"]).expect(2);
    assert!(again.stderr.contains("standoff: is there already"), "{}", again.stderr);
    bench.docmill(&["convert", "out.jsonl", "--to", "brat"]).expect(2);
}

#[test]
fn ids_never_lead_out_of_the_folder() {
    let bench = annotated("codepoint");
    let lines = bench.read("out.jsonl").replacen("\"in/a.txt\"", "\"../../../evil\\u0000/..\"", 1);
    assert!(lines.contains("evil"));
    bench.write("out.jsonl", lines);
    bench.docmill(&["convert", "out.jsonl", "--to", "brat", "-o", "deep/standoff"]).expect(0);
    assert!(bench.path("deep/standoff/_.._.._evil__...ann").exists());
    let mut top: Vec<_> = (fs::read_dir(bench.path("")).unwrap())
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    top.sort();
    assert_eq!(top, ["deep", "in", "out.jsonl", "out.run.json"]);
}

#[test]
fn what_has_no_text_is_left_out_or_refused() {
    let bench = Bench::new();
    bench.write("in/a.txt", "Osh waits.");
    bench.write("in/b.txt", "");
    bench.docmill(&plain_run(&["in", "-q", "-o", "out.jsonl"])).expect(1);
    let answer = bench.docmill(&["convert", "out.jsonl", "--to", "spacy", "-o", "spacy.jsonl.gz"]).expect(0);
    assert!(answer.stderr.contains("left out 1 documents that failed"), "{}", answer.stderr);
    bench.docmill(&plain_run(&["in/a.txt", "-q", "-o", "out.jsonl", "--set", "output.text=false"])).expect(0);
    let answer = bench.docmill(&["convert", "out.jsonl", "--to", "conll", "-o", "out.conll"]).expect(2);
    assert!(answer.stderr.contains("output.text=true"), "{}", answer.stderr);
    assert!(!bench.path("out.conll").exists() && !bench.path("out.conll.partial").exists());
}

#[test]
fn a_position_outside_the_text_is_told() {
    let bench = annotated("codepoint");
    let lines = bench.read("out.jsonl").replacen("\"end\":15", "\"end\":1500", 1);
    bench.write("out.jsonl", lines);
    let answer = bench.docmill(&["convert", "out.jsonl", "--to", "w3c"]).expect(2);
    assert!(answer.stderr.contains("document `in/a.txt`: 12..1500"), "{}", answer.stderr);
}
