//! A question about a sentence: a holder, a target, and the features of both.

use crate::features::Question;
use crate::parsed::{Parsed, Sides, kind, scope};
use crate::read::Asked;
use crate::weights::Features;

/// A question that waits for its answer.
pub(crate) struct Open<'s> {
    pub sides: Sides<'s>,
    pub features: Features,
}

impl<'s> Open<'s> {
    /// `vote`: what the rules read of the two, -1, 0 or 1.
    pub fn new(parsed: &Parsed<'_>, sides: Sides<'s>, vote: Option<i8>) -> Self {
        let found = parsed.found;
        let [holder, target] = sides.parties;
        let question = Question {
            tree: parsed.tree,
            clause: found.clause,
            holder: sides.ranges[0],
            target: sides.ranges[1],
            form: sides.form,
            kinds: [kind(found, holder), kind(found, target)],
            vote,
            scope: scope(found, holder, target),
        };
        Self { features: question.features(), sides }
    }

    /// Whom and what the model is asked about. The author has no words of his own.
    pub fn asked(&self) -> Asked {
        let [holder, target] = self.sides.parties;
        (Some(holder.span).filter(|span| *span != target.span), target.span)
    }
}
