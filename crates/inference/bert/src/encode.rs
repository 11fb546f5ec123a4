//! The encoder: wordpieces in, a row of values for each out.

use std::ops::Range;

use docmill_core::StageError;
use docmill_kernels::Isa;

use crate::checkpoint::Checkpoint;
use crate::config::Config;
use crate::embeddings::Embeddings;
use crate::layer::{self, Layer, Precision};

/// Tokens that go through all layers together.
///
/// Enough that reading the weights costs little, few enough that all rows in between stay in the
/// second-level cache (the widest of `MiniLM` take 768 KiB at 128). Speed only: no bit depends on it.
const TOGETHER: usize = 128;

/// One sequence of wordpieces.
#[derive(Debug, Clone, Copy)]
pub struct Sequence<'a> {
    /// Wordpieces, with `[CLS]` and `[SEP]`.
    pub ids: &'a [u32],
    /// The kind of each, or nothing where all are of kind 0.
    pub types: &'a [u8],
}

/// An encoder's weights; shared by all workers.
#[derive(Debug)]
pub struct Encoder {
    isa: Isa,
    config: Config,
    embeddings: Embeddings,
    layers: Vec<Layer>,
    /// After so many layers the rows are kept; 0 if they are not.
    middle: usize,
}

/// Memory that [`Encoder::encode`] works in: a worker's own, kept from batch to batch.
#[derive(Debug, Default)]
pub struct Scratch(layer::Scratch);

/// What came out for a batch: one row of values per wordpiece.
#[derive(Debug, Default)]
pub struct Encoded {
    hidden: usize,
    rows: Vec<f32>,
    middle: Vec<f32>,
    /// Where each sequence ends, in tokens.
    ends: Vec<usize>,
}

impl Encoded {
    /// Values per row.
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// How many sequences there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All rows of all sequences, one after another.
    pub fn rows(&self) -> &[f32] {
        &self.rows
    }

    /// All rows, taken out; what is left is empty.
    pub fn take_rows(&mut self) -> Vec<f32> {
        self.ends.clear();
        std::mem::take(&mut self.rows)
    }

    /// The rows after some of the layers, taken out; none if [`Encoder::keep_after`] asks for none.
    pub fn take_middle(&mut self) -> Vec<f32> {
        std::mem::take(&mut self.middle)
    }

    /// The tokens of sequence `index` among all: row `tokens(i).start + j` is that of its wordpiece `j`.
    pub fn tokens(&self, index: usize) -> Range<usize> {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        start..self.ends[index]
    }

    /// The rows of sequence `index`.
    pub fn sequence(&self, index: usize) -> &[f32] {
        let Range { start, end } = self.tokens(index);
        &self.rows[start * self.hidden..end * self.hidden]
    }

    /// The row of wordpiece `token` of sequence `index`.
    pub fn row(&self, index: usize, token: usize) -> &[f32] {
        &self.sequence(index)[token * self.hidden..][..self.hidden]
    }
}

impl Encoder {
    /// Packs the weights of a checkpoint for this processor.
    pub fn new(checkpoint: &Checkpoint, precision: Precision) -> Result<Self, StageError> {
        Self::with_isa(checkpoint, precision, Isa::detect())
    }

    /// [`Self::new`], computing with `isa`; the results are the same.
    pub fn with_isa(checkpoint: &Checkpoint, precision: Precision, isa: Isa) -> Result<Self, StageError> {
        // A model with a head calls its encoder `bert`; a bare encoder has no name.
        let named = checkpoint.has("bert.embeddings.word_embeddings.weight");
        let prefix = if named { "bert." } else { "" };
        let layers = (0..checkpoint.config().num_hidden_layers)
            .map(|i| Layer::read(checkpoint, &format!("{prefix}encoder.layer.{i}"), precision))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            isa,
            config: checkpoint.config().clone(),
            embeddings: Embeddings::read(checkpoint, prefix)?,
            layers,
            middle: 0,
        })
    }

    /// Keeps the rows after so many layers as well; 0 keeps none.
    #[must_use]
    pub fn keep_after(self, layers: usize) -> Self {
        Self { middle: layers, ..self }
    }

    /// Whether the rows after some of the layers are kept.
    pub fn keeps_middle(&self) -> bool {
        self.middle > 0
    }

    /// The model's configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The instructions it computes with.
    pub fn isa(&self) -> Isa {
        self.isa
    }

    /// Encodes `batch` into `encoded`, replacing what is there.
    ///
    /// Order and company of the sequences make no difference, neither to the result nor to the speed:
    /// there is no need to sort by length.
    ///
    /// # Errors
    ///
    /// A sequence that is longer than the model's positions, or wordpieces or kinds that it does not
    /// know.
    pub fn encode(
        &self,
        batch: &[Sequence<'_>],
        scratch: &mut Scratch,
        encoded: &mut Encoded,
    ) -> Result<(), StageError> {
        let hidden = self.config.hidden_size;
        encoded.hidden = hidden;
        encoded.ends.clear();
        encoded.rows.clear();
        encoded.middle.clear();
        let mut tokens = 0;
        for sequence in batch {
            self.check(sequence)?;
            tokens += sequence.ids.len();
            encoded.ends.push(tokens);
        }
        encoded.rows.resize(tokens * hidden, 0.0);

        let mut first = 0;
        while first < batch.len() {
            let start = encoded.tokens(first).start;
            let mut last = first;
            while last + 1 < batch.len() && encoded.ends[last + 1] - start <= TOGETHER {
                last += 1;
            }
            let rows = &mut encoded.rows[start * hidden..encoded.ends[last] * hidden];
            let mut rest = &mut *rows;
            for sequence in &batch[first..=last] {
                let (own, others) = rest.split_at_mut(sequence.ids.len() * hidden);
                self.embeddings.write(self.isa, sequence.ids, sequence.types, own);
                rest = others;
            }
            for (before, layer) in self.layers.iter().enumerate() {
                let ends = encoded.ends[first..=last].iter().map(|end| end - start);
                layer.apply(self.isa, rows, ends, &mut scratch.0);
                if before + 1 == self.middle {
                    encoded.middle.extend_from_slice(rows);
                }
            }
            first = last + 1;
        }
        Ok(())
    }

    fn check(&self, sequence: &Sequence<'_>) -> Result<(), StageError> {
        let Config { vocab_size, type_vocab_size, max_position_embeddings, .. } = self.config;
        let Sequence { ids, types } = sequence;
        let length = ids.len();
        let wrong = if length > max_position_embeddings {
            format!("{length} wordpieces in one sequence; the model takes {max_position_embeddings}")
        } else if !types.is_empty() && types.len() != length {
            format!("{length} wordpieces with {} kinds", types.len())
        } else if let Some(id) = ids.iter().find(|id| **id as usize >= vocab_size) {
            format!("wordpiece {id} in a model of {vocab_size}")
        } else if let Some(kind) = types.iter().find(|kind| usize::from(**kind) >= type_vocab_size) {
            format!("a token of kind {kind} in a model of {type_vocab_size}")
        } else {
            return Ok(());
        };
        Err(StageError::Document(wrong))
    }
}
