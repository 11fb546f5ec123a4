//! How far noun phrases reach.

use std::ops::RangeInclusive;

use docmill_core::Span;
use docmill_core::layers::Upos;

use super::scan::{Found, Scan};

/// Relations of what hangs on a noun without belonging to its phrase: other parts of the clause whose predicate it is,
/// what it is joined to, what explains it.
const OUTSIDE: [&str; 30] = [
    "acl:cleft",
    "advcl",
    "appos",
    "aux",
    "aux:pass",
    "case",
    "cc",
    "cc:preconj",
    "ccomp",
    "conj",
    "cop",
    "csubj",
    "csubj:outer",
    "csubj:pass",
    "dep",
    "discourse",
    "dislocated",
    "expl",
    "iobj",
    "list",
    "mark",
    "nsubj",
    "nsubj:outer",
    "nsubj:pass",
    "obj",
    "orphan",
    "parataxis",
    "punct",
    "reparandum",
    "vocative",
];

impl Scan<'_> {
    /// A mention from the first word that says more of the noun to the noun; and its whole phrase.
    pub fn spans(&self, found: &Found) -> (Span, Span) {
        let cover = |first: usize, last: usize| self.tokens[first].cover(self.tokens[last]);
        (cover(found.first, found.head), cover(found.phrase.0, found.phrase.1))
    }

    /// The whole phrase of a noun or pronoun, with what follows the noun: `the minister of defence who resigned`.
    pub fn phrase(&self, head: usize) -> RangeInclusive<usize> {
        let is_predicate = self
            .children(head)
            .any(|child| matches!(self.syntax.relation(child), "cop" | "nsubj" | "nsubj:outer"));
        let (mut first, mut last) = (head, head);
        for child in self.children(head) {
            let relation = self.syntax.relation(child);
            if relation == "case" && child > head && child == last + 1 && self.is_genitive(child) {
                last = child;
                continue;
            }
            if OUTSIDE.contains(&relation)
                || relation.starts_with("obl")
                || (relation.starts_with("advmod") && (child < head || is_predicate))
            {
                continue;
            }
            first = first.min(self.reach.first[child] as usize);
            last = last.max(self.reach.last[child] as usize);
        }
        while last > head && self.upos(last) == Upos::Punct && !matches!(self.word(last), ")" | "]") {
            last -= 1;
        }
        while first < head && self.upos(first) == Upos::Punct && !matches!(self.word(first), "(" | "[") {
            first += 1;
        }
        first..=last
    }

    fn is_genitive(&self, token: usize) -> bool {
        matches!(self.word(token), "'s" | "’s" | "'" | "’")
    }
}

#[cfg(test)]
mod tests {
    use super::OUTSIDE;

    #[test]
    fn relations_stand_in_order() {
        assert!(OUTSIDE.is_sorted());
    }
}
