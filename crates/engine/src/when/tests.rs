use docmill_core::layers::{
    Cluster, ClusterMention, Clusters, Entities, Entity, Language, MentionForm, Tokens,
};
use docmill_core::settings::{Node, Origin, Value};
use docmill_core::{Document, ExtraField, LayerKey, Span};

use super::When;

/// A condition as JSON, each value on the line of its depth.
fn node(json: &serde_json::Value, line: usize) -> Node {
    let value = match json {
        serde_json::Value::Bool(b) => Value::Bool(*b),
        serde_json::Value::Number(n) if n.is_i64() => Value::Integer(n.as_i64().unwrap()),
        serde_json::Value::Number(n) => Value::Float(n.as_f64().unwrap()),
        serde_json::Value::String(s) => Value::String(s.clone()),
        serde_json::Value::Array(items) => {
            Value::Array(items.iter().map(|item| node(item, line + 1)).collect())
        }
        serde_json::Value::Object(fields) => {
            Value::Table(fields.iter().map(|(key, field)| (key.clone(), node(field, line + 1))).collect())
        }
        serde_json::Value::Null => panic!("TOML has no null"),
    };
    Node { value, origin: Origin { place: "my.toml".into(), line: Some(line) } }
}

fn parse(json: &str) -> Result<When, String> {
    When::parse(&node(&serde_json::from_str(json).unwrap(), 1))
        .map_err(|error| error.under("when").to_string())
}

fn document() -> Document {
    let mut doc = Document::from_text("d", "Çelik met Rahmon in Dushanbe.");
    doc.meta.publication = Some("Steppe Wire".to_owned());
    doc.meta.date = Some("2005-09".to_owned());
    doc.meta.issue = Some("12".to_owned());
    doc.meta.extra.push(ExtraField { key: "desk".to_owned(), value: "asia".to_owned() });
    let entity = |word: &str, label: &str| {
        let at = doc.text().find(word).unwrap();
        Entity { span: Span::new(at, at + word.len()), label: label.into(), score: 1.0, sentence: 0 }
    };
    let items = vec![entity("Çelik", "PER"), entity("Rahmon", "PER"), entity("Dushanbe", "LOC")];
    let cluster = Cluster {
        canonical: "Tajikistan".to_owned(),
        label: "LOC".into(),
        country: Some("TJK".into()),
        belongs: None,
        mentions: vec![ClusterMention { entity: 2, form: MentionForm::Capital }],
    };
    let mut tokens = Tokens::default();
    for entity in &items {
        tokens.push(entity.span);
    }
    tokens.end_sentence();
    doc.layers_mut().insert(Entities { items });
    doc.layers_mut().insert(Clusters { items: vec![cluster] });
    doc.layers_mut().insert(Language { code: Some("en".to_owned()) });
    doc.layers_mut().insert(tokens);
    doc
}

#[track_caller]
fn holds(json: &str) -> bool {
    parse(json).unwrap().holds(&document())
}

#[test]
fn a_document_is_told_by_language_and_length() {
    assert!(holds(r#"{"language": "en"}"#) && holds(r#"{"language": ["de", "en"]}"#));
    assert!(!holds(r#"{"language": "de"}"#));
    // 29 code points, 30 bytes.
    assert!(holds(r#"{"bytes": {"min": 30, "max": 30}}"#) && !holds(r#"{"bytes": {"max": 29}}"#));
    assert!(holds(r#"{"words": {"min": 3}}"#) && !holds(r#"{"words": {"min": 4}}"#));
    let mut unknown = document();
    unknown.layers_mut().insert(Language { code: None });
    assert!(!parse(r#"{"language": "en"}"#).unwrap().holds(&unknown));
}

#[test]
fn metadata_are_equal_known_or_in_a_range() {
    assert!(holds(r#"{"meta": {"publication": "Steppe Wire", "issue": {"min": 12, "max": 12.5}}}"#));
    assert!(!holds(r#"{"meta": {"publication": "Steppe Wire", "issue": {"min": 13}}}"#));
    assert!(holds(r#"{"meta": {"publication": ["Interfax", "Steppe Wire"]}}"#));
    assert!(holds(r#"{"meta": {"title": false, "date": true}}"#) && !holds(r#"{"meta": {"title": true}}"#));
    assert!(
        holds(r#"{"meta": {"extra": {"desk": "asia"}}}"#)
            && !holds(r#"{"meta": {"extra": {"Desk": "asia"}}}"#)
    );
    // A field that is no number is in no range of numbers, one that is not known in none at all.
    assert!(
        !holds(r#"{"meta": {"publication": {"min": 0}}}"#) && !holds(r#"{"meta": {"title": {"from": ""}}}"#)
    );
}

#[test]
fn a_month_is_within_what_surely_holds_it() {
    for (from, to, within) in [
        ("2005", "2005", true),
        ("2005-09", "2005-09", true),
        ("2005-08-31", "2005-10-01", true),
        ("2005-09-02", "2006", false),
        ("2004", "2005-09-15", false),
        ("2005-10", "2006", false),
    ] {
        let when = format!(r#"{{"meta": {{"date": {{"from": "{from}", "to": "{to}"}}}}}}"#);
        assert_eq!(holds(&when), within, "{from} to {to}");
    }
}

#[test]
fn an_entity_fits_in_all_that_is_asked() {
    assert!(holds(r#"{"entity": {}}"#));
    assert!(holds(r#"{"entity": {"label": "LOC", "text": "Dushanbe", "country": "TJK"}}"#));
    assert!(holds(r#"{"entity": {"name": ["Tajikistan", "China"]}}"#));
    assert!(!holds(r#"{"entity": {"label": "PER", "country": "TJK"}}"#), "of one mention, not of two");
    assert!(holds(r#"{"entity": {"text": "Çelik"}}"#) && !holds(r#"{"entity": {"text": "elik"}}"#));
}

#[test]
fn conditions_are_put_together() {
    assert!(holds(r#"{"any": [{"language": "de"}, {"all": [{"bytes": {"min": 1}}, {"language": "en"}]}]}"#));
    assert!(!holds(r#"{"not": {"language": "en"}}"#) && holds(r#"{"not": {"entity": {"label": "ORG"}}}"#));
    let when = parse(r#"{"any": [{"language": "de"}, {"not": {"entity": {"country": "TJK"}}}]}"#).unwrap();
    let names: Vec<&str> = when.requires().iter().map(LayerKey::name).collect();
    assert_eq!(names, ["language", "entities", "clusters"]);
}

#[test]
fn a_fault_is_told_with_line_key_and_what_is_known() {
    for (json, expected) in [
        (
            r#"{"lang": "en"}"#,
            "my.toml:2: `when`: unknown key `lang`; known: all, any, bytes, entity, language, meta, not, sentences, words",
        ),
        (r#"{"meta": {"dat": "x"}}"#, "my.toml:3: `when.meta`: unknown key `dat`; did you mean `date`?"),
        (
            r#"{"meta": {"date": 3}}"#,
            "my.toml:3: `when.meta.date`: 3 is not a text, a list of texts, true, false, or a table",
        ),
        (
            r#"{"meta": {"date": {"since": "2005"}}}"#,
            "my.toml:4: `when.meta.date`: unknown key `since`; known: from, max, min, to",
        ),
        (r#"{"meta": {"date": {}}}"#, "my.toml:3: `when.meta.date`: a range that says nothing"),
        (r"{}", "my.toml:1: `when`: a condition that says nothing"),
        (r#"{"any": []}"#, "my.toml:2: `when.any`: an empty list"),
        (
            r#"{"any": [{"language": "en"}, {"bytes": {"min": 9, "max": 3}}]}"#,
            "my.toml:4: `when.any.[1].bytes`: min 9 is more than max 3",
        ),
        (r#"{"language": []}"#, "my.toml:2: `when.language`: an empty list"),
        (r#"{"not": {}}"#, "my.toml:2: `when.not`: a condition that says nothing"),
    ] {
        let error = parse(json).unwrap_err();
        assert!(error.starts_with(expected), "{json}\n{error}\n{expected}");
    }
}
