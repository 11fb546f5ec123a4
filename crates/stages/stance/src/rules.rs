//! The rules on a given pair, for measurement and for other programs.

use docmill_core::Span;
use docmill_core::layers::Relation;

use crate::direction::Agent;
use crate::lexicon::Lexicon;
use crate::relation::Clause;
use crate::words::Words;

/// Who acts in a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acting {
    /// The one that was named first in the question.
    First,
    /// The other.
    Second,
    /// Each toward the other.
    Both,
}

/// A sentence read by the rules.
pub struct PairRules<'d>(Clause<'d>);

impl<'d> PairRules<'d> {
    /// Reads the words of one sentence of `text`.
    pub fn new(text: &str, words: &'d [Span]) -> Self {
        Self(Clause::new(Words::new(text, words), Lexicon::shipped()))
    }

    /// The quad class of what passes from `source` to `target`, if the lexicon has a word for it.
    pub fn relation(&self, source: Span, target: Span) -> Option<Relation> {
        let words = &self.0.words;
        self.0.between(&words.range(source), &words.range(target))?.root.relation()
    }

    /// Who acts, if it is plain.
    pub fn acting(&self, first: Span, second: Span) -> Option<Acting> {
        let (a, b) = (self.0.words.range(first), self.0.words.range(second));
        let turned = b.start < a.start;
        let reading = if turned { self.0.reading(&b, &a, &[]) } else { self.0.reading(&a, &b, &[]) };
        Some(match (reading?.agent, turned) {
            (Agent::Both, _) => Acting::Both,
            (Agent::First, false) | (Agent::Second, true) => Acting::First,
            (Agent::First, true) | (Agent::Second, false) => Acting::Second,
        })
    }
}
