//! Records from document to line and back.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use docmill_core::layers::{
    Basis, Citation, Citations, Cluster, ClusterMention, Clusters, Entities, Entity, Holder, HolderKind,
    MentionForm, Mentions, Modality, Polarity, Quote, QuoteAct, QuoteKind, Quotes, Relation, Sentence,
    Sentences, Sentiment, Speaker, Stance, StancePolarity, Stances, Syntax, Target, TargetKind, Tokens, Upos,
    Valence, Word,
};
use docmill_core::{Document, Layer, LayerKey, OffsetUnit, Source, Span, View};
use docmill_jsonl::{JsonlError, OutputSettings, Reader, Record, Renderer, Report, Summary, schema, verify};
use proptest::prelude::*;
use serde_json::Value;

/// A layer of somebody else's.
#[derive(Debug)]
struct Topics(Vec<(Span, String)>);

#[derive(serde::Serialize, schemars::JsonSchema)]
struct TopicRecord {
    start: u32,
    end: u32,
    text: String,
    topic: String,
}

impl Layer for Topics {
    const NAME: &'static str = "topics";
    type Record = Vec<TopicRecord>;
    fn record(&self, view: &View<'_>) -> Self::Record {
        let record = |(span, topic): &(Span, String)| {
            let span = view.span(*span);
            TopicRecord { start: span.start, end: span.end, text: span.text, topic: topic.clone() }
        };
        self.0.iter().map(record).collect()
    }
}

/// A layer that takes a name that is taken.
#[derive(Debug)]
struct Imposter;

impl Layer for Imposter {
    const NAME: &'static str = "entities";
    type Record = u8;
    fn record(&self, _view: &View<'_>) -> u8 {
        0
    }
}

fn layers() -> Vec<LayerKey> {
    vec![LayerKey::of::<Sentences>(), LayerKey::of::<Topics>()]
}

/// A document with every layer, whose spans are the given ones.
fn document(text: &str, spans: &[Span]) -> Document {
    let mut doc = Document::from_text("d", text);
    let sentence = |&span: &Span| Sentence { span, paragraph: 0 };
    let sentences = Sentences { items: spans.iter().map(sentence).collect() };
    let mut tokens = Tokens::default();
    for &span in spans {
        tokens.push(span);
        tokens.end_sentence();
    }
    let index = |i: usize| i as u32;
    // Sentences of one token: each is its own root.
    let mut syntax = Syntax::new(["root"]);
    for i in 0..spans.len() {
        syntax.push(Word { lemma: "osh".into(), upos: Upos::Propn, head: index(i), relation: 0 });
    }
    let entity =
        |(i, &span): (usize, &Span)| Entity { span, label: "LOC".into(), score: 0.5, sentence: index(i) };
    let valence = Valence { label: Polarity::Negative, score: -0.25 };
    let stance = |(i, &span): (usize, &Span)| Stance {
        holder: Holder { kind: HolderKind::Entity, entity: Some(index(i)), span: Some(span) },
        target: Target { kind: TargetKind::Entity, entity: Some(index(i)), span },
        polarity: StancePolarity::Against,
        score: 0.75,
        basis: Basis::Deeds,
        relation: Some(Relation::VerbalConflict),
        modality: Modality::Reported,
        sentence: index(i),
        evidence: span,
    };
    let quote = |(i, &span): (usize, &Span)| Quote {
        kind: QuoteKind::Mixed,
        act: QuoteAct::Speech,
        content: span,
        speaker: Some(Speaker { span, entity: Some(index(i)) }),
        cue: Some(span),
        continues: (i % 2 == 1).then_some(0),
    };
    let citation = |&span: &Span| Citation {
        span,
        outlet: "Kabar".to_owned(),
        date: Some("2009-05-03".to_owned()),
        date_end: None,
        date_text: None,
        date_inferred: false,
    };
    let cluster = |(i, _): (usize, &Span)| Cluster {
        canonical: "Osh".to_owned(),
        label: "LOC".into(),
        country: Some("KGZ".into()),
        belongs: None,
        mentions: vec![ClusterMention { entity: index(i), form: MentionForm::Short }],
    };
    let layers = doc.layers_mut();
    layers.insert(sentences);
    layers.insert(tokens);
    layers.insert(syntax);
    layers.insert(Entities { items: spans.iter().enumerate().map(entity).collect() });
    layers.insert(Clusters { items: spans.iter().enumerate().map(cluster).collect() });
    layers.insert(Sentiment {
        document: Some(valence),
        sentences: (0..spans.len()).map(|i| (index(i), valence)).collect(),
        entities: (0..spans.len()).map(|i| (index(i), valence)).collect(),
        document_threshold: 0.0,
    });
    layers.insert(Stances { items: spans.iter().enumerate().map(stance).collect(), toward: vec![] });
    layers.insert(Quotes { items: spans.iter().enumerate().map(quote).collect() });
    layers.insert(Citations { items: spans.iter().map(citation).collect() });
    layers.insert(Topics(spans.iter().map(|&span| (span, "border".to_owned())).collect()));
    doc
}

fn renderer(offsets: OffsetUnit) -> Renderer {
    let settings = OutputSettings { offsets, tokens: true, ..OutputSettings::default() };
    Renderer::new(&settings, "0123456789ab", &layers()).unwrap()
}

fn verified(lines: &[u8]) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl");
    std::fs::write(&path, lines).unwrap();
    verify(Reader::open(&path).unwrap()).unwrap()
}

const UNITS: [OffsetUnit; 3] = [OffsetUnit::Codepoint, OffsetUnit::Bytes, OffsetUnit::Utf16];

proptest! {
    #[test]
    fn every_span_verifies_in_every_unit(
        text in "(a|é|Ж|🛰️|e\u{301}|\r\n| ){1,60}",
        cuts in proptest::collection::vec((any::<proptest::sample::Index>(), any::<proptest::sample::Index>()), 1..6),
    ) {
        let boundaries: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        let spans: Vec<Span> = cuts.iter().map(|(a, b)| {
            let (a, b) = (boundaries[a.index(boundaries.len())], boundaries[b.index(boundaries.len())]);
            Span::new(a.min(b), a.max(b))
        }).collect();
        let doc = document(&text, &spans);
        for unit in UNITS {
            let report = verified(&renderer(unit).render(&doc, None).unwrap());
            prop_assert!(report.is_clean(), "{:?}", report.problems);
            // Sentence, token, entity, mention of its cluster, quote content, speaker, cue, target, evidence, citation, topic.
            prop_assert_eq!(report.spans, 11 * spans.len() as u64);
        }
    }
}

proptest! {
    #[test]
    fn one_change_is_always_found(
        text in "(a|é|Ж|🛰️|e\u{301}|\r\n| ){2,40}",
        unit in proptest::sample::select(UNITS.to_vec()),
        list in proptest::sample::select(vec!["sentences", "tokens", "entities", "citations", "topics"]),
        key in proptest::sample::select(vec!["start", "end", "text"]),
    ) {
        let doc = document(&text, &[Span::new(0, text.len())]);
        let mut record: Value = serde_json::from_slice(&renderer(unit).render(&doc, None).unwrap()).unwrap();
        let field = &mut record[list][0][key];
        *field = match field.as_u64() {
            Some(position) => (if key == "start" { position + 1 } else { position - 1 }).into(),
            None => (field.as_str().unwrap().to_owned() + "x").into(),
        };
        let report = verified(record.to_string().as_bytes());
        prop_assert_eq!(report.problem_count, 1);
        prop_assert_eq!(&report.problems[0].pointer, &format!("/{list}/0"));
    }
}

#[test]
fn records_fit_the_schema_and_nothing_else_does() {
    let schema = schema(&layers()).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let doc = document("Жданов 🛰️ said so.", &[Span::new(0, 12)]);
    let unreadable =
        renderer(OffsetUnit::Codepoint).render_unreadable("x", &Source::default(), "no").unwrap();
    let failed = renderer(OffsetUnit::Utf16).render(&doc, Some((Some("ner"), "broke"))).unwrap();
    let fine = renderer(OffsetUnit::Bytes).render(&doc, None).unwrap();
    for line in [unreadable, failed, fine] {
        let record: Value = serde_json::from_slice(&line).unwrap();
        let errors: Vec<String> = validator.iter_errors(&record).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        for key in record.as_object().unwrap().keys() {
            let mut less = record.clone();
            less.as_object_mut().unwrap().remove(key);
            assert!(!validator.is_valid(&less), "the schema does not ask for `{key}`");
        }
        let mut more = record;
        more["surprise"] = 1.into();
        assert!(!validator.is_valid(&more));
    }
}

/// Keys that an object of the schema lists, asks for, and whether there may be others, for every object.
fn objects(schema: &Value, found: &mut Vec<(Vec<String>, Vec<String>, bool)>) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        let mut listed: Vec<String> = properties.keys().cloned().collect();
        let mut required: Vec<String> =
            serde_json::from_value(schema["required"].clone()).unwrap_or_default();
        listed.sort();
        required.sort();
        found.push((listed, required, schema["additionalProperties"] == Value::Bool(false)));
    }
    match schema {
        Value::Object(fields) => fields.values().for_each(|value| objects(value, found)),
        Value::Array(items) => items.iter().for_each(|value| objects(value, found)),
        _ => {}
    }
}

#[test]
fn every_key_is_required_and_there_is_no_other() {
    let schema = schema(&layers()).unwrap();
    let mut found = Vec::new();
    objects(&schema, &mut found);
    assert!(found.len() >= 20, "{}", found.len());
    for (listed, required, closed) in found {
        assert!(closed && listed == required, "{listed:?} {required:?}");
    }
    for key in ["$schema", "title", "description", "x-docmill-schema-version"] {
        assert!(schema[key].is_string(), "{key}");
    }
}

/// A layer with keys of its own choosing and a key that may be missing.
#[derive(Debug)]
struct Loose;

#[derive(serde::Serialize, schemars::JsonSchema)]
struct LooseRecord {
    properties: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    sometimes: Option<u8>,
    #[serde(flatten)]
    counts: std::collections::BTreeMap<String, u32>,
}

impl Layer for Loose {
    const NAME: &'static str = "loose";
    type Record = LooseRecord;
    fn record(&self, _view: &View<'_>) -> LooseRecord {
        LooseRecord { properties: 1, sometimes: None, counts: [("x".to_owned(), 2)].into() }
    }
}

#[test]
fn a_layer_of_loose_shape_fits_its_schema() {
    let layers = [LayerKey::of::<Loose>()];
    let schema = schema(&layers).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let renderer = Renderer::new(&OutputSettings::default(), "r", &layers).unwrap();
    let mut doc = Document::from_text("d", "x");
    doc.layers_mut().insert(Loose);
    let mut record: Value = serde_json::from_slice(&renderer.render(&doc, None).unwrap()).unwrap();
    let errors: Vec<String> = validator.iter_errors(&record).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    record["loose"]["properties"] = Value::Null;
    assert!(!validator.is_valid(&record));
}

#[test]
fn a_line_is_its_record() {
    let spans = [Span::new(0, 6), Span::new(7, 10), Span::new(11, 15)];
    let doc = document("Жук met 🛰️ x", &spans);
    for unit in UNITS {
        let settings = OutputSettings { offsets: unit, tokens: true, ..OutputSettings::default() };
        let renderer = Renderer::new(&settings, "r", &[]).unwrap();
        let failed = renderer.render(&doc, Some((Some("ner"), "broke"))).unwrap();
        let unreadable = renderer.render_unreadable("u", &Source::default(), "no").unwrap();
        for line in [renderer.render(&doc, None).unwrap(), failed, unreadable] {
            let record: Record = serde_json::from_slice(&line).unwrap();
            // The same keys in the same order, the same values: byte by byte.
            assert_eq!(serde_json::to_string(&record).unwrap() + "\n", String::from_utf8(line).unwrap());
            if record.text.is_some() {
                let view = View::new(&doc, unit);
                assert_eq!(record.tokens, doc.layers().get::<Tokens>().unwrap().record(&view));
            }
        }
    }
}

#[test]
fn a_token_s_head_is_its_number_in_the_record() {
    let mut doc = Document::from_text("d", "Osh met Naryn met");
    let mut tokens = Tokens::default();
    let mut syntax = Syntax::new(["root", "nsubj"]);
    for (i, span) in [(0, 3), (4, 7), (8, 13), (14, 17)].into_iter().enumerate() {
        tokens.push(Span::new(span.0, span.1));
        let (upos, relation) = if i % 2 == 0 { (Upos::Propn, 1) } else { (Upos::Verb, 0) };
        syntax.push(Word { lemma: "meet".into(), upos, head: i as u32 | 1, relation });
        if i % 2 == 1 {
            tokens.end_sentence();
        }
    }
    doc.layers_mut().insert(Sentences {
        items: [(0, 7), (8, 17)].map(|(a, b)| Sentence { span: Span::new(a, b), paragraph: 0 }).to_vec(),
    });
    doc.layers_mut().insert(tokens);
    let settings = OutputSettings { tokens: true, ..OutputSettings::default() };
    assert_eq!(settings.shown(), [LayerKey::of::<Mentions>(), LayerKey::of::<Syntax>()]);
    let renderer = Renderer::new(&settings, "r", &[]).unwrap();
    let line = |doc: &Document| String::from_utf8(renderer.render(doc, None).unwrap()).unwrap();
    let without: Record = serde_json::from_str(&line(&doc)).unwrap();
    assert!(without.tokens.iter().all(|token| token.lemma.is_none() && token.deprel.is_none()));

    doc.layers_mut().insert(syntax);
    let with: Record = serde_json::from_str(&line(&doc)).unwrap();
    let heads: Vec<Option<u32>> = with.tokens.iter().map(|token| token.head).collect();
    assert_eq!(heads, [Some(1), None, Some(3), None]);
    let relations: Vec<&str> = with.tokens.iter().filter_map(|token| token.deprel.as_deref()).collect();
    assert_eq!(relations, ["nsubj", "root", "nsubj", "root"]);
    assert_eq!(with.tokens[2].upos.as_deref(), Some("PROPN"));
    assert!(verified(line(&doc).as_bytes()).is_clean());
    for wrong in ["\"head\":1,", "\"head\":4,", "\"head\":-1,"] {
        let report = verified(line(&doc).replace("\"head\":3,", wrong).as_bytes());
        assert!(!report.is_clean(), "{wrong}");
    }
}

#[test]
fn the_shape_never_varies() {
    let renderer = renderer(OffsetUnit::Codepoint);
    let doc = document("One two.", &[Span::new(0, 3)]);
    let bare = Document::from_text("bare", "Nothing here.");
    let keys = |line: Vec<u8>| -> Vec<String> {
        let value: Value = serde_json::from_slice(&line).unwrap();
        value.as_object().unwrap().keys().cloned().collect()
    };
    let first = keys(renderer.render(&doc, None).unwrap());
    assert_eq!(first.len(), 25);
    assert_eq!(keys(renderer.render(&bare, Some((None, "x"))).unwrap()), first);
    assert_eq!(keys(renderer.render_unreadable("u", &Source::default(), "x").unwrap()), first);
}

#[test]
fn floats_have_a_point_and_text_may_be_left_out() {
    let settings = OutputSettings { text: false, ..OutputSettings::default() };
    let renderer = Renderer::new(&settings, "r", &layers()).unwrap();
    let mut doc = document("One two.", &[Span::new(0, 3)]);
    doc.layers_mut().get_mut::<Entities>().unwrap().items[0].score = 1.0;
    let line = String::from_utf8(renderer.render(&doc, None).unwrap()).unwrap();
    assert!(line.contains("\"score\":1.0"), "{line}");
    assert!(line.contains("\"text\":null,\"sentences\"") && line.contains("\"tokens\":[]"), "{line}");
    let report = verified(line.as_bytes());
    assert!(report.is_clean());
    assert_eq!((report.spans, report.unchecked_spans), (0, 10));
}

#[test]
fn what_was_changed_is_found() {
    let good = String::from_utf8(
        renderer(OffsetUnit::Codepoint)
            .render(&document("Жук met Osh.", &[Span::new(0, 6), Span::new(11, 14)]), None)
            .unwrap(),
    )
    .unwrap();
    assert!(verified(good.as_bytes()).is_clean());
    let changed = |from: &str, to: &str, problem: &str| {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{from} is not there");
        let report = verified(bad.as_bytes());
        let messages: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
        assert!(messages.iter().any(|p| p.contains(problem)), "{problem}: {messages:?}");
    };
    changed("\"start\":8", "\"start\":7", ":1: /sentences/1: text \"Osh\"");
    changed("\"sentence\":\"s1\"", "\"sentence\":\"s9\"", "there is no `s9`");
    changed("\"id\":\"e1\"", "\"id\":\"e0\"", "two items have one id");
    changed(
        "\"schema_version\":\"2.1\"",
        "\"schema_version\":\"3.0\"",
        "/schema_version: version 3.0, this program knows 2.1",
    );
    changed("\"status\":\"ok\"", "\"status\":\"failed\"", "/error: only failed records have an error");
    changed("\"language\":null,", "", "the key `language` is missing");
    changed("\"text\":\"Osh\"", "\"text\":\"osh\"", "/sentences/1: text \"osh\", but 8..11");
    changed("\"end\":11", "\"end\":99", "8..99 is no stretch of the document");
    changed("\"end\":11", "\"end\":2", "8..2 is no stretch of the document");
    changed("\"offset_unit\":\"codepoint\"", "\"offset_unit\":\"bytes\"", "of the document");
    changed("\"entity\":\"e1\"", "\"entity\":\"e7\"", "there is no `e7` in entities");
    changed("\"cluster\":\"c0\"", "\"cluster\":\"c8\"", "/entities/0/cluster: there is no `c8`");
    changed("{\"entity\":\"e1\",", "{\"entity\":\"e7\",", "/clusters/1/mentions/0/entity: there is no `e7`");
    changed("{\"entity\":\"e1\",", "{\"entity\":\"e0\",", "`e0` is a mention of an earlier cluster");
    changed("\"citation\":\"ci0\"", "\"citation\":\"ci8\"", "/entities/0/citation: there is no `ci8`");
    changed("\"text\":\"Osh\",\"topic\"", "\"text\":\"Os\",\"topic\"", "/topics/1: text \"Os\"");
    let (first, last) = good.trim_end().rsplit_once(",\"topics\":").unwrap();
    assert!(last.starts_with('['));
    let shorter = format!("{good}{}}}\n", first.replacen("\"id\":\"d\"", "\"id\":\"d2\"", 1));
    assert!(verified(shorter.as_bytes()).problems[0].message.contains("`topics` is missing, which earlier"));
    let twice = good.repeat(2);
    assert!(verified(twice.as_bytes()).problems[0].message.contains("earlier record"));
    assert!(verified(&good.as_bytes()[..100]).problems[0].message.contains("not JSON"));
    assert!(verified(b"{}\n").problems[0].message.contains("not a docmill record"));
}

#[test]
fn a_layer_cannot_take_a_key_of_the_record() {
    let result = Renderer::new(&OutputSettings::default(), "r", &[LayerKey::of::<Imposter>()]);
    assert!(matches!(result, Err(JsonlError::ReservedName(name)) if name == "entities"));
    let result = schema(&[LayerKey::of::<Topics>(), LayerKey::of::<Topics>()]);
    assert!(matches!(result, Err(JsonlError::ReservedName(name)) if name == "topics"));
}

#[test]
fn a_summary_counts_what_the_records_hold() {
    let renderer = renderer(OffsetUnit::Codepoint);
    let doc = document(
        "Жук met Osh, and Osh met \"Жук\".",
        &[Span::new(0, 6), Span::new(11, 14), Span::new(20, 23)],
    );
    let failed = renderer.render(&doc, Some((Some("ner"), "broke"))).unwrap();
    let unreadable = renderer.render_unreadable("u", &Source::default(), "no").unwrap();
    let lines = [renderer.render(&doc, None).unwrap(), failed, unreadable].concat();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.jsonl");
    std::fs::write(&path, &lines).unwrap();
    let summary = Summary::read(Reader::open(&path).unwrap(), 1).unwrap();
    assert_eq!((summary.documents, summary.failed, summary.sentences), (3, 2, 6));
    assert_eq!(summary.record_bytes, lines.len() as u64);
    assert_eq!(summary.failed_by_stage, [("input".to_owned(), 1), ("ner".to_owned(), 1)].into());
    assert_eq!(summary.entities, [("LOC".to_owned(), 6)].into());
    assert_eq!(summary.stances, [("against".to_owned(), 6)].into());
    assert_eq!(summary.quotes, [("mixed".to_owned(), 6)].into());
    assert_eq!(summary.citations, [("Kabar".to_owned(), 6)].into());
    let [osh] = &summary.names[..] else { panic!("{:?}", summary.names) };
    assert_eq!((osh.name.as_str(), osh.label.as_str(), osh.mentions, osh.documents), ("Osh", "LOC", 6, 2));

    std::fs::write(&path, [&lines[..], b"{}\n"].concat()).unwrap();
    let error = Summary::read(Reader::open(&path).unwrap(), 1).unwrap_err().to_string();
    assert!(error.contains("out.jsonl:4: not a docmill record"), "{error}");
}
