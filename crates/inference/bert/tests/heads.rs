//! Heads over spans against `PyTorch`'s own numbers: `tests/tiny-bert/make_heads.py` computed them.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its data has failed")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use docmill_bert::{
    Checkpoint, ContextModel, ContextScratch, Encoded, Encoder, HeadScratch, Pair, PairHead, Precision,
    Scratch, SentenceClassifier, Sequence, SpanClassifier, WordPiece, middle_of, stance_head,
};
use docmill_core::Span;
use docmill_core::layers::{Context, EncodedWindow, EncodedWord, Encodings};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    words: Vec<String>,
    ids: Vec<u32>,
    types: Vec<u8>,
}

#[derive(Deserialize)]
struct Asked {
    sentence: u32,
    /// Words: first, one past the last.
    spans: Vec<(usize, usize)>,
    logits: Vec<f32>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/tiny-bert/bert")
}

fn read<T: for<'de> Deserialize<'de>>(file: &str) -> T {
    serde_json::from_slice(&std::fs::read(folder().join(file)).unwrap()).unwrap()
}

/// Every sentence encoded in a window of its own; word `i` of a sentence stands at the bytes `10 i..10 i + 9`.
fn encodings(cases: &[Case], precision: Precision) -> Encodings {
    let encoder = Encoder::new(&Checkpoint::open(&folder()).unwrap(), precision).unwrap();
    let encoder = encoder.keep_after(middle_of(&folder()).unwrap());
    let tokenizer = WordPiece::load(&folder()).unwrap();
    let batch: Vec<_> = cases.iter().map(|c| Sequence { ids: &c.ids, types: &c.types }).collect();
    let mut out = Encoded::default();
    encoder.encode(&batch, &mut Scratch::default(), &mut out).unwrap();
    let mut all = Encodings { hidden: out.hidden(), ..Encodings::default() };
    let mut row = 0;
    for (sentence, case) in cases.iter().enumerate() {
        let (first_row, first_word) = (row, all.words.len() as u32);
        row += 1;
        for (i, word) in case.words.iter().enumerate() {
            let mut ids = Vec::new();
            tokenizer.pieces(word, &mut ids);
            let end = row + ids.len() as u32;
            all.words.push(EncodedWord { span: Span::new(10 * i, 10 * i + 9), rows: row..end });
            row = end;
        }
        row += 1;
        let words = first_word..all.words.len() as u32;
        let sentence = sentence as u32;
        all.windows.push(EncodedWindow {
            sentence,
            rows: first_row..row,
            words: words.clone(),
            keep: words,
            tokens: 0..0,
        });
    }
    all.rows = out.take_rows();
    all.middle = out.take_middle();
    all
}

/// A pair of spans and its scores.
#[derive(Deserialize)]
struct PairOf {
    /// Sentence and words; none for a first span that is not there.
    first: Option<(usize, (usize, usize))>,
    second: (usize, (usize, usize)),
    stance: Vec<f32>,
    event: Vec<f32>,
    antecedent: Vec<f32>,
    trigger: Vec<f32>,
}

/// The greatest difference of any score of the heads on the context layers, all sentences read as one document.
fn distance_in_context(precision: Precision) -> f32 {
    let mut encodings = encodings(&read::<Vec<Case>>("expected.json"), precision);
    let model = ContextModel::load(&folder(), precision).unwrap();
    let (stance, labels) = stance_head(&folder()).unwrap();
    assert_eq!((labels.len(), stance.classes(), model.types.len()), (6, 6, model.trigger.classes()));
    let ends: Vec<usize> = encodings.windows.iter().map(|window| window.rows.end as usize).collect();
    let mut rows = std::mem::take(&mut encodings.middle);
    model.layers.apply(&mut rows, &ends, &mut ContextScratch::default());
    let context = Context { hidden: encodings.hidden, rows };
    let mean = |(sentence, (start, end)): (usize, (usize, usize))| {
        let window = &encodings.windows_of(sentence as u32)[0];
        context.mean(encodings.rows_at(window, Span::new(10 * start, 10 * end - 1)).unwrap()).unwrap()
    };
    let mut greatest = 0.0_f32;
    let mut compare = |expected: &[f32], found: &[f32]| {
        assert_eq!(expected.len(), found.len());
        greatest = expected.iter().zip(found).map(|(a, b)| (a - b).abs()).fold(greatest, f32::max);
    };
    for pair in read::<Vec<PairOf>>("expected_context.json") {
        let second = mean(pair.second);
        compare(&pair.trigger, &model.trigger.scores(&second));
        let spans: Vec<f32> = second.into_iter().chain(pair.first.map(mean).into_iter().flatten()).collect();
        let asked = Pair {
            first: pair.first.map(|_| 1),
            second: 0,
            sentence: 0,
            far: pair.first.map_or(0, |first| first.0.abs_diff(pair.second.0)),
        };
        let start = context.sentence(&encodings, pair.second.0).unwrap();
        let scores = |head: &PairHead| head.scores(&head.prepare(&spans, start), &[asked, asked]);
        for (expected, head) in
            [(&pair.stance, &stance), (&pair.event, &model.side), (&pair.antecedent, &model.antecedent)]
        {
            let found = scores(head);
            let (first, again) = found.split_at(head.classes());
            assert_eq!(first, again);
            compare(expected, first);
        }
    }
    greatest
}

#[test]
fn scores_in_context_are_pytorch_s() {
    let fp32 = distance_in_context(Precision::Fp32);
    assert!(fp32 < 1e-3, "{fp32}");
    let int8 = distance_in_context(Precision::Int8);
    assert!(int8 > 0.0 && int8 < 1.0, "{int8}");
}

#[test]
fn context_layers_that_do_not_fit_their_config_are_named() {
    let copy = tempfile::tempdir().unwrap();
    std::fs::copy(folder().join("context.safetensors"), copy.path().join("context.safetensors")).unwrap();
    let config: serde_json::Value = read("config.json");
    let error_with = |key: &str, value: serde_json::Value| {
        let mut config = config.clone();
        config["docmill"]["heads"]["context"][key] = value;
        std::fs::write(copy.path().join("config.json"), config.to_string()).unwrap();
        ContextModel::load(copy.path(), Precision::Int8).unwrap_err().to_string()
    };
    assert!(
        error_with("trigger", vec!["none", "ASSAULT"].into()).contains("trigger_out.weight` has the shape")
    );
    assert!(error_with("trigger", serde_json::Value::Array(Vec::new())).contains("names of classes"));
    assert!(error_with("after", 9.into()).contains("`after` must be 1 to 2"));
    assert!(error_with("form", "other".into()).contains("knows `context-layers`"));
}

/// The greatest difference of any score, each question asked beside all others about its sentence.
fn distance(precision: Precision) -> f32 {
    let encodings = encodings(&read::<Vec<Case>>("expected.json"), precision);
    let expected: BTreeMap<String, Vec<Asked>> = read("expected_heads.json");
    let mut scratch = HeadScratch::default();
    let mut greatest = 0.0_f32;
    for (name, asked) in &expected {
        if name == "sentence" {
            continue;
        }
        let head = SpanClassifier::load(&folder(), name, precision).unwrap();
        for sentence in asked.iter().map(|a| a.sentence) {
            let here: Vec<&Asked> = asked.iter().filter(|a| a.sentence == sentence).collect();
            let span = |&(start, end): &(usize, usize)| Span::new(10 * start, 10 * end - 1);
            let questions: Vec<Vec<Span>> = here.iter().map(|a| a.spans.iter().map(span).collect()).collect();
            let scores = head.scores(&encodings, sentence, &questions, &mut scratch).unwrap();
            for (asked, scores) in here.iter().zip(scores) {
                let scores = scores.unwrap();
                assert_eq!(scores.len(), asked.logits.len());
                greatest =
                    asked.logits.iter().zip(&scores).map(|(a, b)| (a - b).abs()).fold(greatest, f32::max);
            }
        }
    }
    greatest
}

#[test]
fn scores_are_pytorch_s() {
    let fp32 = distance(Precision::Fp32);
    assert!(fp32 < 1e-4, "{fp32}");
    // Random weights are the worst case for 8 bits.
    let int8 = distance(Precision::Int8);
    assert!(int8 < 0.2, "{int8}");
}

#[test]
fn whole_sentences_too() {
    let encodings = encodings(&read::<Vec<Case>>("expected.json"), Precision::Fp32);
    let expected: BTreeMap<String, Vec<Asked>> = read("expected_heads.json");
    let head = SentenceClassifier::load(&folder(), "sentence").unwrap();
    for asked in &expected["sentence"] {
        let scores = head.scores(&encodings, asked.sentence).unwrap().unwrap();
        for (a, b) in asked.logits.iter().zip(&scores) {
            assert!((a - b).abs() < 1e-4, "{}: {a} {b}", asked.sentence);
        }
    }
    assert_eq!(head.scores(&encodings, 99).unwrap(), None);
}

#[test]
fn who_stands_first_makes_no_difference() {
    let encodings = encodings(&read::<Vec<Case>>("expected.json"), Precision::Int8);
    let head = SpanClassifier::load(&folder(), "stance", Precision::Int8).unwrap();
    let (p, q) = (Span::new(10, 29), Span::new(70, 89));
    let scores = head.scores(&encodings, 0, &[vec![p, q], vec![q, p]], &mut HeadScratch::default()).unwrap();
    let [Some(straight), Some(turned)] = &scores[..] else { panic!("both are read") };
    for (class, mirrored) in [0, 2, 1, 4, 3].into_iter().enumerate() {
        assert!((straight[class] - turned[mirrored]).abs() < 1e-5);
    }
}

#[test]
fn what_the_model_did_not_read_has_no_answer() {
    let encodings = encodings(&read::<Vec<Case>>("expected.json"), Precision::Int8);
    let head = SpanClassifier::load(&folder(), "sentiment", Precision::Int8).unwrap();
    let mut scratch = HeadScratch::default();
    let beyond = vec![Span::new(4000, 4009)];
    assert_eq!(head.scores(&encodings, 0, &[beyond], &mut scratch).unwrap(), [None]);
    assert_eq!(head.scores(&encodings, 99, &[vec![Span::new(0, 9)]], &mut scratch).unwrap(), [None]);
}

#[test]
fn a_head_that_is_not_there_is_named() {
    let error = SpanClassifier::load(&folder(), "irony", Precision::Int8).unwrap_err().to_string();
    assert!(error.contains("the model has no head `irony`; use a model with a head `irony`"), "{error}");
}
