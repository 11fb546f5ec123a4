//! A head of several layers that reads a sentence once for each holder.

use std::ops::Range;

use docmill_core::StageError;
use docmill_kernels::{Isa, gelu};

use crate::checkpoint::Checkpoint;
use crate::layer::{self, Layer, Precision};
use crate::linear::Linear;

/// Rows that go through the layers together; see [`crate::encode`]. Speed only: no bit depends on it.
const TOGETHER: usize = 128;
/// What rows are marked with: most, those of the holder, `[CLS]` where the sentence does not name him.
const OTHER: usize = 0;
const HOLDER: usize = 1;
const ABSENT: usize = 2;

/// Classifies the relation of one marked span, the holder, to each of some other spans, the targets.
///
/// ```text
/// x_t = H_t + role[r_t]      H: after some of the encoder's layers; r_t: 1 for the holder's wordpieces, 2 for [CLS] where he is not in the sentence, else 0
/// y   = some layers of the encoder's kind over x
/// out = W_o gelu(W_i [mean y of the holder; mean y of the target; y_CLS] + b_i) + b_o
/// ```
///
/// Only the holder is marked, so one pass through the layers answers for all targets: after Zhong and Chen (2021), *A
/// Frustratingly Easy Approach for Entity and Relation Extraction*, whose markers cost a pass for each pair.
#[derive(Debug)]
pub struct RelationHead {
    isa: Isa,
    hidden: usize,
    /// A row per role.
    roles: Vec<f32>,
    layers: Vec<Layer>,
    inner: Linear,
    out: Linear,
}

/// One holder of one sentence.
#[derive(Debug, Clone)]
pub struct Pass<'a> {
    /// The rows of the sentence after some of the encoder's layers, `[CLS]` first.
    pub states: &'a [f32],
    /// The holder's rows; none if the sentence does not name him.
    pub holder: Option<Range<usize>>,
    /// The rows of each target, none of them empty.
    pub targets: &'a [Range<usize>],
}

/// Memory that a head works in: a worker's own, kept from call to call.
#[derive(Debug, Default)]
pub struct RelationScratch {
    layer: layer::Scratch,
    rows: Vec<f32>,
    features: Vec<f32>,
    inner: Vec<f32>,
}

impl RelationHead {
    /// Reads the head whose tensors' names begin with `name`, of so many layers.
    pub fn read(
        checkpoint: &Checkpoint,
        name: &str,
        layers: usize,
        precision: Precision,
    ) -> Result<Self, StageError> {
        let hidden = checkpoint.config().hidden_size;
        Ok(Self {
            isa: Isa::detect(),
            hidden,
            roles: checkpoint.floats(&format!("{name}.role.weight"), &[ABSENT + 1, hidden])?,
            layers: (0..layers)
                .map(|i| Layer::read(checkpoint, &format!("{name}.layers.{i}"), precision))
                .collect::<Result<_, _>>()?,
            inner: checkpoint.linear(&format!("{name}.inner"))?,
            out: checkpoint.linear(&format!("{name}.out"))?,
        })
    }

    /// Values per row of an encoding.
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// How many scores a target gets.
    pub fn classes(&self) -> usize {
        self.out.outputs()
    }

    /// Scores of each target of each pass, one after another.
    pub fn apply(&self, passes: &[Pass<'_>], scratch: &mut RelationScratch, scores: &mut Vec<f32>) {
        scores.clear();
        let mut rest = passes;
        while !rest.is_empty() {
            let mut rows = 0;
            let fits = |pass: &&Pass<'_>| {
                rows += pass.states.len() / self.hidden;
                rows <= TOGETHER
            };
            let count = rest.iter().take_while(fits).count().max(1);
            let (now, later) = rest.split_at(count);
            self.together(now, scratch, scores);
            rest = later;
        }
    }

    /// A few passes as one matrix.
    fn together(&self, passes: &[Pass<'_>], scratch: &mut RelationScratch, scores: &mut Vec<f32>) {
        let RelationScratch { layer, rows, features, inner } = scratch;
        rows.clear();
        let mut ends = Vec::with_capacity(passes.len());
        for pass in passes {
            let start = rows.len();
            rows.extend_from_slice(pass.states);
            let (role, marked) = match &pass.holder {
                Some(holder) => (HOLDER, holder.clone()),
                None => (ABSENT, 0..1),
            };
            for (t, row) in rows[start..].chunks_exact_mut(self.hidden).enumerate() {
                let role = if marked.contains(&t) { role } else { OTHER };
                let role = &self.roles[role * self.hidden..][..self.hidden];
                row.iter_mut().zip(role).for_each(|(x, r)| *x += r);
            }
            ends.push(rows.len() / self.hidden);
        }
        for l in &self.layers {
            l.apply(self.isa, rows, ends.iter().copied(), layer);
        }
        features.clear();
        let mut start = 0;
        for (pass, end) in passes.iter().zip(ends) {
            let own = &rows[start * self.hidden..end * self.hidden];
            let holder = pass.holder.clone().map(|holder| self.mean(own, holder));
            let holder = holder.unwrap_or_else(|| vec![0.0; self.hidden]);
            for target in pass.targets {
                features.extend_from_slice(&holder);
                features.extend(self.mean(own, target.clone()));
                features.extend_from_slice(&own[..self.hidden]);
            }
            start = end;
        }
        self.inner.apply_into(features, inner);
        gelu(self.isa, inner);
        scores.extend(self.out.apply(inner));
    }

    /// The mean of some rows.
    fn mean(&self, rows: &[f32], of: Range<usize>) -> Vec<f32> {
        let mut sum = vec![0.0; self.hidden];
        let count = of.len() as f32;
        for row in rows[of.start * self.hidden..of.end * self.hidden].chunks_exact(self.hidden) {
            sum.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        }
        for x in &mut sum {
            *x /= count;
        }
        sum
    }
}
