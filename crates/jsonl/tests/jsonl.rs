//! Records from document to line and back.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;

use docmill_core::layers::{
    Citation, Citations, Entities, Entity, Holder, HolderKind, Modality, Polarity, Quote, QuoteKind, Quotes,
    Relation, Sentence, Sentences, Sentiment, Speaker, Stance, StancePolarity, Stances, Tokens, Valence,
};
use docmill_core::{Document, Layer, LayerKey, OffsetUnit, Source, Span, View};
use docmill_jsonl::{JsonlError, Output, OutputSettings, Reader, Renderer, Report, schema, verify};
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
    let entity =
        |(i, &span): (usize, &Span)| Entity { span, label: "LOC".into(), score: 0.5, sentence: index(i) };
    let valence = Valence { label: Polarity::Negative, score: -0.25 };
    let stance = |(i, &span): (usize, &Span)| Stance {
        holder: Holder { kind: HolderKind::Entity, entity: Some(index(i)), span: Some(span) },
        target: index(i),
        polarity: StancePolarity::Against,
        score: 0.75,
        relation: Some(Relation::VerbalConflict),
        modality: Modality::Reported,
        sentence: index(i),
        evidence: span,
    };
    let quote = |(i, &span): (usize, &Span)| Quote {
        kind: QuoteKind::Mixed,
        content: span,
        speaker: Some(Speaker { span, entity: Some(index(i)) }),
        cue: Some(span),
    };
    let citation = |&span: &Span| Citation {
        span,
        outlet: "Kabar".to_owned(),
        date: Some("2009-05-03".to_owned()),
        date_text: None,
        date_inferred: false,
    };
    let layers = doc.layers_mut();
    layers.insert(sentences);
    layers.insert(tokens);
    layers.insert(Entities { items: spans.iter().enumerate().map(entity).collect() });
    layers.insert(Sentiment {
        document: Some(valence),
        sentences: (0..spans.len()).map(|i| (index(i), valence)).collect(),
        entities: (0..spans.len()).map(|i| (index(i), valence)).collect(),
    });
    layers.insert(Stances { items: spans.iter().enumerate().map(stance).collect() });
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
            // Sentence, token, entity, quote content, speaker, cue, evidence, citation, topic.
            prop_assert_eq!(report.spans, 9 * spans.len() as u64);
        }
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
    assert_eq!(first.len(), 18);
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
    assert_eq!((report.spans, report.unchecked_spans), (0, 8));
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
        let told: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
        assert!(told.iter().any(|p| p.contains(problem)), "{problem}: {told:?}");
    };
    changed("\"start\":8", "\"start\":7", "1: /sentences/1: text \"Osh\"");
    changed("\"sentence\":\"s1\"", "\"sentence\":\"s9\"", "there is no `s9`");
    changed("\"id\":\"e1\"", "\"id\":\"e0\"", "two items have one id");
    changed("\"schema_version\":\"1.0\"", "\"schema_version\":\"2.0\"", "/schema_version: version 2.0");
    changed("\"status\":\"ok\"", "\"status\":\"failed\"", "/error: an error stands in failed records");
    changed("\"language\":null,", "", "the key `language` is missing");
    let twice = good.repeat(2);
    assert!(verified(twice.as_bytes()).problems[0].message.contains("earlier record"));
    assert!(verified(&good.as_bytes()[..100]).problems[0].message.contains("not JSON"));
    assert!(verified(b"{}\n").problems[0].message.contains("not a docmill record"));
}

#[test]
fn a_layer_cannot_take_a_key_of_the_record() {
    let result = Renderer::new(&OutputSettings::default(), "r", &[LayerKey::of::<Imposter>()]);
    assert!(matches!(result, Err(JsonlError::ReservedName(name)) if name == "entities"));
}

#[test]
fn a_file_appears_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"] {
        let path = folder.path().join(name);
        let partial = folder.path().join(format!("{name}.partial"));
        let mut output = Output::create(&path).unwrap();
        output.write(b"{\"a\":1}\n").unwrap();
        assert!(!path.exists() && partial.exists());
        output.finish().unwrap();
        assert!(path.exists() && !partial.exists());
        let mut reader = Reader::open(&path).unwrap();
        assert_eq!(reader.next_line().unwrap(), Some((1, &b"{\"a\":1}"[..])));
        assert_eq!(reader.next_line().unwrap(), None);

        let bytes = std::fs::read(&path).unwrap();
        let mut unfinished = Output::create(&path).unwrap();
        unfinished.write(b"other\n").unwrap();
        drop(unfinished);
        assert_eq!(
            std::fs::read(&path).unwrap(),
            bytes,
            "an older output stays until the new one is complete"
        );
    }
    assert!(Output::create(Path::new("/nowhere/at/all.jsonl")).is_err());
    assert!(Output::create(folder.path()).is_err());
}
