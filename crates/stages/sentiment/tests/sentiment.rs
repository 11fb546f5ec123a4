//! The stage on the tiny BERT of `tests/tiny-bert`, and on words.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::sync::{Arc, OnceLock};

use docmill_core::layers::{Citation, Citations, Entities, Entity, Polarity, Sentiment, Tokens};
use docmill_core::testing::{Conformance, build_shared, plain_layers};
use docmill_core::{BuildContext, Document, Span, Stage, StageConfig};
use docmill_sentiment::{EngineKind, SentimentSettings};

fn context() -> BuildContext {
    let model = format!("{}/../../../tests/tiny-bert/bert", env!("CARGO_MANIFEST_DIR"));
    BuildContext { model, ..BuildContext::default() }
}

fn build(config: &dyn StageConfig) -> Arc<dyn Stage> {
    build_shared(config, &context()).unwrap()
}

/// Sentences, words, a mention for every capitalised word, and encodings.
fn prepare(doc: &mut Document) {
    static ENCODE: OnceLock<Arc<dyn Stage>> = OnceLock::new();
    plain_layers(doc);
    let tokens = doc.require::<Tokens>().unwrap();
    let mut entities = Entities::default();
    for sentence in 0..tokens.sentences() {
        for &span in tokens.of_sentence(sentence) {
            if span.slice(doc.text()).unwrap().starts_with(char::is_uppercase) {
                entities.items.push(Entity {
                    span,
                    label: "ORG".into(),
                    score: 0.9,
                    sentence: sentence as u32,
                });
            }
        }
    }
    doc.layers_mut().insert(entities);
    let encode = ENCODE.get_or_init(|| build(&docmill_encode::EncodeSettings::default()));
    encode.annotate(doc).unwrap();
}

fn sentiment(settings: &SentimentSettings, doc: &mut Document) -> Sentiment {
    build(settings).annotate(doc).unwrap();
    doc.require::<Sentiment>().unwrap().clone()
}

fn lexicon() -> SentimentSettings {
    SentimentSettings { engine: EngineKind::Lexicon, ..SentimentSettings::default() }
}

#[test]
fn keeps_what_every_stage_promises() {
    Conformance::of(&SentimentSettings::default()).context(context()).prepare(prepare).check();
    Conformance::of(&lexicon()).context(context()).prepare(prepare).check();
}

const NEWS: &str =
    "Rasht suffered a terrible, brutal attack\nNaryn praised the excellent agreement\nthe talks go on";

#[test]
fn words_of_valence_are_heard() {
    let mut doc = Document::from_text("d", NEWS);
    prepare(&mut doc);
    let found = sentiment(&lexicon(), &mut doc);
    let labels: Vec<Polarity> = found.sentences.iter().map(|(_, v)| v.label).collect();
    assert_eq!(labels, [Polarity::Negative, Polarity::Positive, Polarity::Neutral]);
    let toward: Vec<(u32, Polarity)> = found.entities.iter().map(|(i, v)| (*i, v.label)).collect();
    assert_eq!(toward, [(0, Polarity::Negative), (1, Polarity::Positive)]);
}

#[test]
fn the_model_answers_for_every_sentence_and_mention() {
    let mut doc = Document::from_text("d", NEWS);
    prepare(&mut doc);
    let found = sentiment(&SentimentSettings::default(), &mut doc);
    assert_eq!(found.sentences.iter().map(|(i, _)| *i).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(found.entities.iter().map(|(i, _)| *i).collect::<Vec<_>>(), [0, 1]);
    let mean = found.sentences.iter().map(|(_, v)| v.score).sum::<f32>() / 3.0;
    assert!((found.document.unwrap().score - mean).abs() < 1e-6);
    assert!(found.entities.iter().all(|(_, v)| v.score.abs() <= 1.0));
}

#[test]
fn a_cited_outlet_is_left_out() {
    let mut doc = Document::from_text("d", "Rasht suffered (Interfax, May 3)");
    prepare(&mut doc);
    let citation = Citation {
        span: Span::new(16, 31),
        outlet: "Interfax".into(),
        date: None,
        date_end: None,
        date_text: None,
        date_inferred: false,
    };
    doc.layers_mut().insert(Citations { items: vec![citation] });
    for settings in [lexicon(), SentimentSettings::default()] {
        let toward: Vec<u32> = sentiment(&settings, &mut doc).entities.iter().map(|(i, _)| *i).collect();
        assert_eq!(toward, [0]);
    }
}

#[test]
fn thresholds_decide_the_label_and_are_checked() {
    let mut doc = Document::from_text("d", NEWS);
    prepare(&mut doc);
    let strict = SentimentSettings { sentence_threshold: Some(1.0), ..lexicon() };
    assert!(sentiment(&strict, &mut doc).sentences.iter().all(|(_, v)| v.label == Polarity::Neutral));
    let wrong = SentimentSettings { entity_threshold: Some(1.5), ..SentimentSettings::default() };
    let error = wrong.check(&context()).unwrap_err().to_string();
    assert!(error.starts_with("setting `entity_threshold`: 1.5 is not between 0 and 1"), "{error}");
}
