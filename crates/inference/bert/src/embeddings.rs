//! The first row of a token: its wordpiece, its place and its kind.

use docmill_core::StageError;
use docmill_kernels::{Isa, norm};

use crate::checkpoint::Checkpoint;
use crate::half::half;
use crate::layer::Norm;

/// The embedding tables.
#[derive(Debug)]
pub struct Embeddings {
    words: Table,
    positions: Vec<f32>,
    types: Vec<f32>,
    norm: Norm,
    hidden: usize,
}

/// Kept in 16 bits if the file is: most of a small model is its vocabulary, and few rows are read.
#[derive(Debug)]
enum Table {
    Half(Vec<u16>),
    Float(Vec<f32>),
}

impl Embeddings {
    /// Reads the tables, whose names begin with `prefix`.
    pub fn read(checkpoint: &Checkpoint, prefix: &str) -> Result<Self, StageError> {
        let config = checkpoint.config();
        let hidden = config.hidden_size;
        let name = |part: &str| format!("{prefix}embeddings.{part}");
        let (halves, floats) =
            checkpoint.values(&name("word_embeddings.weight"), &[config.vocab_size, hidden])?;
        let positions = [config.max_position_embeddings, hidden];
        Ok(Self {
            words: if floats.is_empty() { Table::Half(halves) } else { Table::Float(floats) },
            positions: checkpoint.floats(&name("position_embeddings.weight"), &positions)?,
            types: checkpoint
                .floats(&name("token_type_embeddings.weight"), &[config.type_vocab_size, hidden])?,
            norm: Norm::read(checkpoint, &name("LayerNorm"))?,
            hidden,
        })
    }

    /// Writes one row per token of a sequence; all must be within the tables.
    pub fn write(&self, isa: Isa, ids: &[u32], types: &[u8], rows: &mut [f32]) {
        let hidden = self.hidden;
        for (at, (id, row)) in ids.iter().zip(rows.chunks_exact_mut(hidden)).enumerate() {
            let word = *id as usize * hidden..(*id as usize + 1) * hidden;
            let kind = types.get(at).map_or(0, |kind| usize::from(*kind));
            let kind = &self.types[kind * hidden..][..hidden];
            let position = &self.positions[at * hidden..][..hidden];
            let rest = position.iter().zip(kind);
            match &self.words {
                Table::Half(words) => {
                    for ((x, word), (position, kind)) in row.iter_mut().zip(&words[word]).zip(rest) {
                        *x = half(*word) + kind + position;
                    }
                }
                Table::Float(words) => {
                    for ((x, word), (position, kind)) in row.iter_mut().zip(&words[word]).zip(rest) {
                        *x = word + kind + position;
                    }
                }
            }
        }
        norm(isa, rows, &self.norm.weight, &self.norm.bias, self.norm.eps);
    }
}
