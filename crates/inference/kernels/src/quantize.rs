//! Rows of activations in 8 bits.

use crate::isa::Isa;
use crate::simd::{Program, Simd, vectors, vectors_mut};

/// Rows of bytes, each with its own scale and zero: `x = scale * (byte - zero)`.
///
/// A row's scale depends on that row only. (One scale for the whole matrix, as in ONNX dynamic
/// quantization, makes an answer depend on what else is in the batch.) Bytes are 1 to 255: without 0,
/// a byte less 128 has no -128, whose product with a weight would not fit the instructions of AVX2.
#[derive(Debug, Default)]
pub struct QuantRows {
    pub(crate) width: usize,
    pub(crate) bytes: Vec<u8>,
    pub(crate) rows: Vec<Row>,
}

/// What a row's bytes mean.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(crate) struct Row {
    pub(crate) scale: f32,
    pub(crate) zero: i32,
}

impl QuantRows {
    /// Replaces the content by `values`, rows of `width` (a multiple of 16).
    pub fn quantize(&mut self, isa: Isa, values: &[f32], width: usize) {
        assert!(width > 0 && values.len().is_multiple_of(width), "rows of {width} in {}", values.len());
        self.width = width;
        self.bytes.resize(values.len(), 0);
        self.rows.resize(values.len() / width, Row::default());
        isa.run(Quantize { values, width, bytes: &mut self.bytes, rows: &mut self.rows });
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

struct Quantize<'a> {
    values: &'a [f32],
    width: usize,
    bytes: &'a mut [u8],
    rows: &'a mut [Row],
}

impl Program for Quantize<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let values = self.values.chunks_exact(self.width);
        let bytes = self.bytes.chunks_exact_mut(self.width);
        for ((values, bytes), row) in values.zip(bytes).zip(self.rows) {
            *row = quantize_row(s, vectors(values), vectors_mut(bytes));
        }
    }
}

#[inline(always)]
fn quantize_row<S: Simd>(s: S, values: &[[f32; 16]], bytes: &mut [[u8; 16]]) -> Row {
    let (mut low, mut high) = (s.splat(0.0), s.splat(0.0));
    for x in values {
        let x = s.load(x);
        low = s.min(low, x);
        high = s.max(high, x);
    }
    let (low, high) = (s.least(low), s.greatest(high));
    let range = high - low;
    let (scale, inverse) = if range > 0.0 { (range / 254.0, 254.0 / range) } else { (0.0, 0.0) };
    let zero = (1.0 - low * inverse).round_ties_even();
    let (inverse, shift) = (s.splat(inverse), s.splat(zero));
    let (least, greatest) = (s.splat(1.0), s.splat(255.0));
    for (x, byte) in values.iter().zip(bytes) {
        let x = s.fma(s.load(x), inverse, shift);
        s.store_bytes(byte, s.round(s.min(s.max(x, least), greatest)));
    }
    Row { scale, zero: zero as i32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Noise, each_isa};

    #[test]
    fn a_row_comes_back_within_half_a_step() {
        let values = Noise::new(1).floats(5 * 48, 3.0);
        let mut rows = QuantRows::default();
        rows.quantize(Isa::detect(), &values, 48);
        assert_eq!(rows.len(), 5);
        for (i, x) in values.iter().enumerate() {
            let row = rows.rows[i / 48];
            let back = row.scale * (i32::from(rows.bytes[i]) - row.zero) as f32;
            assert!((back - x).abs() <= row.scale * 0.5001, "{x} came back as {back}");
            assert!(rows.bytes[i] >= 1);
        }
    }

    #[test]
    fn every_instruction_set_gives_the_same_bytes() {
        let mut values = Noise::new(2).floats(7 * 64, 0.5);
        values[64..128].fill(0.0);
        values[128..192].fill(-3.0);
        each_isa(|isa| {
            let mut rows = QuantRows::default();
            rows.quantize(isa, &values, 64);
            (rows.bytes, rows.rows)
        });
    }
}
