//! What passes between two parties: the quad classes of PLOVER, by a lexicon and rules.
//!
//! Method, in the manner of the event coders for CAMEO (TABARI, PETRARCH): words of the lexicon are looked up in the
//! sentence; the first one that governs the two parties says what passes, and operators before it turn it about:
//! `will aid` is agreed to, not done; `lift the ban` yields, `suspend aid` is a sanction; `will not meet` rejects.

use std::ops::Range;

use docmill_core::layers::Relation;

use crate::lexicon::{Form, Hit, Lexicon};
use crate::root::Root;
use crate::words::Words;

/// How far the words that an operator turns about may be, in words.
const REACH: usize = 9;
/// Longest aside that is skipped after a party: `Smith, the minister who ..., said`.
const ASIDE: usize = 30;

/// A sentence with the words of the lexicon in it.
pub(crate) struct Clause<'d> {
    pub words: Words<'d>,
    pub hits: Vec<Hit>,
    /// A list spoken of here is one of enemies, by the context.
    pub hostile_list: bool,
}

/// What words say, operators applied.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Said {
    /// The root as the operators leave it.
    pub root: Root,
    /// The word that carries it.
    pub hit: Hit,
    /// It is denied.
    pub negated: bool,
    /// It is intended.
    pub intended: bool,
}

impl Said {
    /// Quad class. What is merely denied keeps the class of what is denied: `did not attack` is told as material conflict,
    /// negated.
    pub fn relation(self) -> Option<Relation> {
        let denied = self.negated && !self.intended && self.hit.root.relation().is_some();
        if denied { self.hit.root.relation() } else { self.root.relation() }
    }
}

impl<'d> Clause<'d> {
    pub fn new(words: Words<'d>, lexicon: &Lexicon) -> Self {
        let hits = lexicon.hits(&words);
        Self { words, hits, hostile_list: false }
    }

    /// What passes from `source` to `target`, both given; for gold with given pairs.
    pub fn between(&self, source: &Range<usize>, target: &Range<usize>) -> Option<Said> {
        let end = self.words.len();
        let (first, second) = if source.start <= target.start { (source, target) } else { (target, source) };
        let start = self.after_aside(first.end, second.start);
        let none = end..end;
        let places = [
            (start..second.start, second.end..end),
            (source.clone(), none.clone()),
            (first.end..start, none.clone()),
            (target.clone(), none.clone()),
            (0..first.start, none),
        ];
        places.into_iter().find_map(|(place, then)| self.said_in([place, then]))
    }

    /// The words of the lexicon that begin in a place.
    pub fn hits_in(&self, place: Range<usize>) -> &[Hit] {
        let from = self.hits.partition_point(|hit| hit.start < place.start);
        let to = self.hits.partition_point(|hit| hit.start < place.end).max(from);
        self.hits.get(from..to).unwrap_or_default()
    }

    /// Where an aside that begins at `at` ends, if it ends before `limit`; else `at`.
    pub fn after_aside(&self, at: usize, limit: usize) -> usize {
        let close = match self.words.get(at) {
            "," => ",",
            "(" => ")",
            "-" | "--" | "—" | "–" => self.words.get(at),
            _ => return at,
        };
        let reach = limit.min(at + ASIDE);
        (at + 1..reach).find(|&i| self.words.get(i) == close).map_or(at, |i| i + 1)
    }

    /// The first thing that the words of a place say.
    pub fn said(&self, place: Range<usize>) -> Option<Said> {
        let end = place.end;
        self.said_in([place, end..end])
    }

    /// The first thing that the words of two places say, one after the other.
    fn said_in(&self, places: [Range<usize>; 2]) -> Option<Said> {
        let (mut negated, mut intended) = (false, false);
        for place in places {
            let from = self.hits.partition_point(|hit| hit.start < place.start);
            let to = self.hits.partition_point(|hit| hit.start < place.end);
            for (i, hit) in (from..to).map(|i| (i, self.hits[i])) {
                let root = match hit.root {
                    Root::Not => {
                        negated = true;
                        continue;
                    }
                    Root::Will => {
                        intended = true;
                        continue;
                    }
                    Root::End | Root::Cancel => turned(hit, self.hits.get(i + 1..).unwrap_or_default()),
                    Root::Agree if self.next(i, Root::is_hostile) => Some(Root::Threaten),
                    root => Some(self.ended(hit, i).unwrap_or(root)),
                };
                if let Some(root) = root {
                    return Some(applied(root, hit, negated, intended));
                }
            }
        }
        None
    }

    /// What becomes of a noun that a verb ends: `the ban was lifted`.
    fn ended(&self, hit: Hit, i: usize) -> Option<Root> {
        let next = self.hits.get(i + 1).filter(|next| next.start <= hit.end + 3 && next.form.is_verb())?;
        let ends = matches!(next.root, Root::End | Root::Cancel) && hit.form == Form::Noun;
        ends.then(|| turned(*next, std::slice::from_ref(&hit)))?
    }

    /// Whether the next hit after `i` that is no operator is near and `is` so.
    fn next(&self, i: usize, is: impl Fn(Root) -> bool) -> bool {
        let end = self.hits[i].end + REACH;
        let mut after = self.hits[i + 1..].iter().take_while(|hit| hit.start <= end);
        after.find(|hit| hit.root != Root::Will).is_some_and(|hit| is(hit.root))
    }
}

/// What an operator `end` or `cancel` makes of the first of `hits` that says something.
fn turned(operator: Hit, hits: &[Hit]) -> Option<Root> {
    let next = hits.iter().find(|next| next.root.relation().is_some());
    match next.filter(|next| next.start <= operator.end + REACH) {
        Some(next) if next.root.is_conflict() => Some(Root::Yield),
        Some(next) if operator.root == Root::Cancel && matches!(next.root, Root::Consult | Root::Agree) => {
            Some(Root::Reject)
        }
        Some(_) => Some(Root::Sanction),
        None => (operator.root == Root::Cancel).then_some(Root::Reject),
    }
}

/// What negation and intent make of a root.
fn applied(root: Root, hit: Hit, negated: bool, intended: bool) -> Said {
    let turned = match (negated, intended) {
        (true, _) if root.is_hostile() => Root::Yield,
        (true, _) if !root.is_conflict() => Root::Reject,
        (false, true) if root.is_hostile() => Root::Threaten,
        (false, true) if !root.is_conflict() => Root::Agree,
        _ => root,
    };
    Said { root: turned, hit, negated, intended }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Marked, clause_of};

    fn relation(marked: &str) -> Relation {
        let sentence = Marked::parse(marked);
        let clause = clause_of(&sentence);
        let (a, b) = (clause.words.range(sentence.first), clause.words.range(sentence.second));
        clause.between(&a, &b).and_then(|said| said.root.relation()).unwrap()
    }

    #[test]
    fn what_governs_says_it() {
        use Relation::{MaterialConflict, MaterialCooperation, VerbalConflict, VerbalCooperation};
        for (sentence, wanted) in [
            ("[Naryn] bombed {Osh}", MaterialConflict),
            ("[Naryn] refused to meet {Osh}", VerbalConflict),
            ("{Osh} was criticized by [Naryn]", VerbalConflict),
            ("[Naryn], which attacked Rasht last year, supports {Osh}", VerbalCooperation),
            ("talks between [Naryn] and {Osh}", VerbalCooperation),
            ("[Naryn] sent peacekeepers to {Osh}", MaterialCooperation),
            // Done, planned, called off, over.
            ("[Naryn] aids {Osh}", MaterialCooperation),
            ("[Naryn] will aid {Osh}", VerbalCooperation),
            ("[Naryn] will not aid {Osh}", VerbalConflict),
            ("[Naryn] suspended aid to {Osh}", MaterialConflict),
            ("[Naryn] canceled a visit to {Osh}", VerbalConflict),
            ("[Naryn] lifted its embargo on {Osh}", MaterialCooperation),
            ("[Naryn] will lift its embargo on {Osh}", VerbalCooperation),
            ("[Naryn] refuses to lift its embargo on {Osh}", VerbalConflict),
            ("[Naryn]'s embargo on {Osh} was lifted", MaterialCooperation),
            ("The embargo of [Naryn] on {Osh}", MaterialConflict),
            ("[Naryn] will bomb {Osh}", VerbalConflict),
            ("[Naryn] agreed to impose sanctions on {Osh}", VerbalConflict),
        ] {
            assert_eq!(relation(sentence), wanted, "{sentence}");
        }
    }
}
