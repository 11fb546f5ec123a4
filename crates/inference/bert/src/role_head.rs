//! A head that is told who is asked about: one more layer over the encoding.

use std::ops::Range;

use docmill_core::StageError;
use docmill_kernels::{Heads, Isa, Then, attention_of, gelu};

use crate::checkpoint::Checkpoint;
use crate::layer::{self, Block, Matrix, Precision, heads, projections};
use crate::linear::Linear;

/// Classifies spans of an encoded sentence, alone or in groups of `k`.
///
/// ```text
/// x_t = H_t + role[r_t]      r_t: 0 for most wordpieces, j for those of span j
/// y   = a layer of the encoder's kind over x
/// out = W_o gelu(W_i [mean y of span 1; ...; mean y of span k; y_CLS] + b_i) + b_o
/// ```
///
/// The layer's answer is needed at the spans and at `[CLS]` only, so only those rows are computed. Keys and values are
/// linear: those of a sentence are computed once, and each question adds those of its roles.
#[derive(Debug)]
pub struct RoleHead {
    isa: Isa,
    heads: Heads,
    /// A row per role.
    roles: Vec<f32>,
    /// The keys and values that each role adds.
    role_keys: Vec<f32>,
    query: Matrix,
    keys: Matrix,
    block: Block,
    inner: Linear,
    out: Linear,
}

/// Memory that a head works in: a worker's own, kept from call to call.
#[derive(Debug, Default)]
pub struct HeadScratch {
    layer: layer::Scratch,
    keys: Vec<f32>,
    asked: Vec<f32>,
    rows: Vec<f32>,
}

impl RoleHead {
    /// Reads the head whose tensors' names begin with `name`, for groups of `spans` spans.
    pub fn read(
        checkpoint: &Checkpoint,
        name: &str,
        spans: usize,
        precision: Precision,
    ) -> Result<Self, StageError> {
        let heads = heads(checkpoint);
        let hidden = heads.count * heads.size;
        let prefix = format!("{name}.layer");
        let roles = checkpoint.floats(&format!("{name}.role.weight"), &[spans + 1, hidden])?;
        let (weights, bias) = projections(checkpoint, &prefix, heads, &["key", "value"])?;
        let role_keys = Linear::new(&weights, &vec![0.0; bias.len()], hidden).apply(&roles);
        let (query, query_bias) = projections(checkpoint, &prefix, heads, &["query"])?;
        Ok(Self {
            isa: Isa::detect(),
            heads,
            roles,
            role_keys,
            query: Matrix::new(precision, &query, &query_bias, hidden),
            keys: Matrix::new(precision, &weights, &bias, hidden),
            block: Block::read(checkpoint, &prefix, precision)?,
            inner: checkpoint.linear(&format!("{name}.inner"))?,
            out: checkpoint.linear(&format!("{name}.out"))?,
        })
    }

    /// Values per row of an encoding.
    pub fn hidden(&self) -> usize {
        self.heads.count * self.heads.size
    }

    /// How many classes it knows.
    pub fn classes(&self) -> usize {
        self.out.outputs()
    }

    /// Scores before softmax of each question about one sentence, [`RoleHead::classes`] for each.
    ///
    /// `states`: the rows of the sentence, `[CLS]` first. A question: the rows of each of its spans, none of
    /// them empty; where two overlap, the later one counts.
    pub fn apply(
        &self,
        states: &[f32],
        questions: &[Vec<Range<usize>>],
        scratch: &mut HeadScratch,
    ) -> Vec<f32> {
        let hidden = self.hidden();
        let HeadScratch { layer, keys, asked, rows } = scratch;
        self.keys.apply(self.isa, states, hidden, Then::Store, &mut layer.bytes, keys);

        // The rows that are needed, of all questions: that of [CLS], then those of the spans.
        let needed = |question: &[Range<usize>]| -> Vec<usize> {
            std::iter::once(0).chain(question.iter().cloned().flatten()).collect()
        };
        rows.clear();
        for question in questions {
            for t in needed(question) {
                let role = role_of(question, t) * hidden;
                let (state, role) = (&states[t * hidden..][..hidden], &self.roles[role..][..hidden]);
                rows.extend(state.iter().zip(role).map(|(a, b)| a + b));
            }
        }
        self.query.apply(self.isa, rows, hidden, Then::Store, &mut layer.bytes, &mut layer.projected);
        layer.mixed.resize(rows.len(), 0.0);
        let mut start = 0;
        for question in questions {
            asked.clear();
            for (t, key) in keys.chunks_exact(2 * hidden).enumerate() {
                let role = &self.role_keys[role_of(question, t) * 2 * hidden..][..2 * hidden];
                asked.extend(key.iter().zip(role).map(|(a, b)| a + b));
            }
            let end = start + needed(question).len() * hidden;
            let (queries, out) = (&layer.projected[start..end], &mut layer.mixed[start..end]);
            attention_of(self.isa, self.heads, queries, asked, &mut layer.attention, out);
            start = end;
        }
        self.block.apply(self.isa, rows, layer);

        let mut features = Vec::with_capacity(questions.len() * self.inner.inputs());
        let mut rest = &rows[..];
        for question in questions {
            let (first, mut others) = rest.split_at(hidden);
            for span in question {
                let (own, after) = others.split_at(span.len() * hidden);
                features.extend(mean(own, hidden));
                others = after;
            }
            features.extend_from_slice(first);
            rest = others;
        }
        let mut inner = self.inner.apply(&features);
        gelu(self.isa, &mut inner);
        self.out.apply(&inner)
    }
}

/// The role of row `t`.
fn role_of(question: &[Range<usize>], t: usize) -> usize {
    question.iter().rposition(|span| span.contains(&t)).map_or(0, |span| span + 1)
}

/// The mean of some rows.
fn mean(rows: &[f32], hidden: usize) -> Vec<f32> {
    let mut sum = vec![0.0; hidden];
    for row in rows.chunks_exact(hidden) {
        sum.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
    }
    let count = (rows.len() / hidden) as f32;
    for x in &mut sum {
        *x /= count;
    }
    sum
}
