//! A head that reads the syntax of a sentence: parts of speech, lemma scripts, and who depends on whom.

use std::path::Path;

use docmill_core::StageError;
use docmill_kernels::{FloatMatrix, Isa, QuantRows, Then, multiply_float};
use serde::Deserialize;

use crate::checkpoint::Checkpoint;
use crate::described::described;
use crate::layer::{Matrix, Precision};

/// A biaffine parser (Dozat and Manning 2017) over the words of a sentence.
///
/// ```text
/// h_0 = the row of [CLS], the root; h_i = the row of word i's first wordpiece
/// upos, lemma:  linear in h_i
/// a_i = relu(arc_dep h_i)     b_j = relu(arc_head h_j)    arc(i, j)    = a_i W b_j + v b_j
/// d_i = relu(rel_dep h_i)     e_j = relu(rel_head h_j)    rel(r, i, j) = [d_i; 1] W_r [e_j; 1]
/// ```
///
/// The scores of a sentence depend, in any bit, on no other sentence and on no processor.
#[derive(Debug)]
pub struct Biaffine {
    isa: Isa,
    hidden: usize,
    arc: usize,
    rel: usize,
    upos: Vec<String>,
    deprel: Vec<String>,
    lemma: Vec<String>,
    /// All that is linear in h, side by side: `arc_dep`, `arc_head`, `rel_dep`, `rel_head`, `upos`, `lemma`.
    first: Matrix,
    /// `W b_j`, and behind it `v b_j`.
    heads: Matrix,
    /// `W_r [e_j; 1]` for all r, those of one value of `[d_i; 1]` side by side.
    relations: Matrix,
    /// Values in such a row: relations, filled up.
    stride: usize,
}

/// What the head says of a sentence; memory that is kept from call to call.
#[derive(Debug, Default)]
pub struct Parse {
    words: usize,
    bytes: QuantRows,
    first: Vec<f32>,
    part: Vec<f32>,
    product: Vec<f32>,
    deps: Vec<f32>,
    /// Index of each word's part of speech.
    pub upos: Vec<u32>,
    /// Index of each word's lemma script.
    pub lemma: Vec<u32>,
    /// Word by word the score of each possible head; that of the root first, then the words'.
    pub arcs: Vec<f32>,
}

#[derive(Debug, Deserialize)]
struct Described {
    form: String,
    upos: Vec<String>,
    deprel: Vec<String>,
    lemma: Vec<String>,
}

impl Biaffine {
    /// Reads the head `name` of the model in `folder`.
    pub fn load(folder: &Path, name: &str, precision: Precision) -> Result<Self, StageError> {
        let Described { form, upos, deprel, lemma } = described(folder, name)?;
        let wrong = |reason: String| {
            let help = "take config.json and model.safetensors from one package";
            StageError::file(folder.join("config.json"), format!("head `{name}`: {reason}"), help)
        };
        if form != "biaffine" {
            return Err(wrong(format!("its form is `{form}`; this program knows `biaffine`")));
        }
        if upos.is_empty() || deprel.is_empty() || lemma.is_empty() || deprel.len() > 256 {
            return Err(wrong("it needs `upos`, `lemma` and 1 to 256 of `deprel`".to_owned()));
        }
        let checkpoint = Checkpoint::open(folder)?;
        let hidden = checkpoint.config().hidden_size;
        let arc = checkpoint.rows_of(&format!("{name}.arc_dep.weight"))?;
        let rel = checkpoint.rows_of(&format!("{name}.rel_dep.weight"))?;
        if arc == 0 || rel == 0 || arc % 16 != 0 || rel % 16 != 0 {
            return Err(wrong(format!("layers of {arc} and {rel} values, not of multiples of 16")));
        }
        let (mut weights, mut bias) = (Vec::new(), Vec::new());
        for (part, outputs) in [
            ("arc_dep", arc),
            ("arc_head", arc),
            ("rel_dep", rel),
            ("rel_head", rel),
            ("upos", upos.len()),
            ("lemma", lemma.len()),
        ] {
            weights.extend(checkpoint.floats(&format!("{name}.{part}.weight"), &[outputs, hidden])?);
            bias.extend(checkpoint.floats(&format!("{name}.{part}.bias"), &[outputs])?);
        }
        let first = filled_up(precision, weights, bias, hidden);

        let mut weights = checkpoint.floats(&format!("{name}.arc.weight"), &[arc, arc])?;
        weights.extend(checkpoint.floats(&format!("{name}.arc.head_bias"), &[arc])?);
        let heads = filled_up(precision, weights, vec![0.0; arc + 1], arc);

        let (sides, stride) = (rel + 1, deprel.len().next_multiple_of(16));
        let written = checkpoint.floats(&format!("{name}.rel.weight"), &[deprel.len(), sides, sides])?;
        let mut weights = vec![0.0; sides * stride * rel];
        let mut bias = vec![0.0; sides * stride];
        for (i, row) in written.chunks_exact(sides).enumerate() {
            let output = i % sides * stride + i / sides;
            weights[output * rel..][..rel].copy_from_slice(&row[..rel]);
            bias[output] = row[rel];
        }
        let relations = Matrix::new(precision, &weights, &bias, rel);
        let isa = Isa::detect();
        Ok(Self { isa, hidden, arc, rel, upos, deprel, lemma, first, heads, relations, stride })
    }

    /// Values per row of an encoding.
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// Names of the parts of speech, by their index in [`Parse::upos`].
    pub fn upos(&self) -> &[String] {
        &self.upos
    }

    /// Names of the relations, by their index.
    pub fn deprel(&self) -> &[String] {
        &self.deprel
    }

    /// The lemma scripts, by their index in [`Parse::lemma`].
    pub fn lemma(&self) -> &[String] {
        &self.lemma
    }

    /// Scores a sentence. `rows`: that of `[CLS]`, then one for each word.
    pub fn read(&self, rows: &[f32], parse: &mut Parse) {
        let Parse { words, bytes, first, part, product, deps, upos, lemma, arcs } = parse;
        *words = (rows.len() / self.hidden).saturating_sub(1);
        upos.clear();
        lemma.clear();
        arcs.clear();
        if *words == 0 {
            return;
        }
        self.first.apply(self.isa, rows, self.hidden, Then::Store, bytes, first);
        let width = self.first.outputs();
        let (tags, scripts) = (2 * (self.arc + self.rel), 2 * (self.arc + self.rel) + self.upos.len());
        for row in first.chunks_exact(width).skip(1) {
            upos.push(greatest(&row[tags..scripts]));
            lemma.push(greatest(&row[scripts..scripts + self.lemma.len()]));
        }

        positive(first.chunks_exact(width), self.arc, self.arc, part);
        self.heads.apply(self.isa, part, self.arc, Then::Store, bytes, product);
        let (mut weights, mut bias) = (Vec::with_capacity(part.len()), Vec::with_capacity(*words + 1));
        for row in product.chunks_exact(self.heads.outputs()) {
            weights.extend_from_slice(&row[..self.arc]);
            bias.push(row[self.arc]);
        }
        let heads = FloatMatrix::new(&weights, &bias, self.arc);
        positive(first.chunks_exact(width).skip(1), 0, self.arc, part);
        arcs.resize(*words * (*words + 1), 0.0);
        multiply_float(self.isa, part, &heads, Then::Store, arcs);
        positive(first.chunks_exact(width).skip(1), 2 * self.arc, self.rel, deps);
    }

    /// The relation of each word of the sentence read last to its head, `heads[i]` (0: the root, j: word j - 1): the
    /// best of those that are `allowed`.
    pub fn relations(&self, heads: &[usize], allowed: &dyn Fn(usize) -> bool, parse: &mut Parse) -> Vec<u32> {
        let Parse { bytes, first, part, product, deps, words, .. } = parse;
        if heads.len() != *words || heads.is_empty() {
            return Vec::new();
        }
        // Most words are nobody's head.
        let mut asked: Vec<usize> = heads.to_vec();
        asked.sort_unstable();
        asked.dedup();
        let width = self.first.outputs();
        let rows = asked.iter().map(|&head| &first[head * width..][..width]);
        positive(rows, 2 * self.arc + self.rel, self.rel, part);
        self.relations.apply(self.isa, part, self.rel, Then::Store, bytes, product);
        let mut scores = vec![0.0; self.stride];
        let mut found = Vec::with_capacity(heads.len());
        for (dep, &head) in deps.chunks_exact(self.rel).zip(heads) {
            let place = asked.partition_point(|&other| other < head);
            let sides = product[place * self.relations.outputs()..].chunks_exact(self.stride);
            scores.fill(0.0);
            // In this order on every processor, and by vectors all the same: the sums run over relations.
            for (d, side) in dep.iter().chain([&1.0]).zip(sides) {
                scores.iter_mut().zip(side).for_each(|(sum, x)| *sum += d * x);
            }
            let best = (0..self.deprel.len())
                .filter(|&relation| allowed(relation))
                .reduce(|best, other| if scores[other] > scores[best] { other } else { best });
            found.push(best.unwrap_or(0) as u32);
        }
        found
    }
}

/// A matrix whose outputs are filled up with zeros to a multiple of 16.
fn filled_up(precision: Precision, mut weights: Vec<f32>, mut bias: Vec<f32>, inputs: usize) -> Matrix {
    bias.resize(bias.len().next_multiple_of(16), 0.0);
    weights.resize(bias.len() * inputs, 0.0);
    Matrix::new(precision, &weights, &bias, inputs)
}

/// What of `size` values from `start` on is positive, row by row.
fn positive<'a>(rows: impl Iterator<Item = &'a [f32]>, start: usize, size: usize, out: &mut Vec<f32>) {
    out.clear();
    rows.for_each(|row| out.extend(row[start..start + size].iter().map(|x| x.max(0.0))));
}

/// Index of the greatest; the first of equals.
fn greatest(scores: &[f32]) -> u32 {
    let best =
        (0..scores.len()).reduce(|best, other| if scores[other] > scores[best] { other } else { best });
    best.unwrap_or(0) as u32
}
