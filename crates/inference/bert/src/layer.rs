//! One layer: attention and the feed-forward block.

use docmill_core::StageError;
use docmill_kernels::{
    AttentionScratch, FloatMatrix, Heads, IntMatrix, Isa, QuantRows, Then, add_norm, attention,
    multiply_float, multiply_int,
};

use docmill_core::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};

use crate::checkpoint::Checkpoint;

/// In how many bits the linear layers compute.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// 8-bit integers, with one scale per row of weights and per wordpiece.
    #[default]
    Int8,
    /// 32-bit floating point: about three times the time of 8 bits.
    Fp32,
}

/// The parameters of a layer normalization.
#[derive(Debug)]
pub struct Norm {
    pub weight: Vec<f32>,
    pub bias: Vec<f32>,
    pub eps: f32,
}

impl Norm {
    /// Reads `name.weight` and `name.bias`, or `gamma` and `beta` as old checkpoints call them.
    pub fn read(checkpoint: &Checkpoint, name: &str) -> Result<Self, StageError> {
        let config = checkpoint.config();
        let old = checkpoint.has(&format!("{name}.gamma"));
        let (weight, bias) = if old { ("gamma", "beta") } else { ("weight", "bias") };
        Ok(Self {
            weight: checkpoint.floats(&format!("{name}.{weight}"), &[config.hidden_size])?,
            bias: checkpoint.floats(&format!("{name}.{bias}"), &[config.hidden_size])?,
            eps: config.layer_norm_eps,
        })
    }
}

/// A linear layer's weights, in one precision.
#[derive(Debug)]
pub enum Matrix {
    Int(IntMatrix),
    Float(FloatMatrix),
}

impl Matrix {
    pub fn new(precision: Precision, weights: &[f32], bias: &[f32], inputs: usize) -> Self {
        match precision {
            Precision::Int8 => Self::Int(IntMatrix::new(weights, bias, inputs)),
            Precision::Fp32 => Self::Float(FloatMatrix::new(weights, bias, inputs)),
        }
    }

    pub fn outputs(&self) -> usize {
        match self {
            Self::Int(matrix) => matrix.outputs(),
            Self::Float(matrix) => matrix.outputs(),
        }
    }

    /// `out = then(rows * weights + bias)`.
    pub fn apply(
        &self,
        isa: Isa,
        rows: &[f32],
        width: usize,
        then: Then,
        bytes: &mut QuantRows,
        out: &mut Vec<f32>,
    ) {
        out.resize(rows.len() / width * self.outputs(), 0.0);
        match self {
            Self::Int(matrix) => {
                bytes.quantize(isa, rows, width);
                multiply_int(isa, bytes, matrix, then, out);
            }
            Self::Float(matrix) => multiply_float(isa, rows, matrix, then, out),
        }
    }
}

/// One layer's weights.
#[derive(Debug)]
pub struct Layer {
    projections: Matrix,
    block: Block,
    heads: Heads,
}

/// What follows attention in a layer: its output is added and normalized, then that of the feed-forward block.
#[derive(Debug)]
pub struct Block {
    mixed: Matrix,
    attention_norm: Norm,
    wide: Matrix,
    narrow: Matrix,
    output_norm: Norm,
}

/// Memory that layers work in.
#[derive(Debug, Default)]
pub struct Scratch {
    pub bytes: QuantRows,
    pub projected: Vec<f32>,
    pub mixed: Vec<f32>,
    pub attention: AttentionScratch,
    wide: Vec<f32>,
    narrow: Vec<f32>,
}

/// The heads of attention that the model has.
pub fn heads(checkpoint: &Checkpoint) -> Heads {
    let config = checkpoint.config();
    Heads { count: config.num_attention_heads, size: config.hidden_size / config.num_attention_heads }
}

impl Matrix {
    /// Reads the linear layer `name`.
    pub fn read(
        checkpoint: &Checkpoint,
        name: &str,
        [inputs, outputs]: [usize; 2],
        precision: Precision,
    ) -> Result<Self, StageError> {
        let weights = checkpoint.floats(&format!("{name}.weight"), &[outputs, inputs])?;
        let bias = checkpoint.floats(&format!("{name}.bias"), &[outputs])?;
        Ok(Self::new(precision, &weights, &bias, inputs))
    }
}

impl Block {
    /// Reads the block of the layer whose tensors' names begin with `prefix`.
    pub fn read(checkpoint: &Checkpoint, prefix: &str, precision: Precision) -> Result<Self, StageError> {
        let (hidden, wide) = (checkpoint.config().hidden_size, checkpoint.config().intermediate_size);
        let matrix =
            |name: &str, shape| Matrix::read(checkpoint, &format!("{prefix}.{name}"), shape, precision);
        Ok(Self {
            mixed: matrix("attention.output.dense", [hidden, hidden])?,
            attention_norm: Norm::read(checkpoint, &format!("{prefix}.attention.output.LayerNorm"))?,
            wide: matrix("intermediate.dense", [hidden, wide])?,
            narrow: matrix("output.dense", [wide, hidden])?,
            output_norm: Norm::read(checkpoint, &format!("{prefix}.output.LayerNorm"))?,
        })
    }

    /// Replaces `rows`, the layer's input, by its output; what attention made of them is in `scratch.mixed`.
    pub fn apply(&self, isa: Isa, rows: &mut [f32], scratch: &mut Scratch) {
        let Scratch { bytes, mixed, wide, narrow, .. } = scratch;
        let hidden = self.mixed.outputs();
        self.mixed.apply(isa, mixed, hidden, Then::Store, bytes, narrow);
        let Norm { weight, bias, eps } = &self.attention_norm;
        add_norm(isa, rows, narrow, weight, bias, *eps);
        self.wide.apply(isa, rows, hidden, Then::Gelu, bytes, wide);
        self.narrow.apply(isa, wide, self.wide.outputs(), Then::Store, bytes, narrow);
        let Norm { weight, bias, eps } = &self.output_norm;
        add_norm(isa, rows, narrow, weight, bias, *eps);
    }
}

impl Layer {
    /// Reads a layer, whose tensors' names begin with `prefix`.
    pub fn read(checkpoint: &Checkpoint, prefix: &str, precision: Precision) -> Result<Self, StageError> {
        let heads = heads(checkpoint);
        let parts = ["query", "key", "value"];
        let (weights, bias) = projections(checkpoint, prefix, heads, &parts)?;
        let projections = Matrix::new(precision, &weights, &bias, heads.count * heads.size);
        Ok(Self { projections, block: Block::read(checkpoint, prefix, precision)?, heads })
    }

    /// Replaces `rows`, those of whole sequences that end at `ends`, by the layer's output.
    pub fn apply(
        &self,
        isa: Isa,
        rows: &mut [f32],
        ends: impl Iterator<Item = usize>,
        scratch: &mut Scratch,
    ) {
        let hidden = self.heads.count * self.heads.size;
        let Scratch { bytes, projected, mixed, attention: work, .. } = scratch;
        self.projections.apply(isa, rows, hidden, Then::Store, bytes, projected);
        mixed.resize(rows.len(), 0.0);
        let mut start = 0;
        for end in ends {
            let projected = &projected[3 * start * hidden..3 * end * hidden];
            attention(isa, self.heads, projected, work, &mut mixed[start * hidden..end * hidden]);
            start = end;
        }
        self.block.apply(isa, rows, scratch);
    }
}

/// Weights and biases of some of a layer's `query`, `key` and `value` as one matrix.
///
/// Queries are divided by the square root of a head's size here, once, instead of every score.
pub fn projections(
    checkpoint: &Checkpoint,
    prefix: &str,
    heads: Heads,
    parts: &[&str],
) -> Result<(Vec<f32>, Vec<f32>), StageError> {
    let hidden = heads.count * heads.size;
    let (mut weights, mut biases) = (Vec::new(), Vec::new());
    for part in parts {
        let divisor = if *part == "query" { (heads.size as f32).sqrt() } else { 1.0 };
        let name = format!("{prefix}.attention.self.{part}");
        let weight = checkpoint.floats(&format!("{name}.weight"), &[hidden, hidden])?;
        let bias = checkpoint.floats(&format!("{name}.bias"), &[hidden])?;
        weights.extend(weight.iter().map(|w| w / divisor));
        biases.extend(bias.iter().map(|b| b / divisor));
    }
    Ok((weights, biases))
}
