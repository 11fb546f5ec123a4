//! What the language model says of a predicate.

use docmill_core::layers::{EventType, Hints};

use crate::options::Side;
use crate::party::Party;
use crate::tree::Tree;

/// Bounds of a score: beyond, it says no more.
const MOST: f32 = 8.0;
/// The score of somebody that the model was not asked about.
const UNASKED: f32 = -6.0;

/// Logarithms of odds for one predicate and one type.
#[derive(Debug, Clone)]
pub(crate) struct Read {
    /// That it tells an event of the type.
    pub trigger: f32,
    /// Word of the sentence, as actor, as recipient.
    sides: Vec<(usize, f32, f32)>,
}

/// What types a word may tell, if the model was asked.
pub(crate) fn types_of(hints: &Hints, tree: &Tree<'_>, word: usize) -> Vec<(EventType, Read)> {
    let token = (tree.first + word) as u32;
    let of = hints.sides_of(token).iter();
    let sides: Vec<(usize, f32, f32)> = of
        .filter_map(|hint| Some(((hint.word as usize).checked_sub(tree.first)?, hint.actor, hint.recipient)))
        .collect();
    let told = hints.triggers_of(token).iter();
    told.filter_map(|hint| {
        let (kind, _) = EventType::ALL.get(usize::from(hint.kind))?;
        Some((*kind, Read { trigger: bounded(hint.score), sides: sides.clone() }))
    })
    .collect()
}

impl Read {
    /// That a reading is right: that one of its parties is the actor, or, for nobody, that no word is.
    pub fn actor(&self, tree: &Tree<'_>, side: &Side) -> f32 {
        self.side(tree, side, |(_, actor, _)| *actor)
    }

    /// The same of the recipients.
    pub fn recipient(&self, tree: &Tree<'_>, side: &Side) -> f32 {
        self.side(tree, side, |(_, _, recipient)| *recipient)
    }

    fn side(&self, tree: &Tree<'_>, side: &Side, of: impl Fn(&(usize, f32, f32)) -> f32) -> f32 {
        if side.is_nobody() {
            // The logarithm of the odds of none, of words that are independent of each other.
            let none: f32 = self.sides.iter().map(|one| -(1.0 + of(one).exp()).ln()).sum();
            return bounded(none - (1.0 - none.exp()).max(1e-6).ln());
        }
        let stands_for = |party: &Party, word: usize| {
            word == party.word || tree.words.get(word).is_some_and(|word| party.told.span.overlaps(word.span))
        };
        let asked = self.sides.iter().filter(|(word, ..)| side.parties.iter().any(|p| stands_for(p, *word)));
        bounded(asked.map(of).fold(UNASKED, f32::max))
    }
}

fn bounded(score: f32) -> f32 {
    score.clamp(-MOST, MOST)
}
