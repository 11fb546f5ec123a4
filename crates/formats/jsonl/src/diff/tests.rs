use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Change, Diff, DiffSettings, diff};

/// A record with two mentions, a stance between them and its sentence.
fn record(id: &str, edit: impl FnOnce(&mut Value)) -> Value {
    let mut record = json!({
        "schema_version": "1.5", "run_id": "x", "id": id, "status": "ok", "error": null, "skipped": [],
        "source": { "path": id, "sha256": "00" },
        "meta": { "title": null, "extra": [{ "key": "desk", "value": "asia" }] },
        "language": null, "offset_unit": "codepoint", "text": "Oslo warned Riga. Oslo left.",
        "sentences": [{ "id": "s0", "start": 0, "end": 17, "text": "Oslo warned Riga." }],
        "entities": [
            { "id": "e0", "start": 0, "end": 4, "text": "Oslo", "label": "LOC", "score": 0.9, "sentence": "s0", "cluster": "c0" },
            { "id": "e1", "start": 12, "end": 16, "text": "Riga", "label": "LOC", "score": 0.8, "sentence": "s0", "cluster": null }
        ],
        "clusters": [{ "id": "c0", "canonical": "Oslo", "mentions": [{ "entity": "e0" }] }],
        "sentiment": { "document": { "label": "negative", "score": -0.4 }, "sentences": [], "entities": [{ "entity": "e1", "label": "neutral", "score": 0.0 }] },
        "stances": [{
            "id": "st0", "holder": { "kind": "entity", "entity": "e0", "text": "Oslo" }, "target": { "entity": "e1", "text": "Riga" },
            "polarity": "against", "score": 0.99, "sentence": "s0", "evidence": { "start": 5, "end": 11, "text": "warned" }
        }],
        "quotes": [], "citations": [], "my_layer": { "count": 3 }
    });
    edit(&mut record);
    record
}

fn compared(a: &[Value], b: &[Value], tolerance: f64) -> Diff {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, records: &[Value]| -> PathBuf {
        let path = folder.path().join(name);
        let lines: Vec<String> = records.iter().map(ToString::to_string).collect();
        std::fs::write(&path, lines.join("\n")).unwrap();
        path
    };
    let settings = DiffSettings { tolerance, listed: 100 };
    diff(&write("a.jsonl", a), &write("b.jsonl", b), settings).unwrap()
}

/// What changed, as `layer change at`.
fn changes(edit: impl FnOnce(&mut Value), tolerance: f64) -> Vec<String> {
    let found = compared(&[record("d", |_| {})], &[record("d", edit)], tolerance);
    let change = |change| match change {
        Change::Added => "+",
        Change::Removed => "-",
        Change::Changed => "~",
        Change::Score => "score",
    };
    found.differences.iter().map(|d| format!("{} {} {}", d.layer, change(d.change), d.at)).collect()
}

#[test]
fn heads_are_compared_by_where_they_stand() {
    let token = |start: u32, head: Value| json!({ "start": start, "end": start + 1, "text": "x", "sentence": "s0", "head": head });
    let tokens = |first: &[Value], head: u32| -> Value {
        let last = [token(5, Value::Null), token(12, head.into())];
        first.iter().chain(&last).cloned().collect()
    };
    let one = record("d", |r| r["tokens"] = tokens(&[], 0));
    // A token more before them moves all numbers.
    let more = record("d", |r| r["tokens"] = tokens(&[token(0, Value::Null)], 1));
    let changed: Vec<_> = compared(&[one], std::slice::from_ref(&more), 0.0).differences;
    assert_eq!(changed.iter().map(|d| d.change).collect::<Vec<_>>(), [Change::Added]);
    let other = record("d", |r| r["tokens"] = tokens(&[token(0, Value::Null)], 0));
    let changed = compared(&[more], &[other], 0.0).differences;
    assert_eq!((changed.len(), changed[0].fields[0].key.as_str()), (1, "head"));
}

#[test]
fn who_made_a_record_is_no_difference() {
    assert!(changes(|r| r["run_id"] = "y".into(), 0.0).is_empty());
}

#[test]
fn an_item_more_moves_no_other() {
    // A mention before the others: every id after it is another one.
    let insert = |r: &mut Value| {
        let text = r.to_string().replace("\"e1\"", "\"e2\"").replace("\"e0\"", "\"e1\"");
        *r = serde_json::from_str(&text).unwrap();
        let new = json!({ "id": "e0", "start": 0, "end": 2, "text": "Os", "label": "ORG", "score": 0.5, "sentence": "s0", "cluster": null });
        r["entities"].as_array_mut().unwrap().insert(0, new);
    };
    assert_eq!(changes(insert, 0.0), ["entities + 0..2"]);
}

#[test]
fn labels_and_scores_are_told_apart() {
    assert_eq!(changes(|r| r["entities"][1]["label"] = "ORG".into(), 0.0), ["entities ~ 12..16"]);
    assert_eq!(changes(|r| r["entities"][1]["score"] = 0.81.into(), 0.0), ["entities score 12..16"]);
    assert!(changes(|r| r["entities"][1]["score"] = 0.81.into(), 0.01).is_empty());
    assert_eq!(changes(|r| r["entities"][1]["score"] = 0.82.into(), 0.01), ["entities score 12..16"]);
    assert_eq!(
        changes(|r| r["stances"][0]["polarity"] = "favor".into(), 0.0),
        ["stances ~ 0..4 to 12..16 in 0..17"]
    );
    assert_eq!(changes(|r| r["stances"] = json!([]), 0.0), ["stances - 0..4 to 12..16 in 0..17"]);
    assert_eq!(changes(|r| r["sentiment"]["document"]["score"] = (-0.5).into(), 0.0), ["sentiment score "]);
    assert_eq!(
        changes(|r| r["sentiment"]["entities"][0]["score"] = 0.1.into(), 0.0),
        ["sentiment.entities score 12..16"]
    );
    assert_eq!(
        changes(|r| r["clusters"][0]["canonical"] = "Norway".into(), 0.0)[..2],
        ["clusters + Norway", "clusters - Oslo"]
    );
    assert_eq!(changes(|r| r["my_layer"]["count"] = 4.into(), 0.0), ["my_layer ~ "]);
    assert_eq!(changes(|r| r["language"] = "en".into(), 0.0), ["language + "]);
    assert_eq!(changes(|r| r["meta"]["extra"][0]["value"] = "europe".into(), 0.0), ["meta.extra ~ desk"]);
}

#[test]
fn the_fields_that_changed_are_told() {
    let change = |r: &mut Value| r["entities"][1]["label"] = "ORG".into();
    let found = compared(&[record("d", |_| {})], &[record("d", change)], 0.0);
    let difference = &found.differences[0];
    assert_eq!(difference.text.as_deref(), Some("Riga"));
    assert_eq!((&*difference.fields[0].key, &difference.fields[0].b), ("label", &json!("ORG")));
    assert_eq!(difference.fields.len(), 1);
    assert_eq!(found.layers["entities"].documents, 1);
}

#[test]
fn documents_are_matched_by_id_in_any_order() {
    let plain = |id: &str| record(id, |_| {});
    let a: Vec<Value> = ["1", "2", "3", "4"].map(plain).into();
    let mut b: Vec<Value> = ["5", "4", "1", "3"].map(plain).into();
    b.push(record("6", |_| {}));
    let found = compared(&a, &b, 0.0);
    assert_eq!((found.same, found.changed, found.removed, found.added), (3, 0, 1, 2));
    assert_eq!((found.documents_a, found.documents_b), (4, 5));
    assert_eq!(
        (found.removed_ids, found.added_ids),
        (vec!["2".to_owned()], vec!["5".to_owned(), "6".to_owned()])
    );
    assert!(compared(&a, &a, 0.0).is_same());
    assert!(compared(&[], &[], 0.0).is_same());
}

#[test]
fn a_changed_text_is_told_and_its_layers_are_not_compared() {
    let change = |r: &mut Value| {
        r["text"] = "Riga warned Oslo. Oslo left.".into();
        r["entities"] = json!([]);
    };
    let found = compared(&[record("d", |_| {})], &[record("d", change)], 0.0);
    assert_eq!((found.changed, found.text_changed, found.layers.len()), (1, 1, 0));
    // Without texts, the hash of what was read tells.
    let bare = |hash: &str| {
        record("d", |r| {
            r["text"] = Value::Null;
            r["source"]["sha256"] = hash.into();
        })
    };
    assert_eq!(compared(&[bare("1")], &[bare("2")], 0.0).text_changed, 1);
    assert!(compared(&[bare("1")], &[bare("1")], 0.0).is_same());
}

#[test]
fn many_items_at_one_place_take_linear_time() {
    let many = |label: &str| {
        let item =
            |i: u64| json!({ "start": 0, "end": 4, "text": "Oslo", "label": label, "score": i as f64 / 1e6 });
        record("d", |r| r["entities"] = (0..20_000).map(item).collect())
    };
    let found = compared(&[many("LOC")], &[many("ORG")], 0.0);
    assert_eq!(found.layers["entities"].changed, 20_000);
}
