//! Our words as wordpieces.

use std::ops::Range;

/// The wordpieces of a document, word by word. A word without pieces (a stray control character) is possible.
#[derive(Debug, Default)]
pub struct Pieces {
    ids: Vec<u32>,
    /// `ends[w]`: one past the last piece of word `w`.
    ends: Vec<u32>,
    /// Token type of each word, the same for all its pieces.
    types: Vec<u8>,
}

impl Pieces {
    /// Adds a word; `pieces` appends its ids. More than `limit` pieces are cut off: the word's label is that of its
    /// first piece, and a word must fit into a window.
    pub fn push(&mut self, token_type: u8, limit: usize, pieces: impl FnOnce(&mut Vec<u32>)) {
        let start = self.ids.len();
        pieces(&mut self.ids);
        self.ids.truncate(start + limit);
        self.ends.push(self.ids.len() as u32);
        self.types.push(token_type);
    }

    /// Number of pieces of a word.
    pub fn len_of(&self, word: usize) -> usize {
        self.ends[word] as usize - self.start_of(word)
    }

    /// Ids of the pieces of consecutive words.
    pub fn ids_of(&self, words: Range<usize>) -> &[u32] {
        let start = self.start_of(words.start);
        &self.ids[start..start.max(self.start_of(words.end))]
    }

    /// Token type of a word.
    pub fn type_of(&self, word: usize) -> u8 {
        self.types[word]
    }

    /// Where the first piece of `word` stands in [`Pieces::ids_of`] words from `first` on; none if it has no piece.
    pub fn first_piece(&self, word: usize, first: usize) -> Option<usize> {
        (self.len_of(word) > 0).then(|| self.start_of(word) - self.start_of(first))
    }

    fn start_of(&self, word: usize) -> usize {
        word.checked_sub(1).map_or(0, |before| self.ends[before] as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(words: &[&[u32]]) -> Pieces {
        let mut pieces = Pieces::default();
        for word in words {
            pieces.push(0, 3, |ids| ids.extend_from_slice(word));
        }
        pieces
    }

    #[test]
    fn a_word_is_found_by_its_first_piece() {
        let pieces = pieces(&[&[1], &[2, 3], &[], &[4]]);
        assert_eq!(pieces.ids_of(1..4), [2, 3, 4]);
        assert_eq!(pieces.first_piece(1, 1), Some(0));
        assert_eq!(pieces.first_piece(2, 1), None);
        assert_eq!(pieces.first_piece(3, 1), Some(2));
    }

    #[test]
    fn a_long_word_keeps_its_first_pieces() {
        let pieces = pieces(&[&[1, 2, 3, 4, 5], &[6]]);
        assert_eq!(pieces.len_of(0), 3);
        assert_eq!(pieces.ids_of(0..2), [1, 2, 3, 6]);
    }

    #[test]
    fn no_words_have_no_pieces() {
        let pieces = pieces(&[&[1]]);
        assert!(pieces.ids_of(1..1).is_empty());
        assert!(pieces.ids_of(0..0).is_empty());
    }
}
