//! The stances of the whole run.

use docmill_core::layers::{StancePolarity, StanceRecord, TargetKind};
use docmill_jsonl::Record;
use serde::Serialize;

use super::coded::Coded;
use super::names::{DocumentNames, NameKind, Names, unnamed_holder};
use super::word;

/// Stances as the page's script reads them: a column each.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Stances {
    document: Vec<u32>,
    /// Index among the document's stances.
    item: Vec<u32>,
    holder: Vec<u32>,
    target: Vec<u32>,
    polarity: Vec<StancePolarity>,
    modality: Coded,
    relation: Coded,
}

impl Stances {
    pub fn add(&mut self, document: u32, record: &Record, of: &DocumentNames<'_>, names: &mut Names) {
        for (item, stance) in record.stances.iter().enumerate() {
            self.document.push(document);
            self.item.push(item as u32);
            self.holder.push(holder(record, stance, of, names));
            self.target.push(target(stance, of, names));
            self.polarity.push(stance.polarity);
            self.modality.push(word(stance.modality).as_deref());
            self.relation.push(stance.relation.and_then(word).as_deref());
        }
    }

    /// The stances of the document that was added last.
    pub fn len(&self) -> usize {
        self.document.len()
    }
}

fn holder(record: &Record, stance: &StanceRecord, of: &DocumentNames<'_>, names: &mut Names) -> u32 {
    of.entity(stance.holder.entity.as_deref()).unwrap_or_else(|| {
        let text = unnamed_holder(record, stance.holder.kind, stance.holder.text.as_deref());
        names.number(NameKind::Unnamed, &text)
    })
}

fn target(stance: &StanceRecord, of: &DocumentNames<'_>, names: &mut Names) -> u32 {
    let kind = if stance.target.kind == TargetKind::Issue { NameKind::Issue } else { NameKind::Unnamed };
    of.entity(stance.target.entity.as_deref()).unwrap_or_else(|| names.number(kind, &stance.target.text))
}
