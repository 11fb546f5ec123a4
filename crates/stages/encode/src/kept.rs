//! Rows that were computed before.
//!
//! The rows of a document are a pure function of its wordpieces and the model, whatever the other settings are: so a run
//! with other heads, rules or stages of one's own finds them again.

use std::sync::Arc;

use docmill_bert::Sequence;
use docmill_core::{Cache, StageError};
use docmill_pretrained::{ModelDir, model_sums};
use sha2::{Digest, Sha256};

use crate::Precision;

/// Raised when the same wordpieces and weights give other bits, in whatever digit.
const FORMAT: u32 = 2;
/// Bytes of the hash behind the rows.
const HASH: usize = 32;

/// Rows in a cache, of one model in one precision.
pub(crate) struct Kept {
    cache: Arc<Cache>,
    /// Has taken in everything that decides the rows but the wordpieces.
    model: Sha256,
}

impl Kept {
    /// Reads the model's files for their hashes.
    pub fn new(cache: Arc<Cache>, dir: &ModelDir, precision: Precision) -> Result<Self, StageError> {
        let mut model = Sha256::new();
        model.update(format!("docmill {} {FORMAT} {precision:?}", env!("CARGO_PKG_VERSION")));
        for (name, sum) in model_sums(dir)? {
            model.update(format!("\0{name}\0{sum}"));
        }
        Ok(Self { cache, model })
    }

    /// The key of the rows of these wordpieces.
    pub fn key(&self, sequences: &[Sequence<'_>]) -> String {
        let mut hash = self.model.clone();
        for sequence in sequences {
            hash.update((sequence.ids.len() as u64).to_le_bytes());
            for (id, kind) in sequence.ids.iter().zip(sequence.types) {
                hash.update(id.to_le_bytes());
                hash.update(kind.to_le_bytes());
            }
        }
        hex::encode(hash.finalize())
    }

    /// The rows, if so many values are there, each with its every bit.
    pub fn find(&self, key: &str, values: usize) -> Option<Vec<f32>> {
        let length = 4 * values + HASH;
        self.cache.find(key, length as u64, |bytes| {
            let (rows, hash) = bytes.split_at_checked(4 * values)?;
            let whole = bytes.len() == length && Sha256::digest(rows).as_slice() == hash;
            let value = |bytes: &[u8]| Some(f32::from_le_bytes(bytes.try_into().ok()?));
            whole.then(|| rows.chunks_exact(4).filter_map(value).collect())
        })
    }

    /// Keeps rows, and those of the middle of the encoder.
    pub fn keep(&self, key: &str, rows: [&[f32]; 2]) {
        let mut bytes = Vec::with_capacity(4 * (rows[0].len() + rows[1].len()) + HASH);
        for value in rows.into_iter().flatten() {
            bytes.extend_from_slice(&value.to_le_bytes());
        }
        let hash = Sha256::digest(&bytes);
        bytes.extend_from_slice(&hash);
        self.cache.keep(key, &bytes);
    }
}
