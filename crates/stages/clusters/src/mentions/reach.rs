//! How far what hangs on a word reaches.

/// The first and the last token of what hangs on each token, itself included.
#[derive(Debug, Default)]
pub(crate) struct Reach {
    pub first: Vec<u32>,
    pub last: Vec<u32>,
}

impl Reach {
    /// Each token is visited after all that hang on it; in a circle none is, and each stands for itself.
    pub fn new(count: usize, head: impl Fn(usize) -> Option<usize>) -> Self {
        let own: Vec<u32> = (0..count as u32).collect();
        let mut reach = Self { first: own.clone(), last: own };
        let above = |token: usize| head(token).filter(|&head| head < count && head != token);
        let mut waits: Vec<u32> = vec![0; count];
        for head in (0..count).filter_map(above) {
            waits[head] += 1;
        }
        let mut ready: Vec<usize> = (0..count).filter(|&token| waits[token] == 0).collect();
        while let Some(token) = ready.pop() {
            let Some(head) = above(token) else { continue };
            reach.first[head] = reach.first[head].min(reach.first[token]);
            reach.last[head] = reach.last[head].max(reach.last[token]);
            waits[head] -= 1;
            if waits[head] == 0 {
                ready.push(head);
            }
        }
        reach
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_on_a_word_counts_and_circles_do_not() {
        // `the man who left`; then two words that hang on each other.
        let heads = [Some(1), None, Some(3), Some(1), Some(5), Some(4)];
        let reach = Reach::new(heads.len(), |token| heads[token]);
        assert_eq!((reach.first[1], reach.last[1]), (0, 3));
        assert_eq!((reach.first[3], reach.last[3]), (2, 3));
        assert_eq!((reach.first[4], reach.last[4]), (4, 4));
    }
}
