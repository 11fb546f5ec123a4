//! How the text puts a stance: as a fact, denied, conditional, planned, or on somebody's word.
//!
//! Rules over the clause around the word that says it, in the spirit of `NegEx` (Chapman and others, 2001): a cue word
//! reaches so many words, and stops where another clause begins. Several may hold; the first of negated, conditional,
//! planned, reported is told, because a stance that is not so is not so, whoever says it.

use std::ops::Range;

use docmill_core::layers::Modality;

use crate::relation::{Clause, Said};
use crate::root::Root;
use crate::vocabulary as v;

/// How far before the word a cue reaches, in words.
const BEFORE: usize = 6;
/// How far before it `if` reaches.
const CLAUSE: usize = 25;
/// How far after it `if` and `unless` are looked for.
const AFTER: usize = 20;

/// What is asked about.
pub(crate) struct Question<'q> {
    /// What the rules read, if anything.
    pub said: Option<Said>,
    /// Words of the holder; none for one who is not in the sentence.
    pub holder: Option<Range<usize>>,
    /// Words from the first of the two parties to the last.
    pub evidence: Range<usize>,
    /// Whether it stands in a quotation of somebody who is not the holder.
    pub quoted: bool,
    /// Whether the holder says it himself: the author, or somebody quoted.
    pub own_word: bool,
    /// The clause.
    pub clause: &'q Clause<'q>,
}

impl Question<'_> {
    /// How it is put.
    pub fn modality(&self) -> Modality {
        let at = self.said.map_or(self.evidence.end, |said| said.hit.start);
        let from = at.saturating_sub(BEFORE).max(self.clause_start(at));
        if self.is_negated(from..at) {
            Modality::Negated
        } else if self.is_conditional(from..at) {
            Modality::Conditional
        } else if self.is_planned(from..at) {
            Modality::Planned
        } else if self.quoted || self.is_reported() {
            Modality::Reported
        } else {
            Modality::Asserted
        }
    }

    fn word(&self, i: usize) -> &str {
        self.clause.words.get(i)
    }

    /// Where the clause around word `at` begins.
    fn clause_start(&self, at: usize) -> usize {
        let is_start = |i: &usize| {
            matches!(self.word(*i), ";" | ":" | "but" | "." | "?" | "!" | "that" | "," | "“" | "\"")
        };
        (at.saturating_sub(CLAUSE)..at).rev().find(is_start).map_or(at.saturating_sub(CLAUSE), |i| i + 1)
    }

    fn is_negated(&self, cues: Range<usize>) -> bool {
        if let Some(said) = self.said {
            // `will not support` is plain refusal.
            let refusal = said.negated && said.root == Root::Reject && said.intended;
            let no = cues.rev().take(3).any(|i| v::is_no(self.word(i)));
            return !refusal && (said.negated || no) || self.is_denied(said.hit.start);
        }
        let hits = self.clause.hits_in(self.evidence.clone());
        hits.iter().any(|hit| hit.root == Root::Not) || self.is_denied(self.evidence.start)
    }

    /// `A denies that ...`, `A denied attacking`; `reports that ... are untrue`.
    fn is_denied(&self, at: usize) -> bool {
        let end = self.evidence.end;
        if v::is_auxiliary(self.word(end)) && v::is_untrue(self.word(end + 1)) {
            return true;
        }
        (at.saturating_sub(CLAUSE)..at).any(|i| {
            let next = self.word(i + 1);
            v::is_denial(self.word(i)) && (next == "that" || next.ends_with("ing") || v::is_denied(next))
        })
    }

    fn is_conditional(&self, cues: Range<usize>) -> bool {
        let at = cues.end;
        let might = |i: usize| match self.word(i) {
            word if v::is_might(word) => true,
            "were" => self.word(i + 1) == "to",
            // `said that it would` tells a plan.
            "would" => !(at.saturating_sub(CLAUSE)..i).any(|i| v::is_saying(self.word(i))),
            _ => false,
        };
        let condition = |i: usize| v::is_condition(self.word(i));
        let before = at.saturating_sub(CLAUSE)..at;
        let stop = |i: &usize| matches!(self.word(*i), ";" | ":");
        let before = before.clone().rev().find(stop).map_or(before.start, |i| i + 1)..at;
        let after = at..self.clause.words.len().min(at + AFTER);
        let after =
            at..after.clone().find(|i| matches!(self.word(*i), ";" | ":" | "”" | "\"")).unwrap_or(after.end);
        cues.into_iter().any(might)
            || before.into_iter().any(condition)
            || after.into_iter().any(|i| matches!(self.word(i), "if" | "unless") && self.word(i + 1) != "not")
    }

    fn is_planned(&self, cues: Range<usize>) -> bool {
        if let Some(said) = self.said {
            if said.negated && said.root == Root::Reject {
                return false;
            }
            let agreed = said.hit.root == Root::Agree && self.word(said.hit.end) == "to";
            if said.intended || agreed {
                return true;
            }
        }
        let near = |i: usize| v::is_plan(self.word(i));
        cues.into_iter().any(near)
    }

    fn is_reported(&self) -> bool {
        let evidence = &self.evidence;
        let inside = evidence.start.saturating_sub(2)..evidence.end;
        let hedge = |i: usize| v::is_hedge(self.word(i));
        if inside.into_iter().any(hedge) {
            return true;
        }
        // Whoever says it before the holder comes is somebody else.
        let first = self.holder.as_ref().map_or(evidence.start, |holder| holder.start).min(evidence.start);
        let said = |i: &usize| v::is_saying(self.word(*i));
        let before = (first.saturating_sub(CLAUSE)..first).rev().find(said).filter(|_| !self.own_word);
        let then = |i: usize| (i..first).all(|i| !matches!(self.word(i), ";" | "and" | "but"));
        if before.is_some_and(then) {
            return true;
        }
        // `..., the ministry said`, `according to`; but not `A, who backs B, said`.
        let own = self.own_word || self.holder.as_ref().is_some_and(|holder| self.word(holder.end) == ",");
        let rest = evidence.end..self.clause.words.len().min(evidence.end + 2 * CLAUSE);
        rest.clone().any(|i| {
            self.word(i) == "according" && self.word(i + 1) == "to"
                || !own
                    && v::is_reporting(self.word(i))
                    && (i.saturating_sub(8)..i)
                        .rev()
                        .take_while(|i| self.word(*i) != "and")
                        .any(|i| i >= evidence.end && matches!(self.word(i), "," | "”" | "\""))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Marked, clause_of};

    /// The share of the small gold that is right: what it is today, so that nobody makes it worse unawares.
    #[test]
    fn gold_of_modality() {
        let gold = include_str!("../tests/gold/modality.tsv");
        let (mut right, mut all, mut wrong) = (0, 0, String::new());
        for line in gold.lines().filter(|line| !line.starts_with('#')) {
            let (wanted, marked) = line.split_once('\t').unwrap();
            let sentence = Marked::parse(marked);
            let clause = clause_of(&sentence);
            let (a, b) = (clause.words.range(sentence.first), clause.words.range(sentence.second));
            let reading = clause.reading(&a, &b, &[]);
            let question = Question {
                said: reading.map(|reading| reading.said),
                holder: Some(a.clone()),
                evidence: a.start..b.end,
                quoted: false,
                own_word: false,
                clause: &clause,
            };
            let found = format!("{:?}", question.modality()).to_lowercase();
            all += 1;
            right += usize::from(found == wanted);
            if found != wanted {
                wrong += &format!("{wanted}, told {found}: {marked}\n");
            }
        }
        assert_eq!((right, all), (51, 51), "{wrong}");
    }
}
