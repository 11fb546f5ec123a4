//! Groups inputs into chunks, the unit of work of one worker.

/// Inputs grouped so that a chunk holds at most so many, and ends once it reaches so many bytes.
pub(crate) struct Chunks<I: Iterator, B> {
    inputs: I,
    bytes_of: B,
    documents: usize,
    bytes: usize,
    /// Chunks made so far.
    made: u32,
}

impl<I: Iterator, B: Fn(&I::Item) -> usize> Chunks<I, B> {
    pub fn new(inputs: I, bytes_of: B, documents: usize, bytes: usize) -> Self {
        Self { inputs, bytes_of, documents: documents.max(1), bytes, made: 0 }
    }
}

impl<I: Iterator, B: Fn(&I::Item) -> usize> Iterator for Chunks<I, B> {
    type Item = Vec<I::Item>;

    fn next(&mut self) -> Option<Vec<I::Item>> {
        // Chunks grow 1, 2, 4, ...: the first results come soon, and a run of a few documents uses every worker.
        let documents = self.documents.min(1usize.checked_shl(self.made / 2).unwrap_or(usize::MAX));
        let mut chunk = Vec::new();
        let mut bytes = 0;
        while chunk.len() < documents && (chunk.is_empty() || bytes < self.bytes) {
            let Some(input) = self.inputs.next() else { break };
            bytes += (self.bytes_of)(&input);
            chunk.push(input);
        }
        self.made = self.made.saturating_add(1);
        if chunk.is_empty() { None } else { Some(chunk) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_grow_to_the_limit_and_keep_order() {
        let sizes: Vec<usize> = Chunks::new(0..40, |_| 1, 8, 1000).map(|c| c.len()).collect();
        assert_eq!(sizes, [1, 1, 2, 2, 4, 4, 8, 8, 8, 2]);
        let all: Vec<i32> = Chunks::new(0..40, |_| 1, 8, 1000).flatten().collect();
        assert_eq!(all, (0..40).collect::<Vec<_>>());
    }

    #[test]
    fn a_chunk_ends_when_its_bytes_are_reached() {
        let sizes: Vec<usize> =
            Chunks::new([9, 50, 50, 50, 1, 1].into_iter(), |b| *b, 8, 60).map(|c| c.len()).collect();
        assert_eq!(sizes, [1, 1, 2, 2]);
    }
}
