//! The layers of a long document, joined from those of its windows.

use crate::layers::{Citations, Clusters, Entities, Quotes, Sentences, Stances, Times, Tokens};
use crate::{Layers, MergeOffsets};

impl Layers {
    /// Adds the layers of the next window, which begins at `byte` of the document, to those of the windows before it.
    /// Layers that do not join are left out.
    pub fn append(&mut self, next: Self, byte: usize) {
        let offsets = MergeOffsets::after(self, byte);
        self.append_at(next, &offsets);
    }
}

impl MergeOffsets {
    /// The offsets of a window that begins at `byte`, after the layers that have been merged so far.
    pub fn after(joined: &Layers, byte: usize) -> Self {
        let sentences = joined.get::<Sentences>();
        Self {
            bytes: byte as u32,
            paragraphs: sentences.and_then(|s| s.items.last()).map_or(0, |last| last.paragraph + 1),
            sentences: sentences.map_or(0, |layer| layer.items.len() as u32),
            tokens: joined.get::<Tokens>().map_or(0, |layer| layer.all().len() as u32),
            entities: joined.get::<Entities>().map_or(0, |layer| layer.items.len() as u32),
            clusters: joined.get::<Clusters>().map_or(0, |layer| layer.items.len() as u32),
            quotes: joined.get::<Quotes>().map_or(0, |layer| layer.items.len() as u32),
            citations: joined.get::<Citations>().map_or(0, |layer| layer.items.len() as u32),
            stances: joined.get::<Stances>().map_or(0, |layer| layer.items.len() as u32),
            times: joined.get::<Times>().map_or(0, |layer| layer.items.len() as u32),
        }
    }
}
