//! The syntax head of the tiny BERT against `PyTorch`'s own numbers: `tests/tiny-bert/make_syntax.py`.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::fs;
use std::path::PathBuf;

use docmill_bert::{Biaffine, Checkpoint, Encoded, Encoder, Parse, Precision, Scratch, Sequence};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    ids: Vec<u32>,
    types: Vec<u8>,
}

#[derive(Deserialize)]
struct Expected {
    sentence: usize,
    rows: Vec<usize>,
    upos: Vec<u32>,
    lemma: Vec<u32>,
    arcs: Vec<Vec<f32>>,
    heads: Vec<usize>,
    relations: Vec<u32>,
}

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "../../../tests/tiny-bert/bert"].iter().collect()
}

fn read<T: for<'de> Deserialize<'de>>(file: &str) -> T {
    serde_json::from_slice(&fs::read(folder().join(file)).unwrap()).unwrap()
}

/// The rows that the head reads, of every expected sentence.
fn rows(expected: &[Expected]) -> Vec<Vec<f32>> {
    let cases: Vec<Case> = read("expected.json");
    let encoder = Encoder::new(&Checkpoint::open(&folder()).unwrap(), Precision::Fp32).unwrap();
    let batch: Vec<_> = cases.iter().map(|c| Sequence { ids: &c.ids, types: &c.types }).collect();
    let mut out = Encoded::default();
    encoder.encode(&batch, &mut Scratch::default(), &mut out).unwrap();
    let of = |case: &Expected| {
        let all = out.sequence(case.sentence);
        case.rows.iter().flat_map(|&row| &all[row * out.hidden()..][..out.hidden()]).copied().collect()
    };
    expected.iter().map(of).collect()
}

#[test]
fn scores_are_pytorch_s() {
    let expected: Vec<Expected> = read("expected_syntax.json");
    assert_eq!(expected.len(), 10);
    // Random weights are the worst case for 8 bits.
    for (precision, tolerance) in [(Precision::Fp32, 1e-3), (Precision::Int8, 0.6)] {
        let head = Biaffine::load(&folder(), "syntax", precision).unwrap();
        let mut parse = Parse::default();
        for (case, rows) in expected.iter().zip(rows(&expected)) {
            head.read(&rows, &mut parse);
            let wanted = case.arcs.concat();
            assert_eq!(parse.arcs.len(), wanted.len());
            let distance = wanted.iter().zip(&parse.arcs).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(distance < tolerance, "{}: {distance}", case.sentence);
            if precision == Precision::Fp32 {
                assert_eq!((&parse.upos, &parse.lemma), (&case.upos, &case.lemma));
                assert_eq!(head.relations(&case.heads, &|_| true, &mut parse), case.relations);
            }
        }
    }
}

#[test]
fn a_sentence_s_scores_depend_on_no_other() {
    let expected: Vec<Expected> = read("expected_syntax.json");
    let head = Biaffine::load(&folder(), "syntax", Precision::Int8).unwrap();
    let rows = rows(&expected);
    let mut kept = Parse::default();
    for (case, rows) in expected.iter().zip(&rows) {
        let mut own = Parse::default();
        head.read(rows, &mut own);
        head.read(rows, &mut kept);
        assert_eq!(own.arcs, kept.arcs);
        let relations = head.relations(&case.heads, &|relation| relation != 0, &mut own);
        assert_eq!(relations, head.relations(&case.heads, &|relation| relation != 0, &mut kept));
        assert!(relations.iter().all(|relation| *relation != 0), "relation 0 is ruled out");
    }
}

#[test]
fn a_sentence_without_words_has_no_scores() {
    let head = Biaffine::load(&folder(), "syntax", Precision::Int8).unwrap();
    let mut parse = Parse::default();
    head.read(&vec![0.5; head.hidden()], &mut parse);
    assert!(parse.arcs.is_empty() && parse.upos.is_empty());
    assert!(head.relations(&[], &|_| true, &mut parse).is_empty());
}

#[test]
fn a_package_that_does_not_fit_is_named() {
    let wrong = |from: &str, to: &str| {
        let dir = tempfile::tempdir().unwrap();
        let config = fs::read_to_string(folder().join("config.json")).unwrap();
        assert!(config.contains(from), "{from}");
        fs::write(dir.path().join("config.json"), config.replacen(from, to, 1)).unwrap();
        fs::copy(folder().join("model.safetensors"), dir.path().join("model.safetensors")).unwrap();
        Biaffine::load(dir.path(), "syntax", Precision::Int8).unwrap_err().to_string()
    };
    assert!(wrong("biaffine", "eisner").contains("its form is `eisner`; this program knows `biaffine`"));
    assert!(wrong("\"syntax\"", "\"other\"").contains("the model has no head `syntax`"));
    assert!(wrong("\"parataxis\"", "\"parataxis\", \"dep\"").contains("`syntax.rel.weight` has the shape"));
}
