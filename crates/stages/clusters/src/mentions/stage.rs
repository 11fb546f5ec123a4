//! The running stage.

use std::fs::File;
use std::io::Write as _;
use std::sync::Mutex;

use docmill_core::layers::{Mention, Mentions};
use docmill_core::{Document, Span, Stage, StageError};

use super::class::Class;
use super::link::Linker;
use super::model::Model;
use super::rows::rows_with;
use super::scan::Scan;
use super::unnamed::{Unnamed, unnamed};
use super::words::MentionLists;

/// Adds mentions to documents with clusters and syntax.
pub(crate) struct MentionsStage {
    pub model: &'static Model,
    pub lists: MentionLists,
    pub threshold: f32,
    pub unnamed: Unnamed,
    /// Where what is ranked is written to, to learn from.
    pub features: Option<Mutex<File>>,
}

impl Stage for MentionsStage {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        // A document in windows is written once, as a whole.
        if let Some(features) = self.features.as_ref().filter(|_| !doc.is_window()) {
            let text = format!("d\t{}\n{}", doc.id(), rows_with(doc, &self.lists, self.threshold, None)?);
            let written = features.lock().map_or(Ok(()), |mut file| file.write_all(text.as_bytes()));
            written.map_err(|error| StageError::Document(format!("features cannot be written: {error}")))?;
        }
        let read = Scan::new(doc, &self.lists)?;
        let mut linker = Linker::new(&read, self.model, self.threshold);
        linker.run(&mut |_, _, _| {});
        let mut items: Vec<Mention> = Vec::new();
        let mut of_names: Vec<Span> = read.entities.items.iter().map(|entity| entity.span).collect();
        for (found, link) in read.found.iter().zip(&linker.links) {
            let (span, phrase) = read.spans(found);
            if let Some(name) = found.entity.and_then(|entity| of_names.get_mut(entity as usize)) {
                *name = name.cover(phrase);
                continue;
            }
            let Some(cluster) = link.cluster.filter(|_| found.class != Class::Pair) else { continue };
            items.push(Mention {
                span,
                phrase,
                head: found.head as u32,
                form: found.form(),
                cluster,
                sentence: found.sentence as u32,
                score: link.score,
                relative: found.class == Class::Relative,
            });
        }
        items.sort_by_key(|mention| mention.head);
        items.dedup_by_key(|mention| mention.head);
        let unnamed = unnamed(&read, &linker, self.unnamed);
        doc.layers_mut().insert(Mentions { items, of_names, unnamed });
        Ok(())
    }
}
