//! Windows of like length share a batch.
//!
//! Batches are formed inside one document only. libtorch and BLAS choose their kernels by the shape of the input,
//! and the last bits of a result follow that choice; with batches across documents, a score on a rounding edge
//! would depend on which documents happen to share a chunk, and so on `--jobs`. Inside a document the composition
//! of every batch is a function of the document.

use docmill_pretrained::{Pieces, Specials, Window};

/// Divides rows of the given lengths into batches: longest first, at most `budget` positions each, padding counted.
///
/// Padding is what sorting saves: in document order it makes batches 1.9 to 2.8 times as large as they need be.
pub fn plan(lengths: &[usize], budget: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    // Longest first: a window that fits into memory is met before any work is done in vain. Stable.
    order.sort_by_key(|&row| std::cmp::Reverse(lengths[row]));
    let mut batches: Vec<Vec<usize>> = Vec::new();
    for row in order {
        match batches.last_mut() {
            Some(batch) if (batch.len() + 1) * lengths[batch[0]] <= budget => batch.push(row),
            _ => batches.push(vec![row]),
        }
    }
    batches
}

/// Input of one forward pass, row after row. All vectors have `rows * width` values.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub rows: usize,
    pub width: usize,
    pub ids: Vec<i64>,
    pub types: Vec<i64>,
    /// 1 where there is input, 0 where there is padding.
    pub mask: Vec<i64>,
}

impl Batch {
    /// The rows for these windows.
    pub fn new<'w>(
        windows: impl Iterator<Item = &'w Window> + Clone,
        pieces: &Pieces,
        specials: Specials,
    ) -> Self {
        let length = |window: &Window| pieces.ids_of(window.words.clone()).len() + Specials::COUNT;
        let rows = windows.clone().count();
        let width = windows.clone().map(length).max().unwrap_or(0);
        let mut batch = Self {
            rows,
            width,
            ids: vec![i64::from(specials.pad); rows * width],
            types: vec![0; rows * width],
            mask: vec![0; rows * width],
        };
        for (row, window) in windows.enumerate() {
            let from = row * width;
            let ids = pieces.ids_of(window.words.clone());
            batch.ids[from] = i64::from(specials.first);
            for (slot, &id) in batch.ids[from + 1..].iter_mut().zip(ids) {
                *slot = i64::from(id);
            }
            batch.ids[from + 1 + ids.len()] = i64::from(specials.last);
            batch.mask[from..from + length(window)].fill(1);
            let mut at = from + 1;
            for word in window.words.clone() {
                let len = pieces.len_of(word);
                batch.types[at..at + len].fill(i64::from(pieces.type_of(word)));
                at += len;
            }
        }
        batch
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rows_of_like_length_share_a_batch() {
        assert_eq!(plan(&[5, 30, 6, 31, 5], 62), [vec![3, 1], vec![2, 0, 4]]);
        assert!(plan(&[], 62).is_empty());
    }

    #[test]
    fn a_row_over_the_budget_goes_alone() {
        assert_eq!(plan(&[100, 99], 50), [vec![0], vec![1]]);
    }

    #[test]
    fn a_batch_is_padded_and_masked() {
        let mut pieces = Pieces::default();
        pieces.push(1, 9, |ids| ids.extend([11, 12]));
        pieces.push(0, 9, |ids| ids.push(13));
        pieces.push(4, 9, |ids| ids.push(14));
        let windows = [Window { words: 0..2, keep: 0..2 }, Window { words: 2..3, keep: 2..3 }];
        let batch = Batch::new(windows.iter(), &pieces, Specials { first: 2, last: 3, pad: 0 });
        assert_eq!((batch.rows, batch.width), (2, 5));
        assert_eq!(batch.ids, [2, 11, 12, 13, 3, 2, 14, 3, 0, 0]);
        assert_eq!(batch.types, [0, 1, 1, 0, 0, 0, 4, 0, 0, 0]);
        assert_eq!(batch.mask, [1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
    }

    proptest! {
        #[test]
        fn every_row_is_planned_once_and_the_budget_holds(
            lengths in prop::collection::vec(1_usize..100, 0..100),
            budget in 50_usize..500,
        ) {
            let batches = plan(&lengths, budget);
            for batch in &batches {
                let widest = batch.iter().map(|&row| lengths[row]).max().unwrap();
                prop_assert!(batch.len() == 1 || batch.len() * widest <= budget);
            }
            let mut rows = batches.concat();
            rows.sort_unstable();
            prop_assert_eq!(rows, (0..lengths.len()).collect::<Vec<_>>());
        }
    }
}
