//! Sentences over the model's limit, as overlapping windows.

use std::ops::Range;

/// What one row of a batch reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The words it reads.
    pub words: Range<usize>,
    /// The words whose labels are taken from it: those that have most context here. The `keep` of a sentence's
    /// windows together are the sentence.
    pub keep: Range<usize>,
}

/// Cuts a sentence into windows of at most `capacity` pieces, always between words. Neighbours share about a
/// quarter of the capacity, so that every word is read with at least an eighth of it on either side.
///
/// `len_of` says how many pieces a word has, never more than `capacity`.
pub fn windows(
    sentence: Range<usize>,
    capacity: usize,
    len_of: impl Fn(usize) -> usize,
    out: &mut Vec<Window>,
) {
    let first = out.len();
    let mut start = sentence.start;
    while start < sentence.end {
        let end = start + fitting(start..sentence.end, capacity, &len_of).max(1);
        out.push(Window { words: start..end, keep: start..end });
        if end == sentence.end {
            break;
        }
        // At least one word further, or it would never end.
        start = (end - fitting((start..end).rev(), capacity / 4, &len_of)).max(start + 1);
    }
    for i in first + 1..out.len() {
        let cut = middle(out[i].words.start..out[i - 1].words.end, &len_of);
        out[i - 1].keep.end = cut;
        out[i].keep.start = cut;
    }
}

/// How many of `words`, from the first on, have together at most `capacity` pieces.
fn fitting(words: impl Iterator<Item = usize>, capacity: usize, len_of: impl Fn(usize) -> usize) -> usize {
    let mut pieces = 0;
    words
        .take_while(|&word| {
            pieces += len_of(word);
            pieces <= capacity
        })
        .count()
}

/// The first word of the half of `shared` that is nearer to its end, counted in pieces: words before it have more
/// context in the window that ends there, the others in the window that begins there.
fn middle(shared: Range<usize>, len_of: impl Fn(usize) -> usize) -> usize {
    let total: usize = shared.clone().map(&len_of).sum();
    shared.start + fitting(shared, total / 2, len_of)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(lens: &[usize], capacity: usize) -> Vec<Window> {
        let mut out = Vec::new();
        windows(0..lens.len(), capacity, |w| lens[w], &mut out);
        out
    }

    #[test]
    fn a_sentence_that_fits_is_one_window() {
        assert_eq!(cut(&[3, 4, 3], 10), [Window { words: 0..3, keep: 0..3 }]);
        assert!(cut(&[], 10).is_empty());
    }

    #[test]
    fn a_longer_one_overlaps_and_each_word_has_one_keeper() {
        let windows = cut(&[1; 14], 8);
        let expected = [(0..8, 0..7), (6..14, 7..14)];
        assert_eq!(windows, expected.map(|(words, keep)| Window { words, keep }));
    }

    proptest! {
        #[test]
        fn windows_fit_and_keep_every_word_once(
            lens in prop::collection::vec(0_usize..12, 0..200),
            capacity in 12_usize..40,
        ) {
            let windows = cut(&lens, capacity);
            let mut next = 0;
            for window in &windows {
                prop_assert!(window.words.clone().map(|w| lens[w]).sum::<usize>() <= capacity);
                prop_assert_eq!(window.keep.start, next);
                prop_assert!(window.words.start <= window.keep.start && window.keep.end <= window.words.end);
                next = window.keep.end;
            }
            prop_assert_eq!(next, lens.len());
        }

        #[test]
        fn a_word_is_kept_where_its_context_is_widest(
            lens in prop::collection::vec(1_usize..4, 50..200),
            capacity in 24_usize..40,
        ) {
            let windows = cut(&lens, capacity);
            let pieces = |words: Range<usize>| words.map(|w| lens[w]).sum::<usize>();
            // A sentence's own ends are no cut.
            let context = |window: &Window, word: usize| {
                let left = if window.words.start == 0 { usize::MAX } else { pieces(window.words.start..word) };
                let open_end = window.words.end == lens.len();
                let right = if open_end { usize::MAX } else { pieces(word + 1..window.words.end) };
                left.min(right)
            };
            for window in &windows {
                for word in window.keep.clone() {
                    let here = context(window, word);
                    for other in windows.iter().filter(|other| other.words.contains(&word)) {
                        // Words differ in length, so the middle is met up to one word.
                        prop_assert!(context(other, word) <= here.saturating_add(4));
                    }
                }
            }
        }
    }
}
