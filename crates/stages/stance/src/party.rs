//! Who holds a stance, or is its target.

use docmill_core::Span;
use docmill_core::layers::{Holder, HolderKind, Target, TargetKind};

/// Somebody in a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Party {
    /// The words that stand for it in the sentence; the model is asked about these.
    pub span: Span,
    /// Who it is.
    pub who: Who,
}

/// Who a party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// An entity mention by its index, the one of the sentence or the one that `he` or `the group` stands for.
    Entity(u32),
    /// Somebody quoted, who says `we`; the entity mention if it is one, and the words that name it.
    Speaker(Option<u32>, Span),
    /// The author.
    Author,
    /// Somebody without a name, by the words that stand for it: `many residents`, a pronoun that nobody is known for.
    Group(Span),
    /// Something or somebody without a name that a stance is about: `the attack`, `to send troops`. It holds none.
    Thing(Span),
}

impl Party {
    /// As a holder.
    pub fn holder(self) -> Holder {
        match self.who {
            Who::Entity(entity) => {
                Holder { kind: HolderKind::Entity, entity: Some(entity), span: Some(self.span) }
            }
            Who::Speaker(entity, span) => Holder { kind: HolderKind::Speaker, entity, span: Some(span) },
            Who::Author => Holder { kind: HolderKind::Author, entity: None, span: None },
            Who::Group(span) | Who::Thing(span) => {
                Holder { kind: HolderKind::Group, entity: None, span: Some(span) }
            }
        }
    }

    /// The entity mention that it is, if it is one.
    pub fn entity(self) -> Option<u32> {
        self.holder().entity
    }

    /// As a target of a kind; the author is none.
    pub fn target(self, kind: TargetKind) -> Option<Target> {
        (self.who != Who::Author).then(|| Target { kind, entity: self.mention(), span: self.span })
    }

    /// The entity mention that it is as a target: not that of somebody without a name.
    pub fn mention(self) -> Option<u32> {
        match self.who {
            Who::Entity(entity) | Who::Speaker(Some(entity), _) => Some(entity),
            Who::Speaker(None, _) | Who::Author | Who::Group(_) | Who::Thing(_) => None,
        }
    }
}
