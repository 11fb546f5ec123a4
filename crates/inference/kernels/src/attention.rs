//! Self-attention of one sentence.

use std::array::from_fn;

use crate::exp::exp_vector;
use crate::float::{store_some, sums};
use crate::isa::Isa;
use crate::simd::{LANES, Line, Program, Simd};
use crate::tile::for_each_tile;

/// How a row of queries, keys and values is cut into heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heads {
    /// How many heads.
    pub count: usize,
    /// Values of each.
    pub size: usize,
}

/// Memory that [`attention`] works in; kept from call to call, so that nothing is allocated.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Vector of 16 tokens by vector: for every value of a head, the 16 tokens' keys.
    keys: Vec<Line<f32>>,
    /// Vector of 16 values by vector: for every token, the values.
    values: Vec<Line<f32>>,
    /// Of each query, one score per token, filled up to a multiple of 16.
    scores: Vec<[f32; LANES]>,
    /// Of each query, what its scores must be multiplied by to sum up to 1.
    factors: Vec<f32>,
}

/// Each token's values, mixed over all tokens of the sentence by softmax(query * key).
///
/// `projected` holds a row per token: queries of all heads, keys of all heads, values of all heads; the
/// queries are already divided by the square root of a head's size. `out` gets a row per token, the
/// mixed values of all heads.
pub fn attention(isa: Isa, heads: Heads, projected: &[f32], scratch: &mut Scratch, out: &mut [f32]) {
    let hidden = heads.count * heads.size;
    assert_eq!(projected.len(), 3 * out.len(), "queries, keys and values");
    let rows = Rows { values: projected, width: 3 * hidden };
    attend(isa, heads, rows, rows.from(hidden), scratch, out);
}

/// [`attention`] of a few queries over a sentence: `queries` holds a row for each, `keys` a row per token with the
/// keys of all heads and the values of all heads; `out` gets a row per query.
pub fn attention_of(
    isa: Isa,
    heads: Heads,
    queries: &[f32],
    keys: &[f32],
    scratch: &mut Scratch,
    out: &mut [f32],
) {
    let hidden = heads.count * heads.size;
    assert_eq!(queries.len(), out.len(), "a row out for each query");
    let queries = Rows { values: queries, width: hidden };
    attend(isa, heads, queries, Rows { values: keys, width: 2 * hidden }, scratch, out);
}

fn attend(isa: Isa, heads: Heads, queries: Rows<'_>, keys: Rows<'_>, scratch: &mut Scratch, out: &mut [f32]) {
    let hidden = heads.count * heads.size;
    assert!(hidden > 0 && out.len().is_multiple_of(hidden), "rows of {hidden} in {}", out.len());
    let tokens = keys.values.len().div_ceil(keys.width.max(1));
    assert!(out.is_empty() || tokens > 0, "queries without a sentence");
    if !out.is_empty() {
        isa.run(Attention { heads, rows: out.len() / hidden, tokens, queries, keys, scratch, out });
    }
}

/// Rows of `width` values; only the first of each are looked at.
#[derive(Clone, Copy)]
struct Rows<'a> {
    values: &'a [f32],
    width: usize,
}

impl<'a> Rows<'a> {
    /// The same rows from their value `at` on.
    fn from(self, at: usize) -> Self {
        Self { values: self.values.get(at..).unwrap_or_default(), width: self.width }
    }

    /// `size` values of row `i`, from its value `at` on.
    #[inline(always)]
    fn slice(self, i: usize, at: usize, size: usize) -> &'a [f32] {
        &self.values[i * self.width + at..][..size]
    }
}

struct Attention<'a> {
    heads: Heads,
    /// Queries.
    rows: usize,
    /// Keys, and values.
    tokens: usize,
    queries: Rows<'a>,
    /// Keys, then values.
    keys: Rows<'a>,
    scratch: &'a mut Scratch,
    out: &'a mut [f32],
}

impl Program for Attention<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(mut self, s: S) {
        let Self { heads, rows, tokens, .. } = self;
        let (across, along) = (tokens.div_ceil(LANES), heads.size.div_ceil(LANES));
        self.scratch.keys.resize(across * heads.size, Line::ZERO);
        self.scratch.values.resize(along * tokens, Line::ZERO);
        self.scratch.scores.resize(rows * across, [0.0; LANES]);
        self.scratch.factors.resize(rows, 0.0);
        for head in 0..heads.count {
            self.pack(head);
            for_each_tile!(S, true, rows, across, |row, vector, R, C| {
                self.score::<S, R, C>(s, head, row, vector);
            });
            let Scratch { scores, factors, .. } = &mut *self.scratch;
            for (scores, factor) in scores.chunks_exact_mut(across).zip(factors) {
                *factor = softmax(s, scores, tokens);
            }
            for_each_tile!(S, true, rows, along, |row, vector, R, C| {
                self.mix::<S, R, C>(s, head, row, vector);
            });
        }
    }
}

impl Attention<'_> {
    /// The keys and values of `head`, in the order that the products read them.
    #[inline(always)]
    fn pack(&mut self, head: usize) {
        let Heads { count, size } = self.heads;
        let key = |token: usize| self.keys.slice(token, head * size, size);
        // Four tokens by four values at a time: four stores instead of sixteen.
        let fours = if size.is_multiple_of(4) { self.tokens / 4 * 4 } else { 0 };
        for token in (0..fours).step_by(4) {
            let keys = &mut self.scratch.keys[token / LANES * size..][..size];
            let from: [&[[f32; 4]]; 4] = from_fn(|i| key(token + i).as_chunks().0);
            for (i, lines) in keys.as_chunks_mut::<4>().0.iter_mut().enumerate() {
                let square = from_fn::<_, 4, _>(|j| from[j][i]);
                for (k, line) in lines.iter_mut().enumerate() {
                    line.0[token % LANES..][..4].copy_from_slice(&square.map(|row| row[k]));
                }
            }
        }
        for token in fours..self.tokens {
            let keys = &mut self.scratch.keys[token / LANES * size..][..size];
            for (line, x) in keys.iter_mut().zip(key(token)) {
                line.0[token % LANES] = *x;
            }
        }
        for token in 0..self.tokens {
            let value = self.keys.slice(token, (count + head) * size, size);
            for (i, part) in value.chunks(LANES).enumerate() {
                self.scratch.values[i * self.tokens + token].0[..part.len()].copy_from_slice(part);
            }
        }
    }

    /// Query times key, for `R` queries and `C` vectors of keys.
    #[inline(always)]
    fn score<S: Simd, const R: usize, const C: usize>(
        &mut self,
        s: S,
        head: usize,
        row: usize,
        vector: usize,
    ) {
        let size = self.heads.size;
        let queries: [&[f32]; R] = from_fn(|r| self.queries.slice(row + r, head * size, size));
        let keys: [&[Line<f32>]; C] = from_fn(|c| &self.scratch.keys[(vector + c) * size..][..size]);
        let sums = sums::<S, R, C>(s, size, queries, keys);
        let across = self.tokens.div_ceil(LANES);
        for r in 0..R {
            let scores = &mut self.scratch.scores[(row + r) * across + vector..][..C];
            for c in 0..C {
                s.store(&mut scores[c], sums[r][c]);
            }
        }
    }

    /// Score times value, for `R` tokens and `C` vectors of a head's values.
    #[inline(always)]
    fn mix<S: Simd, const R: usize, const C: usize>(&mut self, s: S, head: usize, row: usize, vector: usize) {
        let Heads { count, size } = self.heads;
        let tokens = self.tokens;
        let across = tokens.div_ceil(LANES);
        let scores: [&[f32]; R] =
            from_fn(|r| &self.scratch.scores[(row + r) * across..][..across].as_flattened()[..tokens]);
        let values: [&[Line<f32>]; C] = from_fn(|c| &self.scratch.values[(vector + c) * tokens..][..tokens]);
        let sums = sums::<S, R, C>(s, tokens, scores, values);
        for r in 0..R {
            let out = &mut self.out[((row + r) * count + head) * size..][..size];
            let factor = s.splat(self.scratch.factors[row + r]);
            for c in 0..C {
                let from = (vector + c) * LANES;
                store_some(s, &mut out[from..size.min(from + LANES)], s.mul(sums[r][c], factor));
            }
        }
    }
}

/// Softmax over the first `tokens` of `scores`, but for a factor, which is returned; those after get 0.
#[inline(always)]
fn softmax<S: Simd>(s: S, scores: &mut [[f32; LANES]], tokens: usize) -> f32 {
    if let Some(last) = scores.last_mut() {
        let filled = (tokens - 1) % LANES + 1;
        last[filled..].fill(f32::MIN);
    }
    let mut greatest = s.splat(f32::MIN);
    for line in scores.iter() {
        greatest = s.max(greatest, s.load(line));
    }
    let greatest = s.splat(s.greatest(greatest));
    let mut sum = s.splat(0.0);
    for line in scores.iter_mut() {
        let x = exp_vector(s, s.sub(s.load(line), greatest));
        sum = s.add(sum, x);
        s.store(line, x);
    }
    1.0 / s.sum(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Noise, each_isa, tried};

    const HEADS: [Heads; 4] = [
        Heads { count: 3, size: 8 },
        Heads { count: 2, size: 20 },
        Heads { count: 2, size: 32 },
        Heads { count: 1, size: 64 },
    ];

    fn mixed(isa: Isa, heads: Heads, tokens: usize, range: f32) -> (Vec<f32>, Vec<f32>) {
        let hidden = heads.count * heads.size;
        let projected = Noise::new(tokens as u64).floats(3 * tokens * hidden, range);
        let mut out = vec![f32::NAN; tokens * hidden];
        let mut scratch = Scratch::default();
        attention(isa, heads, &projected, &mut scratch, &mut out);
        (projected, out)
    }

    #[test]
    fn agrees_with_the_definition() {
        for &heads in tried(&HEADS, 2) {
            let Heads { count, size } = heads;
            for &tokens in tried(&[5, 17, 1, 16, 40, 97], 1) {
                let (projected, out) = mixed(Isa::detect(), heads, tokens, 1.0);
                let at = |t: usize, which: usize, h: usize, i: usize| {
                    f64::from(projected[((3 * t + which) * count + h) * size + i])
                };
                for (t, h) in (0..tokens).flat_map(|t| (0..count).map(move |h| (t, h))) {
                    let score = |u| (0..size).map(|i| at(t, 0, h, i) * at(u, 1, h, i)).sum::<f64>().exp();
                    let scores: Vec<f64> = (0..tokens).map(score).collect();
                    let total: f64 = scores.iter().sum();
                    for i in 0..size {
                        let values = scores.iter().enumerate();
                        let exact = values.map(|(u, score)| score / total * at(u, 2, h, i)).sum::<f64>();
                        let got = f64::from(out[(t * count + h) * size + i]);
                        assert!((got - exact).abs() < 1e-5, "{heads:?} {tokens}: {got} {exact}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_instruction_set_gives_the_same_bits() {
        for &heads in tried(&HEADS, 2) {
            for &tokens in tried(&[7, 1, 33, 64, 90], 1) {
                each_isa(|isa| mixed(isa, heads, tokens, 2.0));
            }
        }
    }

    #[test]
    fn a_few_queries_get_what_they_get_among_all() {
        let heads = HEADS[0];
        let (hidden, tokens) = (heads.count * heads.size, if cfg!(miri) { 9 } else { 37 });
        let (projected, all) = mixed(Isa::detect(), heads, tokens, 1.0);
        let rows = || projected.chunks_exact(3 * hidden);
        let keys: Vec<f32> = rows().flat_map(|row| row[hidden..].to_vec()).collect();
        let chosen = [0, 5, 6, tokens - 1];
        let queries: Vec<f32> =
            chosen.iter().flat_map(|&t| rows().nth(t).unwrap()[..hidden].to_vec()).collect();
        let mut out = vec![f32::NAN; chosen.len() * hidden];
        attention_of(Isa::detect(), heads, &queries, &keys, &mut Scratch::default(), &mut out);
        for (got, &t) in out.chunks_exact(hidden).zip(&chosen) {
            assert_eq!(got, &all[t * hidden..][..hidden], "token {t}");
        }
    }

    /// What an earlier, longer sentence with other heads left behind does not show.
    #[test]
    fn scratch_is_only_memory() {
        let mut scratch = Scratch::default();
        let isa = Isa::detect();
        let turns = [(0, 7), (1, 3), (0, 21), (1, 3), (2, 50), (3, 3), (1, 33), (0, 70)];
        for &(heads, tokens) in tried(&turns, 2) {
            let heads = HEADS[heads];
            let (projected, fresh) = mixed(isa, heads, tokens, 1.5);
            let mut out = vec![0.0; fresh.len()];
            attention(isa, heads, &projected, &mut scratch, &mut out);
            assert_eq!(out, fresh);
        }
    }

    #[test]
    fn scores_far_apart_give_no_infinities() {
        let (_, out) = mixed(Isa::detect(), HEADS[0], if cfg!(miri) { 6 } else { 20 }, 300.0);
        assert!(out.iter().all(|x| x.is_finite()));
    }
}
