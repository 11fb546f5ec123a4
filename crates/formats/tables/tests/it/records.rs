//! Records to write, as JSON: what is compared with.

use std::fs::File;
use std::path::Path;

use docmill_jsonl::Record;
use docmill_tables::{Format, Tables};
use parquet::file::reader::{FileReader, SerializedFileReader};
use serde_json::{Value as Json, json};

/// A record with something in every layer; emoji, combining marks, Cyrillic and CRLF among it.
pub fn full() -> Json {
    let text =
        "🛰️ Ре\u{301}чь: Dushanbe accused Tashkent.\r\n\"It is real,\" Karimov said (Interfax, May 2).";
    let mut record = json!({
        "schema_version": "1.5", "run_id": "abc", "id": "a/🛰️.txt", "status": "ok", "error": null,
        "skipped": [{"stage": "ner", "missing": null}, {"stage": "stance", "missing": "entities"}],
        "duplicate": {"of": "a/0.txt", "kind": "near", "similarity": 0.93},
        "source": {"path": "a/🛰️.txt", "member": "x/y.txt", "line": 7, "sha256": "00ff", "bytes": 95,
                   "encoding": "UTF-8", "replaced": 1},
        "meta": {"title": "=HYPERLINK(\"x\")", "publication": "", "volume": "2", "issue": "3/4", "date": "2004-02-29",
                 "author": "A, \"B\"", "extra": [{"key": "desk", "value": "é\ne\u{301}"}, {"key": "desk", "value": ""}]},
        "language": "en", "offset_unit": "codepoint", "text": text,
        "sentences": [{"id": "s0", "start": 0, "end": 36, "text": "🛰️ Ре\u{301}чь: ...", "paragraph": 0},
                      {"id": "s1", "start": 38, "end": 83, "text": "\"It is real,\" ...", "paragraph": 4_000_000_000_u32}],
        "tokens": [{"start": 0, "end": 2, "text": "🛰️", "sentence": "s0", "lemma": null, "upos": null, "head": null,
                    "deprel": null},
                   {"start": 3, "end": 7, "text": "Ре\u{301}чь", "sentence": "s0", "lemma": "ре\u{301}чь", "upos": "NOUN",
                    "head": 0, "deprel": "nsubj:pass"}],
        "entities": [
            {"id": "e0", "start": 10, "end": 18, "text": "Dushanbe", "label": "LOC", "score": 0.5, "sentence": "s0",
             "canonical": "Tajikistan", "cluster": "c0", "citation": null},
            {"id": "e1", "start": 27, "end": 35, "text": "Tashkent", "label": "LOC", "score": 1.0, "sentence": "s0",
             "canonical": null, "cluster": null, "citation": null},
            {"id": "e2", "start": 67, "end": 75, "text": "Interfax", "label": "ORG", "score": 0.1234, "sentence": "s1",
             "canonical": null, "cluster": null, "citation": "ci0"}],
        "clusters": [{"id": "c0", "canonical": "Tajikistan", "label": "LOC", "country": "TJK",
                      "country_source": "state", "mentions": [{"entity": "e0", "form": "capital"}]},
                     {"id": "c1", "canonical": "Nobody", "label": "PER", "country": null, "title": "mayor", "mentions": []}],
        "roles": [
            {"person": {"entity": "e2", "name": null, "text": "Interfax"},
             "role": {"start": 19, "end": 26, "text": "accused"}, "organization": null, "status": "acting",
             "sentence": "s1", "evidence": {"start": 0, "end": 2, "text": "🛰️"}},
            {"person": {"entity": "e1", "name": "Someone", "text": "Tashkent"},
             "role": {"start": 0, "end": 1, "text": "🛰"},
             "organization": {"entity": "e0", "name": "Tajikistan", "text": "Dushanbe", "country": "TJK", "source": "text"}, "status": "former",
             "sentence": "s0", "evidence": {"start": 19, "end": 26, "text": "accused"}}],
        "sentiment": {"document": {"label": "negative", "score": -0.25},
                      "sentences": [{"sentence": "s0", "label": "negative", "score": -1.0}],
                      "entities": [{"entity": "e2", "label": "neutral", "score": 0.0}]},
        "stances": [
            {"id": "st0", "holder": {"kind": "entity", "entity": "e0", "text": "Dushanbe"},
             "target": {"kind": "entity", "entity": "e1", "text": "Tashkent", "start": 27, "end": 35},
             "polarity": "against", "score": 0.99, "basis": "words",
             "relation": "verbal-conflict", "modality": "asserted", "sentence": "s0",
             "evidence": {"start": 19, "end": 26, "text": "accused"}},
            {"id": "st1", "holder": {"kind": "author", "entity": null, "text": null},
             "target": {"kind": "issue", "entity": null, "text": "🛰️", "start": 0, "end": 2},
             "polarity": "favor", "score": 0.5, "basis": "words",
             "relation": null, "modality": "planned", "sentence": "s1",
             "evidence": {"start": 0, "end": 2, "text": "🛰️"}}],
        "quotes": [
            {"id": "q0", "kind": "direct", "act": "speech", "content": {"start": 38, "end": 51, "text": "\"It is real,\""},
             "speaker": {"start": 52, "end": 59, "text": "Karimov", "entity": null},
             "cue": {"start": 60, "end": 64, "text": "said"}, "continues": null},
            {"id": "q1", "kind": "indirect", "act": "thought", "content": {"start": 0, "end": 1, "text": "🛰"},
             "speaker": null, "cue": null, "continues": "q0"}],
        "citations": [
            {"id": "ci0", "outlet": "Interfax", "date": "1969-12-31", "date_end": "1970-01-02", "date_text": "May 2",
             "date_inferred": true, "start": 67, "end": 82, "text": "Interfax, May 2"},
            {"id": "ci1", "outlet": "РИА", "date": "2005-09", "date_end": null, "date_text": null,
             "date_inferred": false, "start": 0, "end": 1, "text": "🛰"}],
        "times": [
            {"id": "t0", "type": "DATE", "value": "2005-09-21", "value_end": "2005-09-23", "anchor": "document",
             "start": 0, "end": 1, "text": "🛰"},
            {"id": "t1", "type": "SET", "value": "XXXX-WXX-1", "value_end": null, "anchor": null,
             "start": 0, "end": 1, "text": "🛰"}]
    });
    record["places"] = places();
    record["events"] = events();
    record
}

/// Its places.
fn places() -> Json {
    json!([
        {"id": "pl0", "entity": "e1", "form": "name", "start": 27, "end": 35, "text": "Tashkent", "geonames": 1_512_569,
         "name": "Tashkent", "feature": "capital", "country": "UZB", "admin1": "Tashkent", "latitude": 41.3, "longitude": 69.2,
         "score": 0.75, "margin": 0.5, "candidates": 2},
        {"id": "pl1", "entity": null, "form": "part", "start": 0, "end": 1, "text": "🛰", "geonames": null, "name": "Black Sea",
         "feature": "area", "country": null, "admin1": null, "latitude": 43.0, "longitude": 35.0, "score": 1.0, "margin": 1.0,
         "candidates": 1}])
}

/// Its events, apart: one `json!` has an end to its depth.
fn events() -> Json {
    json!([
            {"id": "ev0", "type": "ACCUSE", "status": "under way",
             "trigger": {"start": 19, "end": 26, "text": "accused"}, "sentence": "s0",
             "actors": [{"entity": "e0", "cluster": "c0", "name": "Tajikistan", "country": "TJK", "part": false,
                         "start": 10, "end": 18, "text": "Dushanbe"}],
             "recipients": [{"entity": null, "cluster": null, "name": null, "country": null, "part": false,
                             "start": 27, "end": 35, "text": "Tashkent"}],
             "time": {"time": "t0", "value": "2005-09-21", "text": "🛰"},
             "place": {"entity": "e1", "name": null, "text": "Tashkent", "place": "pl0"},
             "quote": "q0", "citation": "ci0", "score": 0.5},
            {"id": "ev1", "type": "CONSULT", "status": "planned",
             "trigger": {"start": 0, "end": 1, "text": "🛰"}, "sentence": "s1", "actors": [], "recipients": [],
             "time": null, "place": null, "quote": null, "citation": null, "score": 1.0}])
}

/// A record of a document that could not be read.
pub fn failed() -> Json {
    json!({
        "schema_version": "1.5", "run_id": "abc", "id": "b.txt", "status": "failed",
        "error": {"stage": null, "message": "not text"},
        "source": {"path": "b.txt", "member": null, "line": null, "sha256": null, "bytes": 0, "encoding": null,
                   "replaced": 0},
        "meta": {"title": null, "publication": null, "volume": null, "issue": null, "date": "2005-02-30", "author": null,
                 "extra": []},
        "language": null, "offset_unit": "bytes", "text": null, "sentences": [], "tokens": [], "entities": [],
        "clusters": [], "roles": [], "sentiment": {"document": null, "sentences": [], "entities": []}, "stances": [], "quotes": [],
        "citations": [], "times": [], "places": [], "events": []
    })
}

/// Writes the tables of these records; the rows of each table come back.
pub fn write(folder: &Path, format: Format, records: &[Json]) -> Vec<(String, u64)> {
    let mut tables = Tables::create(folder, format).unwrap();
    for record in records {
        let record: Record = serde_json::from_value(record.clone()).unwrap();
        tables.push(&record).unwrap();
    }
    tables.finish().unwrap()
}

/// The file of a table.
pub fn open(folder: &Path, table: &str) -> SerializedFileReader<File> {
    SerializedFileReader::new(File::open(folder.join(format!("{table}.parquet"))).unwrap()).unwrap()
}

/// Its rows, as the crate's own reader shows them in JSON.
pub fn rows(folder: &Path, table: &str) -> Vec<Json> {
    open(folder, table).get_row_iter(None).unwrap().map(|row| row.unwrap().to_json_value()).collect()
}
