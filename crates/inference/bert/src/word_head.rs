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
    /// Reads the head `name`, `name_inner` and `name_out` in the file.
    pub fn read(checkpoint: &Checkpoint, name: &str) -> Result<Self, StageError> {
        Ok(Self {
            isa: Isa::detect(),
            inner: checkpoint.linear(&format!("{name}_inner"))?,
            out: checkpoint.linear(&format!("{name}_out"))?,
        })
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
