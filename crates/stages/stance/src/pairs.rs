//! Which parties of a sentence are asked about together.

use crate::party::Party;

/// Pairs of parties, as indices: those that stand nearest to each other first, at most `most`, then in text order.
/// Parties that are the `same` make no pair, nor do those whose words overlap.
pub(crate) fn pairs(
    parties: &[Party],
    most: usize,
    same: impl Fn(Party, Party) -> bool,
) -> Vec<(usize, usize)> {
    let mut found: Vec<(u32, usize, usize)> = Vec::new();
    for (i, &a) in parties.iter().enumerate() {
        // Only near ones: a list of a thousand names would make half a million pairs.
        for (j, &b) in parties.iter().enumerate().skip(i + 1).take(most) {
            if a.span.end <= b.span.start && !same(a, b) {
                found.push((b.span.start - a.span.end, i, j));
            }
        }
    }
    found.sort_unstable();
    found.truncate(most);
    let mut pairs: Vec<(usize, usize)> = found.into_iter().map(|(_, i, j)| (i, j)).collect();
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use docmill_core::Span;

    use super::*;
    use crate::party::Who;

    fn party(i: u32, start: usize) -> Party {
        Party { span: Span::new(start, start + 2), who: Who::Entity(i) }
    }

    #[test]
    fn the_nearest_come_first_and_the_same_never() {
        let parties = [party(0, 0), party(1, 10), party(2, 14), party(0, 20)];
        let same = |a: Party, b: Party| a.who == b.who;
        assert_eq!(pairs(&parties, 9, same), [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)]);
        assert_eq!(pairs(&parties, 2, same), [(1, 2), (2, 3)]);
        assert_eq!(pairs(&parties, 0, same), []);
    }

    #[test]
    fn words_that_overlap_make_no_pair() {
        assert_eq!(pairs(&[party(0, 0), party(1, 1)], 9, |_, _| false), []);
    }
}
