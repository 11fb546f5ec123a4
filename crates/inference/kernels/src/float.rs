//! The product of 32-bit activations and weights.

use crate::Then;
use crate::gelu::gelu_vectors;
use crate::isa::Isa;
use crate::simd::{LANES, Line, Program, Simd};
use crate::tile::for_each_tile;

/// A layer's weights in the order that the product reads them.
#[derive(Debug)]
pub struct FloatMatrix {
    inputs: usize,
    outputs: usize,
    /// Vector of outputs by vector: for every input, the weights of the 16 outputs.
    weights: Vec<Line<f32>>,
    /// One per vector of outputs.
    bias: Vec<Line<f32>>,
}

impl FloatMatrix {
    /// Takes `weights`, `outputs` rows of `inputs` values, as `PyTorch` stores a linear layer.
    ///
    /// Outputs are filled up with zeros to a multiple of 16.
    pub fn new(weights: &[f32], bias: &[f32], inputs: usize) -> Self {
        let outputs = bias.len();
        assert_eq!(weights.len(), inputs * outputs, "{inputs} inputs, {outputs} outputs");
        let vectors = outputs.div_ceil(LANES);
        let mut matrix = Self {
            inputs,
            outputs,
            weights: vec![Line::ZERO; vectors * inputs],
            bias: vec![Line::ZERO; vectors],
        };
        for (output, bias) in bias.iter().enumerate() {
            let (vector, lane) = (output / LANES, output % LANES);
            matrix.bias[vector].0[lane] = *bias;
            let packed = &mut matrix.weights[vector * inputs..][..inputs];
            for (packed, w) in packed.iter_mut().zip(&weights[output * inputs..][..inputs]) {
                packed.0[lane] = *w;
            }
        }
        matrix
    }

    /// How many values a row of the product has.
    pub fn outputs(&self) -> usize {
        self.outputs
    }
}

/// `out = then(activations * weights + bias)`, row by row.
pub fn multiply_float(isa: Isa, activations: &[f32], weights: &FloatMatrix, then: Then, out: &mut [f32]) {
    assert!(activations.len().is_multiple_of(weights.inputs), "the inputs of the layer");
    let rows = activations.len() / weights.inputs;
    assert_eq!(out.len(), rows * weights.outputs, "the outputs of all rows");
    isa.run(Multiply { rows, activations, weights, then, out });
}

struct Multiply<'a> {
    rows: usize,
    activations: &'a [f32],
    weights: &'a FloatMatrix,
    then: Then,
    out: &'a mut [f32],
}

impl Program for Multiply<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(mut self, s: S) {
        for_each_tile!(S, true, self.rows, self.weights.bias.len(), |row, vector, R, C| {
            self.tile::<S, R, C>(s, row, vector);
        });
    }
}

impl Multiply<'_> {
    #[inline(always)]
    fn tile<S: Simd, const R: usize, const C: usize>(&mut self, s: S, row: usize, vector: usize) {
        let Self { activations, weights, then, ref mut out, .. } = *self;
        let (inputs, outputs) = (weights.inputs, weights.outputs);
        let a: [&[f32]; R] = std::array::from_fn(|r| &activations[(row + r) * inputs..][..inputs]);
        let b: [&[Line<f32>]; C] =
            std::array::from_fn(|c| &weights.weights[(vector + c) * inputs..][..inputs]);
        let sums = sums::<S, R, C>(s, inputs, a, b);
        // By index: iterators over arrays of vectors are moved through memory.
        for r in 0..R {
            for c in 0..C {
                let mut x = s.add(sums[r][c], s.load(&weights.bias[vector + c].0));
                if then == Then::Gelu {
                    [x] = gelu_vectors(s, [x]);
                }
                let from = (vector + c) * LANES;
                store_some(s, &mut out[(row + r) * outputs..][from..outputs.min(from + LANES)], x);
            }
        }
    }
}

/// Stores the lanes of `x` that `out` has room for.
#[inline(always)]
pub fn store_some<S: Simd>(s: S, out: &mut [f32], x: S::F) {
    if let Some((out, [])) = out.split_first_chunk_mut() {
        s.store(out, x);
    } else {
        let mut lanes = [0.0; LANES];
        s.store(&mut lanes, x);
        out.copy_from_slice(&lanes[..out.len()]);
    }
}

/// The products of `R` rows of `length` values with `C` vectors of columns, summed in the rows' order.
#[inline(always)]
pub fn sums<S: Simd, const R: usize, const C: usize>(
    s: S,
    length: usize,
    a: [&[f32]; R],
    b: [&[Line<f32>]; C],
) -> [[S::F; C]; R] {
    let a: [&[f32]; R] = std::array::from_fn(|r| &a[r][..length]);
    let b: [&[Line<f32>]; C] = std::array::from_fn(|c| &b[c][..length]);
    let mut sums = [[s.splat(0.0); C]; R];
    for k in 0..length {
        let b: [S::F; C] = std::array::from_fn(|c| s.load(&b[c][k].0));
        for r in 0..R {
            let a = s.splat(a[r][k]);
            for c in 0..C {
                sums[r][c] = s.fma(a, b[c], sums[r][c]);
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Noise, each_isa, tried};

    const SHAPES: [(usize, usize, usize); 5] =
        [(1, 16, 16), (5, 24, 9), (7, 32, 64), (13, 384, 144), (18, 100, 81)];

    fn product(isa: Isa, (rows, inputs, outputs): (usize, usize, usize), then: Then) -> Vec<f32> {
        let mut noise = Noise::new(rows as u64);
        let weights = noise.floats(inputs * outputs, 0.1);
        let matrix = FloatMatrix::new(&weights, &noise.floats(outputs, 1.0), inputs);
        let mut out = vec![f32::NAN; rows * outputs];
        multiply_float(isa, &noise.floats(rows * inputs, 2.0), &matrix, then, &mut out);
        out
    }

    #[test]
    fn every_instruction_set_gives_the_same_product() {
        for &shape in tried(&SHAPES, 2) {
            each_isa(|isa| product(isa, shape, Then::Store));
            each_isa(|isa| product(isa, shape, Then::Gelu));
        }
    }

    #[test]
    fn a_product_by_hand() {
        // [1 2] * [[3 4] [5 6]]^T + [10 20]
        let matrix = FloatMatrix::new(&[3.0, 4.0, 5.0, 6.0], &[10.0, 20.0], 2);
        let mut out = [0.0; 2];
        multiply_float(Isa::detect(), &[1.0, 2.0], &matrix, Then::Store, &mut out);
        assert_eq!(out.map(f32::to_bits), [21.0_f32, 37.0].map(f32::to_bits));
    }
}
