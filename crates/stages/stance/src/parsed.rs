//! A parsed sentence, and what features say of the parties in it.

use std::ops::Range;

use docmill_core::Document;

use crate::direction::Reading;
use crate::found::Found;
use crate::names::Kind;
use crate::party::{Party, Who};
use crate::things::{Form, Thing};
use crate::tree::Tree;

/// A parsed sentence.
pub(crate) struct Parsed<'p> {
    pub doc: &'p Document,
    pub tree: &'p Tree<'p>,
    pub found: &'p Found<'p>,
}

/// A holder and a target, each with its words.
pub(crate) struct Sides<'s> {
    pub parties: [Party; 2],
    pub ranges: [&'s Range<usize>; 2],
    pub form: Form,
    pub reading: Option<Reading>,
}

impl Parsed<'_> {
    /// Whether a party takes part in what is said over a thing, or is quoted with it.
    pub fn is_tied(&self, range: &Range<usize>, thing: &Thing, holder: Party) -> bool {
        let Some(top) = self.tree.top(range) else { return false };
        let above = self.tree.above(thing.top, TIES);
        above.iter().any(|(p, _)| self.tree.part(top, *p) != "-")
            || self.found.scene.quotation(thing.span).is_some_and(|quote| {
                !quote.content.contains(holder.span) && self.found.is_speaker(holder, quote)
            })
    }
}

/// So many predicates over a thing may tie it to a holder.
const TIES: usize = 3;

/// What a party is, as features name it.
pub(crate) fn kind<'f>(found: &'f Found<'_>, party: Party) -> &'f str {
    match party.who {
        Who::Entity(i) => {
            let mention = found.scene.entities.get(i as usize);
            if mention.is_some_and(|mention| mention.span != party.span) {
                "anaphor"
            } else if found.names.is(i as usize, Kind::State) {
                "state"
            } else {
                mention.map_or("", |mention| &*mention.label)
            }
        }
        Who::Speaker(..) => "speaker",
        Who::Author => "author",
        Who::Group(_) => "group",
        Who::Thing(_) => "thing",
    }
}

/// Where holder and target stand to the quotation around the target.
pub(crate) fn scope(found: &Found<'_>, holder: Party, target: Party) -> &'static str {
    let Some(quote) = found.scene.quotation(target.span) else { return "none" };
    if quote.content.contains(holder.span) {
        "inside"
    } else if found.is_speaker(holder, quote) {
        "speaker"
    } else {
        "outside"
    }
}
