//! Which label follows which.

/// Scores of label pairs, for the best sequence instead of the best label of each word: a linear chain decoded by the
/// algorithm of Viterbi (1967). A head that reads each word alone may say `B-ORG I-MISC I-ORG`; a chain cannot.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Transitions {
    /// From the label of the row to that of the column.
    scores: Vec<f32>,
    labels: usize,
    /// The label that stands before the first word.
    start: usize,
}

impl Transitions {
    /// `scores`: `labels` rows of `labels`; `start` stands before the first word.
    pub fn new(scores: Vec<f32>, labels: usize, start: usize) -> Self {
        debug_assert_eq!(scores.len(), labels * labels, "checked when the config is read");
        Self { scores, labels, start }
    }

    /// The sequence with the highest sum of the words' scores and those of the pairs, one label a word. Of equal
    /// ones, that whose last differing label comes first. Scores that are not numbers give some sequence.
    pub fn best_path<'a>(&self, words: impl Iterator<Item = &'a [f32]>) -> Vec<usize> {
        let n = self.labels;
        let mut best = vec![f32::NEG_INFINITY; n];
        best[self.start] = 0.0;
        let mut next = vec![0.0; n];
        let mut from: Vec<usize> = Vec::new();
        for scores in words {
            for (to, next) in next.iter_mut().enumerate() {
                let through = |before: usize| best[before] + self.scores[before * n + to];
                let before = (1..n).fold(0, |top, i| if through(i) > through(top) { i } else { top });
                from.push(before);
                *next = through(before) + scores.get(to).copied().unwrap_or(f32::NAN);
            }
            std::mem::swap(&mut best, &mut next);
        }
        let mut label = (1..n).fold(0, |top, i| if best[i] > best[top] { i } else { top });
        let mut path: Vec<usize> = Vec::with_capacity(from.len() / n.max(1));
        for before in from.chunks_exact(n).rev() {
            path.push(label);
            label = before[label];
        }
        path.reverse();
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every sequence tried.
    fn by_force(transitions: &Transitions, words: &[Vec<f32>]) -> f32 {
        let n = transitions.labels;
        let total = n.pow(words.len() as u32);
        (0..total)
            .map(|code| score(transitions, words, &digits(code, n, words.len())))
            .fold(f32::MIN, f32::max)
    }

    fn digits(mut code: usize, base: usize, count: usize) -> Vec<usize> {
        (0..count)
            .map(|_| {
                let digit = code % base;
                code /= base;
                digit
            })
            .collect()
    }

    fn score(transitions: &Transitions, words: &[Vec<f32>], path: &[usize]) -> f32 {
        let before = std::iter::once(transitions.start).chain(path.iter().copied());
        before
            .zip(path)
            .zip(words)
            .map(|((a, &b), w)| transitions.scores[a * transitions.labels + b] + w[b])
            .sum()
    }

    #[test]
    fn no_sequence_is_better() {
        // A linear congruential generator: small whole numbers, so that sums are exact and ties happen.
        let mut state = 7_u32;
        let mut number = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ((state >> 16) % 9) as f32 - 4.0
        };
        for length in 0..6 {
            for _ in 0..50 {
                let transitions = Transitions::new((0..16).map(|_| number()).collect(), 4, 1);
                let words: Vec<Vec<f32>> = (0..length).map(|_| (0..4).map(|_| number()).collect()).collect();
                let path = transitions.best_path(words.iter().map(Vec::as_slice));
                assert_eq!(path.len(), words.len());
                // Small whole numbers: exact.
                assert!((score(&transitions, &words, &path) - by_force(&transitions, &words)).abs() < 0.5);
            }
        }
    }

    #[test]
    fn the_start_stands_before_the_first_word() {
        let never = -10_000.0;
        let transitions = Transitions::new(vec![0.0, 0.0, never, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], 3, 0);
        assert_eq!(transitions.best_path([&[0.0, 1.0, 9.0][..]].into_iter()), [1]);
    }
}
