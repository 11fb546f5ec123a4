//! The pieces and their numbers.

use rustc_hash::FxHashMap;

use super::is_start;

/// A vocabulary, by bytes.
#[derive(Debug)]
pub struct Vocabulary {
    /// Pieces that begin a word.
    first: Pieces,
    /// Pieces that go on, without their `##`.
    rest: Pieces,
    len: usize,
}

#[derive(Debug, Default)]
struct Pieces {
    ids: FxHashMap<Box<[u8]>, u32>,
    longest: usize,
}

impl Pieces {
    /// Of two pieces with the same text the later counts, as in Hugging Face's dictionary.
    fn add(&mut self, piece: &str, id: u32) {
        self.longest = self.longest.max(piece.len());
        self.ids.insert(piece.as_bytes().into(), id);
    }
}

impl Vocabulary {
    /// One piece a line; its number is the line's, from 0.
    pub fn new(text: &str) -> Self {
        let (mut first, mut rest) = (Pieces::default(), Pieces::default());
        let mut len = 0;
        for (id, line) in text.lines().enumerate() {
            let id = id as u32;
            first.add(line, id);
            if let Some(piece) = line.strip_prefix("##").filter(|piece| !piece.is_empty()) {
                rest.add(piece, id);
            }
            len += 1;
        }
        Self { first, rest, len }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// The piece that is all of `run`.
    pub fn whole(&self, run: &[u8]) -> Option<u32> {
        self.first.ids.get(run).copied()
    }

    /// The longest piece that `run` begins with, and its length.
    pub fn longest(&self, run: &[u8], first: bool) -> Option<(u32, usize)> {
        let pieces = if first { &self.first } else { &self.rest };
        let mut end = run.len().min(pieces.longest);
        while end > 0 {
            let whole_characters = end == run.len() || is_start(run[end]);
            if whole_characters && let Some(id) = pieces.ids.get(&run[..end]) {
                return Some((*id, end));
            }
            end -= 1;
        }
        None
    }
}
