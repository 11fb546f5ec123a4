//! Noun phrases from left to right.

use std::ops::Range;

use crate::clause::{Clauses, REACH};
use crate::cue::Takes;
use crate::tags::{BREAK, FINITE, Tags, VERB};

impl Clauses<'_> {
    /// True if a noun phrase begins at `i`.
    pub fn phrase_begins(&self, i: usize) -> bool {
        let item = |tags| self.is(i, tags);
        item(Tags::DET | Tags::POSS | Tags::NUM | Tags::SUBJ | Tags::IT | Tags::OBJ)
            || (self.nounish(i)
                && !item(Tags::ED)
                && (!item(FINITE | Tags::ING) || item(Tags::NAME | Tags::NOUN)))
    }

    /// Where the noun phrase that begins at `i` ends: up to its head, and phrases with `of` after it.
    pub fn phrase_end(&self, i: usize) -> usize {
        let mut at = i;
        let pronoun = self.is(at, Tags::SUBJ | Tags::OBJ) || (self.is(at, Tags::IT) && !self.nounish(at));
        if pronoun && !(self.is(at, Tags::POSS) && self.nounish(at + 1)) {
            return at + 1;
        }
        while at < self.items.len() && at - i < REACH {
            let inside = self.is(at, Tags::DET | Tags::POSS | Tags::HYPHEN)
                || (self.is(at, Tags::APOS) && !self.apostrophe_is_verb(at))
                || self.nounish(at) && !self.verb_here(at)
                || (self.is(at, Tags::OF) && at > i)
                || (self.is(at, Tags::AND) && at > i && self.nounish(at + 1) && !self.verb_here(at + 1))
                || (self.is(at, Tags::ADV) && !self.is(at, Tags::TIME) && self.nounish(at + 1) && at == i)
                || (self.is(at, Tags::ED | VERB) && self.before(at, Tags::DET | Tags::POSS | Tags::APOS))
                || self.items[at].tags == Tags::NONE;
            if !inside
                || (at > i && self.is(at, Tags::DET) && !self.before(at, Tags::OF | Tags::DET | Tags::AND))
            {
                break;
            }
            if at > i && self.is(at, Tags::POSS) && !self.before(at, Tags::OF | Tags::DET | Tags::AND) {
                break;
            }
            at += 1;
        }
        at
    }

    /// A verb that is not taken for a noun.
    fn verb_here(&self, i: usize) -> bool {
        self.is(i, VERB | Tags::ED)
            && !self.is(i, Tags::NAME)
            && (!self.is(i, Tags::NOUN) || self.finite(i))
            && !self.before(i, Tags::DET | Tags::POSS | Tags::APOS)
    }

    /// True if a clause without `that` begins at `i`: a noun phrase, then a verb.
    pub fn clause_ahead(&self, i: usize) -> bool {
        if !self.phrase_begins(i) {
            return false;
        }
        let mut at = self.phrase_end(i);
        for _ in 0..3 {
            while self.is(at, Tags::ADV) || (self.is(at, Tags::TIME)) {
                at += 1;
            }
            if self.finite(at) || self.auxiliary(at) || (self.is(at, FINITE) && !self.is(at, Tags::NAME)) {
                return true;
            }
            if !(self.is(at, Tags::PREP) && !self.is(at, Tags::SUB) && self.phrase_begins(at + 1)) {
                return false;
            }
            at = self.phrase_end(at + 1);
        }
        false
    }

    /// The next mark at or after `from`, or what does not belong to a noun phrase.
    fn clause_mark(&self, from: usize) -> usize {
        let end = self.items.len().min(from + REACH);
        let ends = |&i: &usize| {
            self.is(i, Tags::COMMA | BREAK | Tags::QUOTE)
                || (self.is(i, Tags::SUB) && !self.is(i, Tags::AS))
                || (self.is(i, Tags::TIME_PREP)
                    && (i + 1..i + 4).any(|j| self.is(j, Tags::TIME | Tags::VENUE)))
        };
        (from..end).find(ends).unwrap_or(end)
    }

    /// True if an apposition begins after the comma at `comma` and ends with another: `, a political analyst in Bishkek,`.
    fn closed_apposition(&self, comma: usize) -> bool {
        let mut end = self.phrase_end(comma + 1);
        while self.is(end, Tags::PREP) && self.phrase_begins(end + 1) && end - comma < REACH {
            end = self.phrase_end(end + 1);
        }
        self.is(end, Tags::COMMA)
    }

    /// The noun phrase that begins at `start`, with what is said of it: `said Ben Zipperer, an economist at the Center`.
    /// Without `apposed`, only if that ends with a comma.
    pub fn phrase_after(&self, start: usize, apposed: bool) -> Option<Range<usize>> {
        if !self.phrase_begins(start) {
            return None;
        }
        let mut end = self.phrase_end(start);
        if self.is(start, Tags::SUBJ | Tags::OBJ) {
            return Some(start..end);
        }
        while end < self.items.len() && end - start < REACH {
            if self.is(end, Tags::ING | Tags::PART | Tags::ED)
                && (self.items[end].cue.is_none() || self.is(end + 1, Tags::BY))
            {
                end = self.clause_mark(end + 1);
            } else if self.is(end, Tags::PREP) && !self.is(end, Tags::SUB) && self.phrase_begins(end + 1) {
                let next = self.phrase_end(end + 1);
                if (end + 1..next).any(|i| self.is(i, Tags::VENUE | Tags::TIME)) {
                    break;
                }
                end = next;
            } else if self.is(end, Tags::WHO) || (self.is(end, Tags::COMMA) && self.is(end + 1, Tags::WHO)) {
                let mark = self.clause_mark(end + 1);
                let strong = |i: &usize| self.items[*i].cue.is_some_and(|cue| !cue.takes.any(Takes::WEAK));
                end = match (end..mark).find(strong) {
                    None => mark,
                    Some(cue) if self.is(cue - 1, Tags::AND) => cue - 1,
                    Some(_) => break,
                };
            } else if self.goes_on(end, apposed) && !self.clause_ahead(end + 1) {
                end = self.phrase_end(end + 1);
            } else {
                break;
            }
        }
        Some(start..end)
    }

    /// True if at `i`, after a noun phrase, another begins that is part of it: `and a former mayor`, `, an economist`.
    fn goes_on(&self, i: usize, apposed: bool) -> bool {
        let joined = self.is(i, Tags::AND) && self.is(i + 1, Tags::DET);
        let apposition = self.is(i, Tags::COMMA)
            && self.phrase_begins(i + 1)
            && !self.is(i + 1, Tags::SUBJ | Tags::IT)
            && (apposed || self.closed_apposition(i));
        joined || apposition
    }
}
