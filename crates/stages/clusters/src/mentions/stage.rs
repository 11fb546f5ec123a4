//! The running stage.

use docmill_core::layers::{Mention, MentionForm, Mentions};
use docmill_core::{Document, Stage, StageError};

use super::link::Linker;
use super::model::Model;
use super::scan::{Class, Scan};

/// Adds mentions to documents with clusters and syntax.
pub(crate) struct MentionsStage {
    pub model: &'static Model,
    pub threshold: f32,
}

impl Stage for MentionsStage {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let scan = Scan::new(doc)?;
        let mut linker = Linker::new(&scan, self.model, self.threshold);
        linker.run(&mut |_, _, _| {});
        let mut items: Vec<Mention> = Vec::new();
        for (found, link) in scan.found.iter().zip(&linker.links) {
            let (Some(cluster), None) = (link.cluster, found.entity) else { continue };
            let form = if found.class.is_pronoun() { MentionForm::Pronoun } else { MentionForm::Nominal };
            let phrase = scan.tokens[found.first].cover(scan.tokens[found.head]);
            if found.class != Class::Pair {
                let (head, sentence) = (found.head as u32, found.sentence as u32);
                items.push(Mention { span: phrase, head, form, cluster, sentence, score: link.score });
            }
        }
        items.sort_by_key(|mention| mention.head);
        items.dedup_by_key(|mention| mention.head);
        doc.layers_mut().insert(Mentions { items });
        Ok(())
    }
}
