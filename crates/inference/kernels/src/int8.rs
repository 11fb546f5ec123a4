//! The product of 8-bit activations and 8-bit weights.

use crate::Then;
use crate::gelu::gelu_vectors;
use crate::isa::Isa;
use crate::quantize::QuantRows;
use crate::simd::{LANES, Line, Program, Simd};
use crate::tile::for_each_tile;

/// A layer's weights, one scale per output, in the order that the product reads them.
#[derive(Debug)]
pub struct IntMatrix {
    inputs: usize,
    outputs: usize,
    /// Vector of outputs by vector: for every four inputs, four weights of each of the 16 outputs.
    weights: Vec<Line<i8, { 4 * LANES }>>,
    /// One per vector of outputs.
    columns: Vec<Columns>,
}

#[derive(Debug, Clone)]
struct Columns {
    scale: [f32; LANES],
    bias: [f32; LANES],
    /// The sum of the output's weights.
    sum: [i32; LANES],
}

impl IntMatrix {
    /// Quantizes `weights`, `outputs` rows of `inputs` values, as `PyTorch` stores a linear layer.
    ///
    /// `inputs` must be a multiple of 16; outputs are filled up with zeros to a multiple of 16.
    pub fn new(weights: &[f32], bias: &[f32], inputs: usize) -> Self {
        let outputs = bias.len();
        assert!(inputs.is_multiple_of(LANES), "{inputs} inputs");
        assert_eq!(weights.len(), inputs * outputs, "{inputs} inputs, {outputs} outputs");
        let vectors = outputs.div_ceil(LANES);
        let fours = inputs / 4;
        let empty = Columns { scale: [0.0; LANES], bias: [0.0; LANES], sum: [0; LANES] };
        let mut matrix = Self {
            inputs,
            outputs,
            weights: vec![Line([0; 4 * LANES]); vectors * fours],
            columns: vec![empty; vectors],
        };
        for (output, (row, bias)) in weights.chunks_exact(inputs).zip(bias).enumerate() {
            let (vector, lane) = (output / LANES, output % LANES);
            let greatest = row.iter().fold(0.0_f32, |m, w| m.max(w.abs()));
            let inverse = if greatest > 0.0 { 127.0 / greatest } else { 0.0 };
            let columns = &mut matrix.columns[vector];
            columns.scale[lane] = greatest / 127.0;
            columns.bias[lane] = *bias;
            let packed = &mut matrix.weights[vector * fours..][..fours];
            for (four, packed) in row.chunks_exact(4).zip(packed) {
                for (k, w) in four.iter().enumerate() {
                    let w = (w * inverse).round_ties_even().clamp(-127.0, 127.0) as i8;
                    packed.0[4 * lane + k] = w;
                    columns.sum[lane] += i32::from(w);
                }
            }
        }
        matrix
    }

    /// How many values a row of the product has.
    pub fn outputs(&self) -> usize {
        self.outputs
    }
}

/// `out = then(activations * weights + bias)`, row by row; outputs must be a multiple of 16.
pub fn multiply_int(isa: Isa, activations: &QuantRows, weights: &IntMatrix, then: Then, out: &mut [f32]) {
    assert_eq!(activations.width, weights.inputs, "the inputs of the layer");
    assert_eq!(weights.outputs % LANES, 0, "the outputs of the layer");
    assert_eq!(out.len(), activations.len() * weights.outputs, "the outputs of all rows");
    isa.run(Multiply { activations, weights, then, out });
}

struct Multiply<'a> {
    activations: &'a QuantRows,
    weights: &'a IntMatrix,
    then: Then,
    out: &'a mut [f32],
}

impl Program for Multiply<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(mut self, s: S) {
        let vectors = self.weights.columns.len();
        for_each_tile!(S, S::TALL_INT, self.activations.len(), vectors, |row, vector, R, C| {
            let sums = self.sums::<S, R, C>(s, row, vector);
            self.finish::<S, R, C>(s, row, vector, sums);
        });
    }
}

impl Multiply<'_> {
    /// The products of `R` rows with `C` vectors of outputs.
    #[inline(always)]
    fn sums<S: Simd, const R: usize, const C: usize>(
        &self,
        s: S,
        row: usize,
        vector: usize,
    ) -> [[S::I; C]; R] {
        let width = self.weights.inputs;
        let fours = width / 4;
        let a: [&[[u8; 4]]; R] = std::array::from_fn(|r| {
            let (row, _) = self.activations.bytes[(row + r) * width..][..width].as_chunks();
            &row[..fours]
        });
        let b: [&[Line<i8, { 4 * LANES }>]; C] =
            std::array::from_fn(|c| &self.weights.weights[(vector + c) * fours..][..fours]);
        let mut sums = [[s.splat_int(0); C]; R];
        for k in 0..fours {
            let b: [S::B; C] = std::array::from_fn(|c| s.load_weights(&b[c][k].0));
            for r in 0..R {
                let a = s.broadcast(a[r][k]);
                for c in 0..C {
                    sums[r][c] = s.dot(sums[r][c], a, b[c]);
                }
            }
        }
        sums
    }

    /// Integers back to values, the bias, and what comes then.
    #[inline(always)]
    fn finish<S: Simd, const R: usize, const C: usize>(
        &mut self,
        s: S,
        row: usize,
        vector: usize,
        sums: [[S::I; C]; R],
    ) {
        let outputs = self.weights.outputs;
        let columns = &self.weights.columns[vector..][..C];
        // By index: iterators over arrays of vectors are moved through memory.
        for r in 0..R {
            let about = self.activations.rows[row + r];
            let zero = s.splat_int(about.zero - S::OFFSET);
            let scale = s.splat(about.scale);
            let out = self.out[(row + r) * outputs + vector * LANES..][..C * LANES].as_chunks_mut().0;
            for c in 0..C {
                let sum = s.sub_int(sums[r][c], s.mul_int(zero, s.load_int(&columns[c].sum)));
                let scale = s.mul(scale, s.load(&columns[c].scale));
                s.store(&mut out[c], s.fma(s.to_float(sum), scale, s.load(&columns[c].bias)));
            }
        }
        if self.then == Then::Gelu {
            // A loop of its own: its 15 constants do not fit beside the sums.
            for r in 0..R {
                let out = self.out[(row + r) * outputs + vector * LANES..][..C * LANES].as_chunks_mut().0;
                let x = gelu_vectors(s, std::array::from_fn::<_, C, _>(|c| s.load(&out[c])));
                for c in 0..C {
                    s.store(&mut out[c], x[c]);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Noise, each_isa, tried};

    const SHAPES: [(usize, usize, usize); 6] =
        [(1, 16, 16), (5, 64, 48), (6, 32, 64), (13, 96, 144), (17, 384, 80), (3, 1536, 16)];

    fn product(isa: Isa, (rows, inputs, outputs): (usize, usize, usize), then: Then) -> Vec<f32> {
        let mut noise = Noise::new(rows as u64);
        let weights = noise.floats(inputs * outputs, 0.1);
        let matrix = IntMatrix::new(&weights, &noise.floats(outputs, 1.0), inputs);
        let mut activations = QuantRows::default();
        activations.quantize(isa, &noise.floats(rows * inputs, 2.0), inputs);
        let mut out = vec![f32::NAN; rows * outputs];
        multiply_int(isa, &activations, &matrix, then, &mut out);
        out
    }

    #[test]
    fn every_instruction_set_gives_the_same_product() {
        for &shape in tried(&SHAPES, 2) {
            each_isa(|isa| product(isa, shape, Then::Store));
            each_isa(|isa| product(isa, shape, Then::Gelu));
        }
    }

    /// The greatest bytes on both sides, where 16-bit sums would saturate.
    #[test]
    fn sums_are_exact_at_the_limits() {
        const WIDTH: usize = if cfg!(miri) { 16 } else { 1536 };
        for sign in [1.0, -1.0] {
            let weights = vec![sign; WIDTH * 16];
            let matrix = IntMatrix::new(&weights, &[0.5; 16], WIDTH);
            // Even rows are all 1 (bytes 255, zero 1), odd rows all -1 (bytes 1, zero 255).
            let values: Vec<f32> =
                (0..12 * WIDTH).map(|i| if (i / WIDTH).is_multiple_of(2) { 1.0 } else { -1.0 }).collect();
            for isa in Isa::available() {
                let mut rows = QuantRows::default();
                rows.quantize(isa, &values, WIDTH);
                let mut out = vec![0.0; 12 * 16];
                multiply_int(isa, &rows, &matrix, Then::Store, &mut out);
                for (i, x) in out.iter().enumerate() {
                    let expected = if (i / 16) % 2 == 0 { sign } else { -sign } * WIDTH as f32 + 0.5;
                    assert!((x - expected).abs() < 0.001, "{} gives {x} for {expected}", isa.name());
                }
            }
        }
    }

    #[test]
    fn close_to_the_product_of_the_values() {
        let (rows, inputs, outputs) = if cfg!(miri) { (3, 16, 16) } else { (9, 384, 64) };
        let mut noise = Noise::new(7);
        let weights = noise.floats(inputs * outputs, 0.1);
        let bias = noise.floats(outputs, 1.0);
        let values = noise.floats(rows * inputs, 2.0);
        let matrix = IntMatrix::new(&weights, &bias, inputs);
        let mut activations = QuantRows::default();
        activations.quantize(Isa::detect(), &values, inputs);
        let mut out = vec![0.0; rows * outputs];
        multiply_int(Isa::detect(), &activations, &matrix, Then::Store, &mut out);
        for r in 0..rows {
            for o in 0..outputs {
                let exact: f32 = (0..inputs).map(|k| values[r * inputs + k] * weights[o * inputs + k]).sum();
                assert!((out[r * outputs + o] - bias[o] - exact).abs() < 0.05);
            }
        }
    }
}
