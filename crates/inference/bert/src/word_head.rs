//! A head over single words: two linear layers.

use docmill_core::StageError;
use docmill_kernels::{Isa, gelu};

use crate::checkpoint::Checkpoint;
use crate::linear::Linear;

/// `W_o gelu(W_i x + b_i) + b_o`, x: the mean of a word's rows.
#[derive(Debug)]
pub struct WordHead {
    isa: Isa,
    inner: Linear,
    out: Linear,
}

impl WordHead {
    /// Reads the head `name` with so many classes; the file calls its layers `NAME_inner` and `NAME_out`.
    ///
    /// # Errors
    /// If a tensor is missing or of another shape.
    pub fn read(checkpoint: &Checkpoint, name: &str, classes: usize) -> Result<Self, StageError> {
        let hidden = checkpoint.config().hidden_size;
        let linear = |part: &str, outputs: usize| -> Result<Linear, StageError> {
            let weights = checkpoint.floats(&format!("{name}_{part}.weight"), &[outputs, hidden])?;
            let bias = checkpoint.floats(&format!("{name}_{part}.bias"), &[outputs])?;
            Ok(Linear::new(&weights, &bias, hidden))
        };
        Ok(Self { isa: Isa::detect(), inner: linear("inner", hidden)?, out: linear("out", classes)? })
    }

    /// How many scores a word gets.
    pub fn classes(&self) -> usize {
        self.out.outputs()
    }

    /// Scores before softmax of each row, one after another.
    pub fn scores(&self, rows: &[f32]) -> Vec<f32> {
        let mut inner = self.inner.apply(rows);
        gelu(self.isa, &mut inner);
        self.out.apply(&inner)
    }
}
