//! The stage on the tiny BERT of `tests/tiny-bert`: what it says means nothing; what is asked, and how it is told, does.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::sync::{Arc, OnceLock};

use docmill_context::ContextSettings;
use docmill_core::layers::{Context, Encodings, Hints, Syntax, Tokens, Upos, Word};
use docmill_core::testing::{Conformance, build_shared, plain_layers};
use docmill_core::{BuildContext, Document, Stage, StageConfig};

fn context() -> BuildContext {
    let model = format!("{}/../../../tests/tiny-bert/bert", env!("CARGO_MANIFEST_DIR"));
    BuildContext { model, ..BuildContext::default() }
}

fn build(config: &dyn StageConfig) -> Arc<dyn Stage> {
    build_shared(config, &context()).unwrap()
}

/// Sentences, words, encodings, and a tree in which every word is a noun that hangs on the first.
fn prepare(doc: &mut Document) {
    static ENCODE: OnceLock<Arc<dyn Stage>> = OnceLock::new();
    plain_layers(doc);
    let tokens = doc.require::<Tokens>().unwrap();
    let mut syntax = Syntax::new(["root", "dep"]);
    for sentence in 0..tokens.sentences() {
        let range = tokens.range_of(sentence);
        let first = range.start as u32;
        for token in range {
            let relation = u8::from(token as u32 != first);
            let it = tokens.all()[token].slice(doc.text()) == Some("it");
            let upos = if it { Upos::Pron } else { Upos::Noun };
            syntax.push(Word { lemma: "word".into(), upos, head: first, relation });
        }
    }
    doc.layers_mut().insert(syntax);
    ENCODE.get_or_init(|| build(&docmill_encode::EncodeSettings::default())).annotate(doc).unwrap();
}

fn document(text: &str) -> Document {
    let mut doc = Document::from_text("d", text);
    prepare(&mut doc);
    doc
}

fn annotated(text: &str) -> Document {
    let mut doc = document(text);
    build(&ContextSettings::default()).annotate(&mut doc).unwrap();
    doc
}

#[test]
fn keeps_what_every_stage_promises() {
    Conformance::of(&ContextSettings::default()).context(context()).prepare(prepare).check();
}

#[test]
fn every_wordpiece_has_a_row_and_every_earlier_word_is_compared() {
    let doc = annotated("Osh condemned Naryn\nNaryn denies it");
    let encodings = doc.require::<Encodings>().unwrap();
    let read = doc.require::<Context>().unwrap();
    assert_eq!(read.rows.len(), encodings.rows.len());
    assert!(encodings.middle.is_empty(), "the rows have become those of the context");
    let hints = doc.require::<Hints>().unwrap();
    assert!(hints.antecedents.iter().all(|hint| hint.earlier < hint.word));
    // Only `it` is a pronoun here; no noun has an article.
    let it = doc.require::<Tokens>().unwrap().all().len() as u32 - 1;
    assert!(hints.antecedents.iter().all(|hint| hint.word == it), "{:?}", hints.antecedents);
    assert!(hints.antecedents.is_sorted_by_key(|hint| (hint.word, hint.earlier)));
    assert!(hints.triggers.is_sorted_by_key(|hint| (hint.word, hint.kind)));
    let told: Vec<u32> = hints.triggers.iter().map(|hint| hint.word).collect();
    assert!(hints.sides.iter().all(|side| told.contains(&side.trigger)));
}

/// A sentence is read with those of its window; what stands beyond changes no bit.
#[test]
fn a_neighbour_counts_and_what_is_far_does_not() {
    let rows = |text: &str, sentence: u32| {
        let doc = annotated(text);
        let encodings = doc.require::<Encodings>().unwrap();
        let rows = encodings.windows_of(sentence)[0].rows.clone();
        doc.require::<Context>().unwrap().mean(rows).unwrap()
    };
    let alone = rows("Osh condemned Naryn", 0);
    assert_ne!(alone, rows("Osh condemned Naryn\nNaryn denies it", 0));
    let many = "Naryn denies it and denies it again and again\n".repeat(6);
    let long = |last: &str| rows(&format!("Osh condemned Naryn\n{many}{last}"), 0);
    assert_eq!(long("Naryn denies it"), long("Osh met Osh"));
}

#[test]
fn encodings_without_a_middle_are_refused() {
    let mut doc = document("Osh condemned Naryn");
    doc.layers_mut().get_mut::<Encodings>().unwrap().middle.clear();
    let error = build(&ContextSettings::default()).annotate(&mut doc).unwrap_err();
    assert!(error.to_string().contains("use one model for both"), "{error}");
}
