//! Layer normalization.

use crate::isa::Isa;
use crate::simd::{Program, Simd, vectors, vectors_mut};

/// Normalizes each row of `values` to mean 0 and variance 1, times `weight` plus `bias`, whose length (a
/// multiple of 16) is the rows'.
pub fn norm(isa: Isa, values: &mut [f32], weight: &[f32], bias: &[f32], eps: f32) {
    assert_eq!(weight.len(), bias.len(), "weight and bias");
    assert!(values.len().is_multiple_of(weight.len()), "rows of {} in {}", weight.len(), values.len());
    isa.run(Norm { values, added: None, weight, bias, eps });
}

/// [`norm`] of `values + added`, into `values`.
pub fn add_norm(isa: Isa, values: &mut [f32], added: &[f32], weight: &[f32], bias: &[f32], eps: f32) {
    assert_eq!(weight.len(), bias.len(), "weight and bias");
    assert_eq!(values.len(), added.len(), "what is added");
    assert!(values.len().is_multiple_of(weight.len()), "rows of {} in {}", weight.len(), values.len());
    isa.run(Norm { values, added: Some(added), weight, bias, eps });
}

struct Norm<'a> {
    values: &'a mut [f32],
    added: Option<&'a [f32]>,
    weight: &'a [f32],
    bias: &'a [f32],
    eps: f32,
}

impl Program for Norm<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let width = self.weight.len();
        let (weight, bias) = (vectors(self.weight), vectors(self.bias));
        for (i, row) in self.values.chunks_exact_mut(width).enumerate() {
            let row = vectors_mut(row);
            let mut sum = s.splat(0.0);
            if let Some(added) = self.added {
                for (x, added) in row.iter_mut().zip(vectors(&added[i * width..][..width])) {
                    let both = s.add(s.load(x), s.load(added));
                    s.store(x, both);
                    sum = s.add(sum, both);
                }
            } else {
                for x in row.iter() {
                    sum = s.add(sum, s.load(x));
                }
            }
            let mean = s.splat(s.sum(sum) / width as f32);
            let mut squares = s.splat(0.0);
            for x in row.iter() {
                let x = s.sub(s.load(x), mean);
                squares = s.fma(x, x, squares);
            }
            let scale = s.splat(1.0 / (s.sum(squares) / width as f32 + self.eps).sqrt());
            for ((x, weight), bias) in row.iter_mut().zip(weight).zip(bias) {
                let y = s.mul(s.sub(s.load(x), mean), scale);
                s.store(x, s.fma(y, s.load(weight), s.load(bias)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Noise, each_isa};

    #[test]
    fn mean_zero_and_variance_one() {
        let mut values = Noise::new(3).floats(4 * 48, 5.0);
        norm(Isa::detect(), &mut values, &[1.0; 48], &[0.0; 48], 1e-12);
        for row in values.chunks(48) {
            let mean = row.iter().sum::<f32>() / 48.0;
            let variance = row.iter().map(|x| x * x).sum::<f32>() / 48.0;
            assert!(mean.abs() < 1e-5 && (variance - 1.0).abs() < 1e-4, "{mean} {variance}");
        }
    }

    #[test]
    fn every_instruction_set_gives_the_same_bits() {
        let mut noise = Noise::new(4);
        let (values, added) = (noise.floats(9 * 64, 2.0), noise.floats(9 * 64, 2.0));
        let (weight, bias) = (noise.floats(64, 1.0), noise.floats(64, 1.0));
        each_isa(|isa| {
            let mut values = values.clone();
            add_norm(isa, &mut values, &added, &weight, &bias, 1e-12);
            values
        });
    }
}
