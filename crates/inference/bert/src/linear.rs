//! A head: a linear layer in 32 bits.

use docmill_kernels::{FloatMatrix, Isa, Then, multiply_float};

/// A linear layer on rows of an encoding, such as a tagger's classifier.
#[derive(Debug)]
pub struct Linear {
    isa: Isa,
    matrix: FloatMatrix,
    inputs: usize,
}

impl Linear {
    /// Takes `weights` as `PyTorch` stores them: a row of `inputs` values per output.
    pub fn new(weights: &[f32], bias: &[f32], inputs: usize) -> Self {
        Self { isa: Isa::detect(), matrix: FloatMatrix::new(weights, bias, inputs), inputs }
    }

    /// Values per row that go in.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Values per row that come out.
    pub fn outputs(&self) -> usize {
        self.matrix.outputs()
    }

    /// `rows * weights + bias`, row by row.
    pub fn apply(&self, rows: &[f32]) -> Vec<f32> {
        let mut out = Vec::new();
        self.apply_into(rows, &mut out);
        out
    }

    /// [`Self::apply`] into memory that is kept.
    pub fn apply_into(&self, rows: &[f32], out: &mut Vec<f32>) {
        out.resize(rows.len() / self.inputs * self.outputs(), 0.0);
        multiply_float(self.isa, rows, &self.matrix, Then::Store, out);
    }
}
