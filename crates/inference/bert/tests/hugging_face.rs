//! Against Hugging Face's own numbers: `tests/tiny-bert/make.py` computed them.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its data has failed")]

use std::path::PathBuf;

use docmill_bert::{Checkpoint, Encoded, Encoder, Isa, Precision, Scratch, Sequence, WordPiece};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    words: Vec<String>,
    ids: Vec<u32>,
    types: Vec<u8>,
    logits: Vec<Vec<f32>>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/tiny-bert/bert")
}

fn cases() -> Vec<Case> {
    let text = std::fs::read(folder().join("expected.json")).unwrap();
    serde_json::from_slice(&text).unwrap()
}

fn encoder(precision: Precision, isa: Isa) -> Encoder {
    Encoder::with_isa(&Checkpoint::open(&folder()).unwrap(), precision, isa).unwrap()
}

/// The logits of every sentence, all in one batch.
fn logits(precision: Precision, isa: Isa, cases: &[Case]) -> Vec<Vec<f32>> {
    let batch: Vec<_> = cases.iter().map(|c| Sequence { ids: &c.ids, types: &c.types }).collect();
    let mut encoded = Encoded::default();
    encoder(precision, isa).encode(&batch, &mut Scratch::default(), &mut encoded).unwrap();
    let head = Checkpoint::open(&folder()).unwrap().linear("classifier").unwrap();
    (0..batch.len()).map(|i| head.apply(encoded.sequence(i))).collect()
}

/// The greatest difference of any logit.
fn distance(cases: &[Case], logits: &[Vec<f32>]) -> f32 {
    let expected = cases.iter().flat_map(|c| c.logits.iter().flatten());
    let got = logits.iter().flatten();
    assert_eq!(expected.clone().count(), got.clone().count());
    expected.zip(got).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn the_same_wordpieces() {
    let tokenizer = WordPiece::load(&folder()).unwrap();
    for case in cases() {
        let mut ids = vec![tokenizer.cls()];
        for word in &case.words {
            tokenizer.pieces(word, &mut ids);
        }
        ids.push(tokenizer.sep());
        assert_eq!(ids, case.ids, "{:?}", case.words);
    }
}

#[test]
fn fp32_is_within_a_ten_thousandth() {
    let cases = cases();
    let distance = distance(&cases, &logits(Precision::Fp32, Isa::detect(), &cases));
    assert!(distance < 1e-4, "{distance}");
}

/// Random weights are the worst case; what a trained model loses is in the model's card.
#[test]
fn int8_is_within_a_few_percent() {
    let cases = cases();
    let greatest = cases.iter().flat_map(|c| c.logits.iter().flatten()).fold(0.0_f32, |m, x| m.max(x.abs()));
    let distance = distance(&cases, &logits(Precision::Int8, Isa::detect(), &cases));
    assert!(distance < 0.05 * greatest, "{distance} of {greatest}");
}

#[test]
fn every_instruction_set_gives_the_same_bits() {
    let cases = cases();
    for precision in [Precision::Int8, Precision::Fp32] {
        let expected = logits(precision, Isa::scalar(), &cases);
        for isa in Isa::available() {
            assert_eq!(logits(precision, isa, &cases), expected, "{}", isa.name());
        }
    }
}

/// The same bits on every kind of processor: x86-64 and aarch64 (under qemu) gave these.
#[test]
fn the_bits_are_pinned() {
    let cases = cases();
    let pinned = [Precision::Int8, Precision::Fp32].map(|precision| {
        let logits = logits(precision, Isa::detect(), &cases);
        logits.iter().flatten().fold(0xCBF2_9CE4_8422_2325, |hash: u64, x| {
            (hash ^ u64::from(x.to_bits())).wrapping_mul(0x0100_0000_01B3)
        })
    });
    assert_eq!(pinned, [0xa885_8df7_696a_651e, 0x111b_944d_460a_49f7], "{pinned:x?}");
}
