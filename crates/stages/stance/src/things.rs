//! What besides names a stance can be about: noun phrases and clauses, by the dependency tree.

use std::ops::Range;

use docmill_core::Span;
use docmill_core::layers::Upos;

use crate::party::{Party, Who};
use crate::tree::Tree;
use crate::words::Words;

/// So many of one sentence are looked at: a text without sentence ends costs no more than its length.
const MOST: usize = 60;

/// The form of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A name or a pronoun.
    Name,
    /// A noun phrase: an issue, or somebody without a name.
    Noun,
    /// A clause or an infinitive: an issue.
    Clause,
}

impl Form {
    /// The letter that stands for it in training data.
    pub fn letter(self) -> char {
        match self {
            Self::Name => 'E',
            Self::Noun => 'N',
            Self::Clause => 'C',
        }
    }
}

/// A noun phrase or clause.
#[derive(Debug, Clone)]
pub(crate) struct Thing {
    pub span: Span,
    /// Its words.
    pub range: Range<usize>,
    /// The word that carries the others.
    pub top: usize,
    pub form: Form,
}

/// Those of a sentence that no name stands for, in text order of what carries them.
pub(crate) fn things(tree: &Tree<'_>, words: &Words<'_>, parties: &[Party]) -> Vec<Thing> {
    let mut named = vec![false; tree.len()];
    for party in parties.iter().filter(|party| matches!(party.who, Who::Entity(_))) {
        let range = words.range(party.span);
        if let Some(words) = named.get_mut(range) {
            words.fill(true);
        }
    }
    let found = (0..tree.len()).filter(|&i| !named[i]).filter_map(|i| {
        let base = tree.relation(i).split(':').next().unwrap_or_default();
        match tree.upos(i) {
            Upos::Noun | Upos::Propn
                if matches!(base, "nsubj" | "obj" | "iobj" | "obl" | "nmod" | "conj") =>
            {
                thing(tree.phrase(i, words)?, i, Form::Noun, words)
            }
            Upos::Verb
                if base == "ccomp" || matches!(base, "xcomp" | "advcl" | "acl") && tree.is_infinitive(i) =>
            {
                let reach = tree.clause(i);
                thing(words.span(reach.start)?.cover(words.span(reach.end - 1)?), i, Form::Clause, words)
            }
            _ => None,
        }
    });
    found.take(MOST).collect()
}

fn thing(span: Span, top: usize, form: Form, words: &Words<'_>) -> Option<Thing> {
    let range = words.range(span);
    (!range.is_empty()).then_some(Thing { span, range, top, form })
}
