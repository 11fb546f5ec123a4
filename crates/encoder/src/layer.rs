//! One layer: attention and the feed-forward block.

use docmill_core::StageError;
use docmill_kernels::{
    AttentionScratch, FloatMatrix, Heads, IntMatrix, Isa, QuantRows, Then, add_norm, attention,
    multiply_float, multiply_int,
};

use crate::checkpoint::Checkpoint;

/// In how many bits the linear layers compute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// 8-bit integers: weights with a scale per output, activations with a scale per token.
    Int8,
    /// 32-bit floating point.
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
enum Matrix {
    Int(IntMatrix),
    Float(FloatMatrix),
}

impl Matrix {
    fn new(precision: Precision, weights: &[f32], bias: &[f32], inputs: usize) -> Self {
        match precision {
            Precision::Int8 => Self::Int(IntMatrix::new(weights, bias, inputs)),
            Precision::Fp32 => Self::Float(FloatMatrix::new(weights, bias, inputs)),
        }
    }

    fn outputs(&self) -> usize {
        match self {
            Self::Int(matrix) => matrix.outputs(),
            Self::Float(matrix) => matrix.outputs(),
        }
    }

    /// `out = then(rows * weights + bias)`.
    fn apply(
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
    mixed: Matrix,
    attention_norm: Norm,
    wide: Matrix,
    narrow: Matrix,
    output_norm: Norm,
    heads: Heads,
    intermediate: usize,
}

/// Memory that layers work in.
#[derive(Debug, Default)]
pub struct Scratch {
    bytes: QuantRows,
    projected: Vec<f32>,
    mixed: Vec<f32>,
    wide: Vec<f32>,
    narrow: Vec<f32>,
    attention: AttentionScratch,
}

impl Layer {
    /// Reads a layer, whose tensors' names begin with `prefix`.
    pub fn read(checkpoint: &Checkpoint, prefix: &str, precision: Precision) -> Result<Self, StageError> {
        let config = checkpoint.config();
        let (hidden, wide) = (config.hidden_size, config.intermediate_size);
        let heads = Heads { count: config.num_attention_heads, size: hidden / config.num_attention_heads };
        let matrix = |name: &str, inputs, outputs| -> Result<Matrix, StageError> {
            let weights = checkpoint.floats(&format!("{prefix}.{name}.weight"), &[outputs, inputs])?;
            let bias = checkpoint.floats(&format!("{prefix}.{name}.bias"), &[outputs])?;
            Ok(Matrix::new(precision, &weights, &bias, inputs))
        };
        Ok(Self {
            projections: {
                let (weights, bias) = projections(checkpoint, &format!("{prefix}.attention.self"), heads)?;
                Matrix::new(precision, &weights, &bias, hidden)
            },
            mixed: matrix("attention.output.dense", hidden, hidden)?,
            attention_norm: Norm::read(checkpoint, &format!("{prefix}.attention.output.LayerNorm"))?,
            wide: matrix("intermediate.dense", hidden, wide)?,
            narrow: matrix("output.dense", wide, hidden)?,
            output_norm: Norm::read(checkpoint, &format!("{prefix}.output.LayerNorm"))?,
            heads,
            intermediate: wide,
        })
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
        let Scratch { bytes, projected, mixed, wide, narrow, attention: work } = scratch;
        self.projections.apply(isa, rows, hidden, Then::Store, bytes, projected);
        mixed.resize(rows.len(), 0.0);
        let mut start = 0;
        for end in ends {
            let projected = &projected[3 * start * hidden..3 * end * hidden];
            attention(isa, self.heads, projected, work, &mut mixed[start * hidden..end * hidden]);
            start = end;
        }
        self.mixed.apply(isa, mixed, hidden, Then::Store, bytes, narrow);
        let Norm { weight, bias, eps } = &self.attention_norm;
        add_norm(isa, rows, narrow, weight, bias, *eps);
        self.wide.apply(isa, rows, hidden, Then::Gelu, bytes, wide);
        self.narrow.apply(isa, wide, self.intermediate, Then::Store, bytes, narrow);
        let Norm { weight, bias, eps } = &self.output_norm;
        add_norm(isa, rows, narrow, weight, bias, *eps);
    }
}

/// Weights and biases of queries, keys and values as one layer.
///
/// Queries are divided by the square root of a head's size here, once, instead of every score.
fn projections(
    checkpoint: &Checkpoint,
    prefix: &str,
    heads: Heads,
) -> Result<(Vec<f32>, Vec<f32>), StageError> {
    let hidden = heads.count * heads.size;
    let (mut weights, mut biases) = (Vec::with_capacity(3 * hidden * hidden), Vec::with_capacity(3 * hidden));
    let root = (heads.size as f32).sqrt();
    for (name, divisor) in [("query", root), ("key", 1.0), ("value", 1.0)] {
        let weight = checkpoint.floats(&format!("{prefix}.{name}.weight"), &[hidden, hidden])?;
        let bias = checkpoint.floats(&format!("{prefix}.{name}.bias"), &[hidden])?;
        weights.extend(weight.iter().map(|w| w / divisor));
        biases.extend(bias.iter().map(|b| b / divisor));
    }
    Ok((weights, biases))
}
