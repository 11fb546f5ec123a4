//! The best tree of a sentence.

/// Heads of `words` words, 0 for the root and j for word j - 1, such that they are one tree with one root and the sum
/// of their `scores` is greatest.
///
/// `scores`: word by word that of each head, the root's first. The best head of each word is usually a tree already; if
/// not, the algorithm of Chu, Liu and Edmonds makes one, in the square of `words`.
pub fn best_tree(scores: &[f32], words: usize) -> Vec<usize> {
    let heads: Vec<usize> = (0..words).map(|word| best_head(scores, words, word)).collect();
    if is_tree(&heads) { heads } else { Contraction::new(scores, words).solve() }
}

/// The best head of a word: never itself.
fn best_head(scores: &[f32], words: usize, word: usize) -> usize {
    let row = &scores[word * (words + 1)..][..=words];
    let others = (0..=words).filter(|&head| head != word + 1);
    others.reduce(|best, head| if row[head] > row[best] { head } else { best }).unwrap_or(0)
}

/// Whether all words hang on exactly one word that hangs on the root.
pub fn is_tree(heads: &[usize]) -> bool {
    const UNKNOWN: u8 = 0;
    const ON_THE_WAY: u8 = 1;
    const FINE: u8 = 2;
    if heads.iter().filter(|&&head| head == 0).count() != 1 || heads.iter().any(|&head| head > heads.len()) {
        return false;
    }
    let mut state = vec![UNKNOWN; heads.len() + 1];
    state[0] = FINE;
    let mut way = Vec::new();
    for start in 1..=heads.len() {
        let mut node = start;
        while state[node] == UNKNOWN {
            state[node] = ON_THE_WAY;
            way.push(node);
            node = heads[node - 1];
        }
        if state[node] == ON_THE_WAY {
            return false;
        }
        way.drain(..).for_each(|node| state[node] = FINE);
    }
    true
}

/// An arc between two words, or the root and a word, with what it is worth where it stands.
#[derive(Debug, Clone, Copy)]
struct Arc {
    score: f64,
    head: usize,
    dependent: usize,
}

/// Chu, Liu and Edmonds on a full matrix: cycles are contracted in place, row by row, so that all contractions together
/// take the square of the number of words.
struct Contraction {
    /// Words and root.
    size: usize,
    /// `arcs[dependent * size + head]` between slots. A contracted cycle has the slot of one of its members.
    arcs: Vec<Arc>,
    /// What each slot holds now: a node. Nodes below `size` are words; those behind are cycles.
    node: Vec<usize>,
    /// Whether the slot is still in use.
    alive: Vec<bool>,
    /// The head that each slot has chosen, as a slot.
    chosen: Vec<usize>,
    /// The cycle that each node went into, as a node.
    inside: Vec<Option<usize>>,
    /// The arc that each node has taken.
    taken: Vec<Option<Arc>>,
    /// The members of each cycle, as nodes.
    cycles: Vec<Vec<usize>>,
}

impl Contraction {
    fn new(scores: &[f32], words: usize) -> Self {
        let size = words + 1;
        // A score that is no number counts as the worst.
        let value = |score: f32| if score.is_finite() { f64::from(score) } else { f64::from(f32::MIN) };
        let (least, greatest) = scores.iter().fold((f64::MAX, f64::MIN), |(least, greatest), &score| {
            (least.min(value(score)), greatest.max(value(score)))
        });
        // More than all other arcs can make good: so the best tree has as few words at the root as possible, which
        // is one. The sizes stand in it so that no score is too large to feel it.
        let price = (greatest - least + greatest.abs() + least.abs() + 1.0) * size as f64;
        let mut arcs = Vec::with_capacity(size * size);
        for dependent in 0..size {
            for head in 0..size {
                let score = match dependent.checked_sub(1) {
                    Some(word) => value(scores[word * size + head]) - if head == 0 { price } else { 0.0 },
                    None => 0.0,
                };
                arcs.push(Arc { score, head, dependent });
            }
        }
        Self {
            size,
            arcs,
            node: (0..size).collect(),
            alive: vec![true; size],
            chosen: vec![0; size],
            inside: vec![None; size],
            taken: vec![None; size],
            cycles: Vec::new(),
        }
    }

    fn solve(mut self) -> Vec<usize> {
        // 0: not looked at; 1: on the way that is walked; 2: its way ends at the root.
        let mut state = vec![0_u8; self.size];
        state[0] = 2;
        let mut way: Vec<usize> = Vec::new();
        for start in 1..self.size {
            if !self.alive[start] || state[start] != 0 {
                continue;
            }
            let mut slot = start;
            loop {
                match state[slot] {
                    0 => {
                        state[slot] = 1;
                        way.push(slot);
                        slot = self.choose(slot);
                    }
                    1 => {
                        let from = way.iter().position(|&other| other == slot).unwrap_or(0);
                        let cycle = way.split_off(from);
                        slot = self.contract(&cycle);
                        state[slot] = 0;
                    }
                    _ => break,
                }
            }
            way.drain(..).for_each(|slot| state[slot] = 2);
        }
        self.expand()
    }

    /// Takes the best arc into a slot; returns the slot of its head.
    fn choose(&mut self, slot: usize) -> usize {
        let row = &self.arcs[slot * self.size..][..self.size];
        let heads = (0..self.size).filter(|&head| head != slot && self.alive[head]);
        let best = heads.reduce(|best, head| if row[head].score > row[best].score { head } else { best });
        let best = best.unwrap_or(0);
        self.chosen[slot] = best;
        self.taken[self.node[slot]] = Some(row[best]);
        best
    }

    /// Makes one slot of those of a cycle, the first of them, and returns it.
    fn contract(&mut self, cycle: &[usize]) -> usize {
        let (size, keeper) = (self.size, cycle[0]);
        let cycle_node = self.inside.len();
        self.inside.push(None);
        self.taken.push(None);
        for &member in cycle {
            self.inside[self.node[member]] = Some(cycle_node);
        }
        let own: Vec<f64> =
            cycle.iter().map(|&slot| self.arcs[slot * size + self.chosen[slot]].score).collect();
        for &member in cycle {
            self.alive[member] = false;
        }
        for other in (0..size).filter(|&other| self.alive[other]) {
            // Into the cycle: the arc takes the place of the member's own.
            let mut entry = self.arcs[keeper * size + other];
            entry.score -= own[0];
            // Out of the cycle, to `other`.
            let mut exit = self.arcs[other * size + keeper];
            for (&member, own) in cycle.iter().zip(&own).skip(1) {
                let mut arc = self.arcs[member * size + other];
                arc.score -= own;
                if arc.score > entry.score {
                    entry = arc;
                }
                let arc = self.arcs[other * size + member];
                if arc.score > exit.score {
                    exit = arc;
                }
            }
            self.arcs[keeper * size + other] = entry;
            self.arcs[other * size + keeper] = exit;
        }
        self.cycles.push(cycle.iter().map(|&slot| self.node[slot]).collect());
        self.alive[keeper] = true;
        self.node[keeper] = cycle_node;
        keeper
    }

    /// Opens the cycles, the last first: the member at which a cycle is entered gives up its own arc.
    fn expand(mut self) -> Vec<usize> {
        for cycle in (0..self.cycles.len()).rev() {
            let node = self.size + cycle;
            if let Some(arc) = self.taken[node] {
                let mut member = arc.dependent;
                while let Some(outer) = self.inside[member].filter(|&outer| outer != node) {
                    member = outer;
                }
                self.taken[member] = Some(arc);
            }
        }
        (1..self.size).map(|word| self.taken[word].map_or(0, |arc| arc.head)).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The best tree by trying all.
    fn by_trying(scores: &[f32], words: usize) -> f64 {
        let mut best = f64::MIN;
        let mut heads = vec![0; words];
        for mut code in 0..(words + 1).pow(words as u32) {
            for head in &mut heads {
                *head = code % (words + 1);
                code /= words + 1;
            }
            if is_tree(&heads) {
                best = best.max(total(scores, &heads));
            }
        }
        best
    }

    fn total(scores: &[f32], heads: &[usize]) -> f64 {
        let size = heads.len() + 1;
        heads.iter().enumerate().map(|(word, head)| f64::from(scores[word * size + head])).sum()
    }

    #[test]
    fn trees_are_told_from_what_is_none() {
        assert!(is_tree(&[2, 0, 2]));
        assert!(is_tree(&[0]));
        assert!(!is_tree(&[]), "no root");
        assert!(!is_tree(&[0, 0]), "two roots");
        assert!(!is_tree(&[2, 1, 0]), "a cycle");
        assert!(!is_tree(&[1, 0]), "its own head");
        assert!(!is_tree(&[7, 0]), "a head that is not there");
    }

    #[test]
    fn a_word_alone_is_the_root() {
        assert_eq!(best_tree(&[-3.0, 9.0], 1), [0]);
        assert!(best_tree(&[], 0).is_empty());
    }

    #[test]
    fn no_score_makes_it_fail() {
        for score in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 0.0] {
            assert!(is_tree(&best_tree(&[score; 6 * 7], 6)), "{score}");
        }
    }

    proptest! {
        #[test]
        fn no_tree_is_better(words in 1_usize..6, pool in prop::collection::vec(-9.0_f32..9.0, 30)) {
            let scores = &pool[..words * (words + 1)];
            let heads = best_tree(scores, words);
            prop_assert!(is_tree(&heads));
            prop_assert!((total(scores, &heads) - by_trying(scores, words)).abs() < 1e-3);
        }

        #[test]
        fn many_words_are_a_tree_too(words in 20_usize..90, seed in any::<u32>(), steps in 2_u32..50) {
            // Few different scores: many cycles, and ties.
            let mut state = seed | 1;
            let scores: Vec<f32> = (0..words * (words + 1)).map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 16).rem_euclid(steps) as f32
            }).collect();
            prop_assert!(is_tree(&best_tree(&scores, words)));
        }
    }
}
