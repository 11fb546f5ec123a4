//! The stage on sentences with trees of their own: who, what, whom, and what every stage promises.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::sync::Arc;

use docmill_clusters::NamesSettings;
use docmill_core::layers::{Entities, Entity, Events, Sentence, Sentences, Syntax, Tokens, Upos, Word};
use docmill_core::testing::{Conformance, build_shared, plain_layers};
use docmill_core::{BuildContext, Document, OffsetUnit, Span, Stage, StageConfig, View};
use docmill_events::EventsSettings;

fn build(config: &dyn StageConfig) -> Arc<dyn Stage> {
    build_shared(config, &BuildContext::default()).unwrap()
}

/// A document of one sentence: a word a line, as `form lemma UPOS head relation [label]`; heads count from 1, 0 is the root.
fn document(lines: &str) -> Document {
    let rows: Vec<Vec<&str>> = lines.trim().lines().map(|line| line.split_whitespace().collect()).collect();
    let text = rows.iter().map(|row| row[0]).collect::<Vec<_>>().join(" ");
    let mut doc = Document::from_text("d", &text);
    let mut tokens = Tokens::default();
    let mut entities = Entities::default();
    let mut syntax = Syntax::new(rows.iter().map(|row| row[4]));
    let mut at = 0;
    for (i, row) in rows.iter().enumerate() {
        let span = Span::new(at, at + row[0].len());
        at += row[0].len() + 1;
        tokens.push(span);
        let head: usize = row[3].parse().unwrap();
        syntax.push(Word {
            lemma: row[1].into(),
            upos: Upos::parse(row[2]).unwrap(),
            head: head.checked_sub(1).unwrap_or(i) as u32,
            relation: i as u8,
        });
        if let Some(&label) = row.get(5) {
            entities.items.push(Entity { span, label: label.into(), score: 0.9, sentence: 0 });
        }
    }
    tokens.end_sentence();
    let layers = doc.layers_mut();
    layers.insert(Sentences { items: vec![Sentence { span: Span::new(0, text.len()), paragraph: 0 }] });
    layers.insert(tokens);
    layers.insert(entities);
    layers.insert(syntax);
    build(&NamesSettings::default()).annotate(&mut doc).unwrap();
    doc
}

/// Every event as `TYPE status: actors > recipients`, whatever its probability.
fn events(lines: &str) -> Vec<String> {
    let mut doc = document(lines);
    let settings = EventsSettings { threshold: 0.0, ..EventsSettings::default() };
    build(&settings).annotate(&mut doc).unwrap();
    let view = View::new(&doc, OffsetUnit::Codepoint);
    let events = doc.layers().by_name("events").unwrap().record_json(&view).unwrap();
    let line = |event: &serde_json::Value| {
        let side = |side: &str| {
            let name = |party: &serde_json::Value| {
                party["name"].as_str().or_else(|| party["text"].as_str()).unwrap().to_owned()
            };
            event[side].as_array().unwrap().iter().map(name).collect::<Vec<_>>().join(", ")
        };
        let word = |key: &str| event[key].as_str().unwrap().to_owned();
        format!("{} {}: {} > {}", word("type"), word("status"), side("actors"), side("recipients"))
    };
    events.as_array().unwrap().iter().map(line).collect()
}

#[test]
fn a_verb_has_subject_and_object() {
    let told = events(
        "Peru Peru PROPN 2 nsubj LOC
         condemned condemn VERB 0 root
         Chile Chile PROPN 2 obj LOC
         . . PUNCT 2 punct",
    );
    assert_eq!(told, ["ACCUSE happened: Peru > Chile"]);
}

#[test]
fn a_passive_turns_the_sides_around() {
    let told = events(
        "Ruiz Ruiz PROPN 3 nsubj:pass PER
         was be AUX 3 aux:pass
         arrested arrest VERB 0 root
         by by ADP 5 case
         Peru Peru PROPN 3 obl LOC
         . . PUNCT 3 punct",
    );
    assert_eq!(told, ["COERCE happened: Peru > Ruiz"]);
}

#[test]
fn what_is_planned_has_not_happened() {
    let told = events(
        "Peru Peru PROPN 3 nsubj LOC
         will will AUX 3 aux
         condemn condemn VERB 0 root
         Chile Chile PROPN 3 obj LOC
         . . PUNCT 3 punct",
    );
    assert_eq!(told, ["ACCUSE planned: Peru > Chile"]);
}

#[test]
fn who_rejects_a_thing_rejects_its_owner() {
    let told = events(
        "Peru Peru PROPN 2 nsubj LOC
         rejected reject VERB 0 root
         Chile Chile PROPN 5 nmod:poss LOC
         's 's PART 3 case
         ultimatum ultimatum NOUN 2 obj
         . . PUNCT 2 punct",
    );
    assert!(told.contains(&"REJECT happened: Peru > Chile".to_owned()), "{told:?}");
}

#[test]
fn a_sentence_without_predicates_tells_nothing() {
    assert!(events("Peru Peru PROPN 0 root LOC").is_empty());
    assert!(build(&EventsSettings::default()).annotate(&mut Document::from_text("d", "Peru")).is_err());
}

/// Every word hangs on the one before it; words in `-ed` are verbs, capitalised words are names.
fn prepare(doc: &mut Document) {
    plain_layers(doc);
    let tokens = doc.require::<Tokens>().unwrap();
    let mut syntax = Syntax::new(["root", "obj", "nsubj", "conj", "obl"]);
    let mut entities = Entities::default();
    for sentence in 0..tokens.sentences() {
        for i in tokens.range_of(sentence) {
            let span = tokens.all()[i];
            let word = span.slice(doc.text()).unwrap();
            let first = i == tokens.range_of(sentence).start;
            let upos = if word.ends_with("ed") { Upos::Verb } else { Upos::Noun };
            let head = if first { i } else { i - 1 } as u32;
            let relation = if first { 0 } else { (1 + i % 4) as u8 };
            syntax.push(Word { lemma: word.to_lowercase().into(), upos, head, relation });
            if word.starts_with(char::is_uppercase) {
                let label = ["PER", "ORG", "LOC"][i % 3].into();
                entities.items.push(Entity { span, label, score: 0.9, sentence: sentence as u32 });
            }
        }
    }
    doc.layers_mut().insert(syntax);
    doc.layers_mut().insert(entities);
    build(&NamesSettings::default()).annotate(doc).unwrap();
}

#[test]
fn keeps_what_every_stage_promises() {
    Conformance::of(&EventsSettings { threshold: 0.0, ..EventsSettings::default() }).prepare(prepare).check();
}

#[test]
fn thousands_of_events_take_linear_time() {
    let time = |n: usize| {
        let mut doc =
            Document::from_text("d", &"Peru attacked Chile and Bolivia condemned Peru.\n".repeat(n));
        prepare(&mut doc);
        let before = std::time::Instant::now();
        build(&EventsSettings { threshold: 0.0, ..EventsSettings::default() }).annotate(&mut doc).unwrap();
        assert!(!doc.require::<Events>().unwrap().items.is_empty());
        before.elapsed()
    };
    time(10);
    let (small, large) = (time(200), time(2000));
    assert!(large < 40 * small, "{small:?} {large:?}");
}

#[test]
fn a_threshold_is_a_probability() {
    let settings = EventsSettings { threshold: 1.5, ..EventsSettings::default() };
    let error = settings.build(&BuildContext::default()).err().unwrap().to_string();
    assert!(error.contains("threshold") && error.contains("1.5"), "{error}");
}
