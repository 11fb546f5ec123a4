//! Layers that read several sentences at a time, over what the encoder has of each in its middle.

use std::ops::Range;

use docmill_core::StageError;
use docmill_kernels::Isa;

use crate::checkpoint::Checkpoint;
use crate::layer::{self, Layer, Precision};

/// Some layers of the encoder's kind over windows of sentences.
///
/// ```text
/// x_t = H_t + place[s_t]   H: rows of single sentences after some of the encoder's layers; s_t: the sentence's number in its window
/// y   = the layers over x
/// ```
///
/// A window has whole sentences in order. Their rows depend on the sentences of their window, and on nothing else of the
/// document, in no bit.
#[derive(Debug)]
pub struct ContextLayers {
    isa: Isa,
    hidden: usize,
    /// Most rows of a window.
    window: usize,
    /// A row for each place in a window.
    places: Vec<f32>,
    layers: Vec<Layer>,
}

/// Memory that the layers work in: a worker's own, kept from call to call.
#[derive(Debug, Default)]
pub struct ContextScratch {
    layer: layer::Scratch,
}

impl ContextLayers {
    /// Reads the layers whose tensors' names begin with `name`.
    pub fn read(
        checkpoint: &Checkpoint,
        name: &str,
        [layers, places, window]: [usize; 3],
        precision: Precision,
    ) -> Result<Self, StageError> {
        let hidden = checkpoint.config().hidden_size;
        Ok(Self {
            isa: Isa::detect(),
            hidden,
            window,
            places: checkpoint.floats(&format!("{name}.place.weight"), &[places, hidden])?,
            layers: (0..layers)
                .map(|i| Layer::read(checkpoint, &format!("{name}.layers.{i}"), precision))
                .collect::<Result<_, _>>()?,
        })
    }

    /// Values per row.
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// Puts what comes out in the place of what goes in. `ends`: for each sequence, one past its last row.
    pub fn apply(&self, rows: &mut [f32], ends: &[usize], scratch: &mut ContextScratch) {
        let start_of = |i: usize| i.checked_sub(1).map_or(0, |before| ends[before]);
        let lengths: Vec<usize> = (0..ends.len()).map(|i| ends[i] - start_of(i)).collect();
        for window in windows(&lengths, self.window) {
            for i in window.clone() {
                let values = start_of(i) * self.hidden..ends[i] * self.hidden;
                self.mark(&mut rows[values], i - window.start);
            }
            let (start, end) = (start_of(window.start), start_of(window.end));
            let own = &mut rows[start * self.hidden..end * self.hidden];
            for l in &self.layers {
                l.apply(self.isa, own, std::iter::once(end - start), &mut scratch.layer);
            }
        }
    }

    /// Adds the row of a place in a window.
    fn mark(&self, rows: &mut [f32], place: usize) {
        let places = self.places.len() / self.hidden;
        let place = &self.places[place.min(places - 1) * self.hidden..][..self.hidden];
        for row in rows.chunks_exact_mut(self.hidden) {
            row.iter_mut().zip(place).for_each(|(x, p)| *x += p);
        }
    }
}

/// Sequences by their lengths to windows of at most `most` rows; one that is longer has a window to itself.
fn windows(lengths: &[usize], most: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut total = 0;
    for (i, &length) in lengths.iter().enumerate() {
        match found.last_mut() {
            Some(last) if total + length <= most => last.end = i + 1,
            _ => {
                found.push(i..i + 1);
                total = 0;
            }
        }
        total += length;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_hold_whole_sequences() {
        assert!(windows(&[], 10).is_empty());
        assert_eq!(windows(&[4, 4], 10), vec![Range { start: 0, end: 2 }]);
        assert_eq!(windows(&[4, 4, 4, 2, 3], 10), [0..2, 2..5]);
        // One that is too long, before and after others.
        assert_eq!(windows(&[4, 30, 5], 10), [0..1, 1..2, 2..3]);
    }
}
