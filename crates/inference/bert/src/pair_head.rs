//! A head over pairs of spans that computes all that is costly once a span.

use docmill_core::StageError;
use docmill_kernels::{Isa, gelu};

use crate::checkpoint::Checkpoint;
use crate::linear::Linear;

/// Sentences between two spans, as bounds of classes; one more class is for a span that is not there.
const FAR: [usize; 5] = [1, 2, 3, 5, 9];
/// Pairs scored together: speed only.
const TOGETHER: usize = 64;

/// Scores pairs of spans by what the context layers have of them.
///
/// ```text
/// f_k = w_k gelu(A a + B b + C c + far[d] + bias) + (P_k a) (Q_k b) + b_k
/// ```
///
/// a, b: means of rows of two spans (zeros for a first span that is not there); c: the row of `[CLS]` of the sentence that
/// is asked about; d: the class of the sentences between them.
#[derive(Debug)]
pub struct PairHead {
    isa: Isa,
    hidden: usize,
    classes: usize,
    rank: usize,
    first: Linear,
    second: Linear,
    sentence: Linear,
    left: Linear,
    right: Linear,
    far: Vec<f32>,
    out: Linear,
}

/// A pair: indices of spans and of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The first span, if there is one.
    pub first: Option<usize>,
    /// The second span.
    pub second: usize,
    /// The sentence that is asked about.
    pub sentence: usize,
    /// How many sentences lie between the two.
    pub far: usize,
}

/// What a head has computed of spans and sentences.
#[derive(Debug, Default)]
pub struct Prepared {
    first: Vec<f32>,
    second: Vec<f32>,
    left: Vec<f32>,
    right: Vec<f32>,
    sentence: Vec<f32>,
}

impl PairHead {
    /// Reads the head `name` with so many classes.
    ///
    /// # Errors
    /// If a tensor is missing or of another shape.
    pub fn read(checkpoint: &Checkpoint, name: &str, classes: usize) -> Result<Self, StageError> {
        let hidden = checkpoint.config().hidden_size;
        let matrix = |part: &str, outputs: usize, bias: Vec<f32>| -> Result<Linear, StageError> {
            let weights = checkpoint.floats(&format!("{name}.{part}.weight"), &[outputs, hidden])?;
            Ok(Linear::new(&weights, &bias, hidden))
        };
        let bare = |part: &str, outputs: usize| matrix(part, outputs, vec![0.0; outputs]);
        let whole = |part: &str, outputs: usize| {
            matrix(part, outputs, checkpoint.floats(&format!("{name}.{part}.bias"), &[outputs])?)
        };
        // No rows at all are reported as a wrong shape.
        let rank = (checkpoint.rows_of(&format!("{name}.left.weight"))? / classes.max(1)).max(1);
        Ok(Self {
            isa: Isa::detect(),
            hidden,
            classes,
            rank,
            first: whole("first", hidden)?,
            second: bare("second", hidden)?,
            sentence: bare("sentence", hidden)?,
            left: bare("left", classes * rank)?,
            right: bare("right", classes * rank)?,
            far: checkpoint.floats(&format!("{name}.far.weight"), &[FAR.len() + 2, hidden])?,
            out: whole("out", classes)?,
        })
    }

    /// How many scores a pair gets.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// What is computed once of each span and each sentence. `spans` and `sentences` are rows.
    pub fn prepare(&self, spans: &[f32], sentences: &[f32]) -> Prepared {
        // Behind the spans stands the one that is not there.
        let mut firsts = spans.to_vec();
        firsts.resize(spans.len() + self.hidden, 0.0);
        Prepared {
            first: self.first.apply(&firsts),
            second: self.second.apply(spans),
            left: self.left.apply(&firsts),
            right: self.right.apply(spans),
            sentence: self.sentence.apply(sentences),
        }
    }

    /// Scores of each pair, one after another.
    pub fn scores(&self, prepared: &Prepared, pairs: &[Pair]) -> Vec<f32> {
        let mut scores = Vec::with_capacity(pairs.len() * self.classes);
        let (mut inner, mut out) = (Vec::new(), Vec::new());
        // Behind the spans stands the one that is not there.
        let nobody = prepared.second.len() / self.hidden;
        let width = self.classes * self.rank;
        for pairs in pairs.chunks(TOGETHER) {
            inner.clear();
            for pair in pairs {
                let far = match pair.first {
                    Some(_) => FAR.iter().filter(|&&bound| pair.far >= bound).count(),
                    None => FAR.len() + 1,
                };
                let first = row(&prepared.first, pair.first.unwrap_or(nobody), self.hidden);
                let second = row(&prepared.second, pair.second, self.hidden);
                let sentence = row(&prepared.sentence, pair.sentence, self.hidden);
                let parts =
                    first.iter().zip(second).zip(sentence.iter().zip(row(&self.far, far, self.hidden)));
                inner.extend(parts.map(|((a, b), (c, d))| a + b + c + d));
            }
            gelu(self.isa, &mut inner);
            self.out.apply_into(&inner, &mut out);
            for (pair, own) in pairs.iter().zip(out.chunks_exact(self.classes)) {
                let left = row(&prepared.left, pair.first.unwrap_or(nobody), width);
                let right = row(&prepared.right, pair.second, width);
                let products = left.chunks_exact(self.rank).zip(right.chunks_exact(self.rank));
                scores.extend(own.iter().zip(products).map(|(own, (l, r))| own + dot(l, r)));
            }
        }
        scores
    }
}

/// Row `i` of rows of so many values.
fn row(rows: &[f32], i: usize, width: usize) -> &[f32] {
    &rows[i * width..(i + 1) * width]
}

/// The product of two rows, its terms added in order.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + a * b)
}
