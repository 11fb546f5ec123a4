//! What comes out for a sequence depends on that sequence only.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its data has failed")]

use std::path::PathBuf;

use docmill_bert::{Checkpoint, Encoded, Encoder, Isa, Precision, Scratch, Sequence};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/tiny-bert/bert")
}

fn encoder(precision: Precision) -> Encoder {
    Encoder::new(&Checkpoint::open(&folder()).unwrap(), precision).unwrap()
}

/// Numbers without a pattern, the same in every run.
struct Noise(u64);

impl Noise {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) % end
    }

    fn sequence(&mut self, length: u64) -> (Vec<u32>, Vec<u8>) {
        (0..length).map(|_| (self.below(286) as u32, self.below(5) as u8)).unzip()
    }
}

fn bits(rows: &[f32]) -> Vec<u32> {
    rows.iter().map(|x| x.to_bits()).collect()
}

#[test]
fn a_batch_gives_what_each_sequence_gives_alone() {
    let mut noise = Noise(42);
    // Long ones, empty ones and every remainder of a tile.
    let mut sequences: Vec<_> = (0..40).map(|length| noise.sequence(length)).collect();
    sequences.extend([160, 159, 64, 65, 128, 1].map(|length| noise.sequence(length)));
    for precision in [Precision::Int8, Precision::Fp32] {
        let encoder = encoder(precision);
        let alone: Vec<_> = sequences
            .iter()
            .map(|(ids, types)| {
                let mut out = Encoded::default();
                encoder.encode(&[Sequence { ids, types }], &mut Scratch::default(), &mut out).unwrap();
                bits(out.sequence(0))
            })
            .collect();
        // The scratch of one batch goes into the next.
        let (mut scratch, mut out) = (Scratch::default(), Encoded::default());
        for _ in 0..30 {
            let order: Vec<_> =
                (0..=noise.below(50)).map(|_| noise.below(sequences.len() as u64) as usize).collect();
            let batch: Vec<_> =
                order.iter().map(|i| Sequence { ids: &sequences[*i].0, types: &sequences[*i].1 }).collect();
            encoder.encode(&batch, &mut scratch, &mut out).unwrap();
            assert_eq!(out.len(), batch.len());
            for (place, i) in order.iter().enumerate() {
                assert!(bits(out.sequence(place)) == alone[*i], "{precision:?}, sequence {i} of {order:?}");
            }
        }
    }
}

#[test]
fn no_types_are_types_0() {
    let encoder = encoder(Precision::Int8);
    let (ids, _) = Noise(7).sequence(20);
    let mut rows = [&[][..], &[0; 20]].map(|types| {
        let mut out = Encoded::default();
        encoder.encode(&[Sequence { ids: &ids, types }], &mut Scratch::default(), &mut out).unwrap();
        bits(out.rows())
    });
    let [none, zero] = &mut rows;
    assert_eq!(none, zero);
}

#[test]
fn what_the_model_does_not_know_is_an_error() {
    let encoder = encoder(Precision::Int8);
    for (ids, types, message) in [
        (vec![1; 161], vec![], "161 wordpieces in one sequence; the model takes 160"),
        (vec![286], vec![], "wordpiece 286 in a model of 286"),
        (vec![1], vec![5], "a token of kind 5 in a model of 5"),
        (vec![1, 2], vec![0], "2 wordpieces with 1 kinds"),
    ] {
        let batch = [Sequence { ids: &ids, types: &types }];
        let error = encoder.encode(&batch, &mut Scratch::default(), &mut Encoded::default()).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn an_empty_batch_is_empty() {
    let mut out = Encoded::default();
    encoder(Precision::Int8).encode(&[], &mut Scratch::default(), &mut out).unwrap();
    assert!(out.is_empty() && out.rows().is_empty() && out.hidden() == 32);
}

/// One encoder for all workers.
#[test]
fn an_encoder_is_shared() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&encoder(Precision::Int8));
    assert!(Isa::available().contains(&encoder(Precision::Fp32).isa()));
}
