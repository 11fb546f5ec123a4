//! Whose words they are: the noun phrase before a cue, or after it.

use std::ops::Range;

use crate::clause::{Clauses, REACH};
use crate::cue::Takes;
use crate::tags::{AUX, Tags, VERB};

const PRONOUN: Tags = Tags::SUBJ;

impl Clauses<'_> {
    /// The subject that ends before `end`, the start of a verb group. Nothing before `floor` is looked at.
    pub fn subject(&self, end: usize, floor: usize) -> Option<Range<usize>> {
        let end = self.before_time(end, floor);
        let last = end.checked_sub(1).filter(|last| *last >= floor)?;
        if self.is(last, Tags::IT) && self.is(last, Tags::ADV) && last > floor && self.nounish(last - 1) {
            // `officials there`
            return Some(self.phrase_start(last, floor)..end);
        }
        if self.is(last, PRONOUN) || (self.is(last, Tags::IT) && !self.is(last, Tags::NUM | Tags::DET)) {
            return Some(last..end);
        }
        if self.is(last, Tags::WHO) || (self.is(last, Tags::THAT) && last > floor && self.nounish(last - 1)) {
            return Some(last..end);
        }
        if self.is(last, Tags::COMMA | Tags::DASH) && !self.is(last, Tags::HYPHEN) {
            return self.with_apposition(last, floor);
        }
        // `one of them`
        let some = self.is(last, Tags::OBJ) && last > floor && self.is(last - 1, Tags::OF);
        let head = some || self.nounish(last) || self.is(last, Tags::DET | Tags::IT);
        if !head || (self.is(last, VERB) && !self.is(last, Tags::NAME | Tags::NOUN)) {
            return None;
        }
        let start = self.phrase_start(end, floor);
        (start < end).then_some(start..end)
    }

    /// The subject of the nearest verb before `end`, for verbs that share it: `met him and said`, `left, saying`.
    pub fn shared_subject(&self, end: usize, floor: usize) -> Option<Range<usize>> {
        let mut end = end;
        for _ in 0..4 {
            let verb = self.finite_before(end, floor)?;
            let group = self.group(verb);
            if let Some(subject) = self.subject(group.start, floor)
                && !self.is(subject.start, Tags::WHO | Tags::THAT)
            {
                return Some(subject);
            }
            end = group.start.min(verb);
        }
        None
    }

    /// The end without a time before it: `Trump on Monday | said`.
    fn before_time(&self, end: usize, floor: usize) -> usize {
        let mut at = end;
        while at > floor && self.is(at - 1, Tags::TIME | Tags::NUM) {
            at -= 1;
        }
        if at == end || !(at..end).any(|i| self.is(i, Tags::TIME)) {
            return end;
        }
        while at > floor && self.is(at - 1, Tags::DET | Tags::TIME_PREP | Tags::ADV) {
            at -= 1;
        }
        if at > floor && (self.nounish(at - 1) || self.is(at - 1, Tags::SUBJ | Tags::PART | Tags::ED)) {
            at
        } else {
            end
        }
    }

    /// Where the noun phrase begins that ends before `end`.
    pub fn phrase_start(&self, end: usize, floor: usize) -> usize {
        let mut start = end - 1;
        let mut list = false;
        while start > floor && end - start < REACH {
            let p = start - 1;
            let verb = self.is(p, VERB | Tags::ED)
                && !self.is(p, Tags::NAME)
                && (!self.is(p, Tags::NOUN) || self.finite(p));
            let word = (self.nounish(p) && !verb)
                || self.is(p, Tags::DET | Tags::POSS | Tags::HYPHEN | Tags::OF)
                || (self.is(p, Tags::APOS) && !self.apostrophe_is_verb(p))
                || self.items[p].tags == Tags::NONE
                || (verb
                    && self.before(p, Tags::DET | Tags::POSS | Tags::APOS | Tags::HYPHEN)
                    && !self.is(p, Tags::S3))
                || (self.is(p, Tags::ADV) && self.before(p, Tags::DET))
                || (self.is(p, Tags::ADV) && self.is(start, Tags::DET) && self.before(p, Tags::AND));
            if word && !(self.is(start, Tags::DET | Tags::POSS) && self.nounish(p) && !self.is(p, Tags::DET))
            {
                start = p;
                continue;
            }
            if word {
                break;
            }
            // `But retired general Petrov`
            let adjective = verb
                && self.is(p, Tags::PART | Tags::ED)
                && (p == floor || self.before(p, Tags::AND | Tags::BUT | Tags::COMMA | Tags::PREP));
            if adjective && self.nounish(start) {
                start = p;
                continue;
            }
            let after_noun = p > floor
                && (self.nounish(p - 1) || self.is(p - 1, Tags::DET) && self.is(p, Tags::PREP))
                && !self.is(p - 1, Tags::TIME);
            if self.is(p, Tags::PREP) && !self.is(p, Tags::SUB) && after_noun {
                start = p;
                continue;
            }
            if self.is(p, Tags::AND) && after_noun && !self.has_finite(floor..p) {
                (start, list) = (p, true);
                continue;
            }
            if self.is(p, Tags::COMMA) && list && after_noun && !self.has_finite(floor..p) {
                start = p;
                continue;
            }
            if verb && self.is(p, Tags::PART | Tags::ED | Tags::ING) && after_noun {
                start = p;
                continue;
            }
            match self.relative(p, floor) {
                Some(who) => start = who,
                None => break,
            }
        }
        self.without_adverbial(start, end)
    }

    /// If `verb` is the verb of a clause with `who` after a noun, where `who` stands.
    fn relative(&self, verb: usize, floor: usize) -> Option<usize> {
        if !self.is(verb, VERB | AUX | Tags::ED) {
            return None;
        }
        let first = floor.max(verb.saturating_sub(5));
        let who =
            (first..verb).rev().find(|&i| !self.is(i, AUX | Tags::ADV | Tags::NEG | VERB | Tags::TO))?;
        (self.is(who, Tags::WHO | Tags::THAT) && who > floor && self.nounish(who - 1)).then_some(who)
    }

    /// The start without what stands before the subject: `But`, `In a speech Monday`.
    fn without_adverbial(&self, start: usize, end: usize) -> usize {
        let mut start = start;
        while start + 1 < end {
            if self.is(start, Tags::PREP) && !self.is(start, Tags::OF) {
                let time = (start + 1..end - 1).rev().find(|&i| self.is(i, Tags::TIME));
                start = time.map_or_else(|| self.bare_start(end, start + 1), |time| time + 1);
                while start + 1 < end && self.is(start, Tags::NUM) {
                    start += 1;
                }
                break;
            }
            let skipped = Tags::AND | Tags::BUT | Tags::OF | Tags::COMMA | Tags::HYPHEN | Tags::APOS;
            if !(self.is(start, skipped)
                || (self.is(start, Tags::ADV) && !self.is(start, Tags::DET | Tags::TIME)))
            {
                break;
            }
            start += 1;
        }
        start
    }

    /// The start of the words before the head, without phrases.
    fn bare_start(&self, end: usize, floor: usize) -> usize {
        let mut start = end - 1;
        while start > floor && (self.nounish(start - 1) || self.is(start - 1, Tags::HYPHEN | Tags::APOS)) {
            start -= 1;
        }
        if start > floor && self.is(start - 1, Tags::DET | Tags::POSS) { start - 1 } else { start }
    }

    /// The phrase before a comma or dash that ends an apposition: `Bordyuzha, its secretary-general, | believes`.
    fn with_apposition(&self, closing: usize, floor: usize) -> Option<Range<usize>> {
        let mut opening = closing;
        let mut found = None;
        for _ in 0..4 {
            let first = floor.max(opening.saturating_sub(REACH / 2));
            let last = if opening == closing { opening.saturating_sub(1) } else { opening };
            let mark = Tags::COMMA | Tags::DASH | Tags::SEMI | Tags::QUOTE;
            let comma = (first..last).rev().find(|&i| self.is(i, mark) && !self.is(i, Tags::HYPHEN));
            let Some(comma) = comma else { return found };
            if self.is(comma, Tags::SEMI | Tags::QUOTE) || comma == floor {
                return found;
            }
            let before = comma - 1;
            if !(self.nounish(before) || self.is(before, Tags::SUBJ)) {
                return found;
            }
            let start = if self.is(before, Tags::SUBJ) { before } else { self.phrase_start(comma, floor) };
            let inside = self.items[comma + 1];
            let asked = inside.is(Tags::PART) && inside.cue.is_some_and(|cue| cue.takes.any(Takes::LISTENER));
            let aside = asked
                || self.is(comma + 1, Tags::PREP | Tags::ADV | Tags::SUB | Tags::BUT | Tags::TO)
                    && !self.is(comma + 1, Tags::OF | Tags::WHO);
            let end = if aside { comma } else { closing };
            found = Some(start..end);
            // The phrase is itself part of an apposition, or of a list in one.
            let more = start > floor
                && self.is(start - 1, Tags::COMMA)
                && !self.is(start, Tags::SUBJ)
                && (!self.is(start, Tags::NAME) || (start > floor + 1 && self.is(start - 2, Tags::TITLE)));
            if !more {
                break;
            }
            opening = start;
        }
        found
    }
}
