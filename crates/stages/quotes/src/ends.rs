//! Where what is attributed ends.

use crate::clause::{Clauses, REACH};
use crate::cue::CueKind;
use crate::tags::{AUX, BREAK, FINITE, Tags, VERB};

/// What is attributed ends after so many items at the latest.
const LONGEST: usize = 400;

impl Clauses<'_> {
    /// Where a clause that begins at `start` ends: at the end of the sentence, or before another that is told of.
    pub fn clause_end(&self, start: usize) -> usize {
        let last = self.items.len().min(start + LONGEST);
        let end = (start..last).find(|&at| self.ends_clause(at, at == start)).unwrap_or(last);
        self.trim(start, end)
    }

    fn ends_clause(&self, at: usize, first: bool) -> bool {
        let next = at + 1;
        let another = if self.is(at, Tags::COMMA) {
            self.speaking(next)
                || self.is(next, Tags::ACCORDING)
                || self.speech_closes(next)
                || (self.is(next, Tags::AND | Tags::BUT)
                    && (self.speech_ahead(at + 2) || self.pronoun_cue(at + 2)))
        } else {
            self.is(at, Tags::AND | Tags::BUT) && self.speech_ahead(next)
        };
        // `when asked`
        let asked = self.is(at, Tags::WH)
            && self.is(at, Tags::SUB)
            && self.is(next, Tags::PART)
            && self.items[next].cue.is_some();
        another
            || self.is(at, Tags::SEMI | Tags::CLOSE)
            || (!first && (asked || self.is(at, Tags::ACCORDING)))
            || self.ends_sentence(at)
    }

    /// Where a noun phrase or an infinitive that begins at `start`, with all that hangs on it, ends.
    pub fn complement_end(&self, start: usize) -> usize {
        let last = self.items.len().min(start + LONGEST);
        // A time after an infinitive belongs to it: `to begin in July`.
        let mut infinitive = false;
        let end = (start..last).find(|&at| {
            let ends = at > start && self.ends_complement(at, infinitive);
            infinitive |= self.is(at, Tags::TO) && self.is(at + 1, Tags::BASE);
            ends || self.ends_sentence(at)
        });
        self.trim(start, end.unwrap_or(last))
    }

    fn ends_complement(&self, at: usize, infinitive: bool) -> bool {
        let next = at + 1;
        let clause = self.is(at, Tags::AND | Tags::BUT)
            && self.is(next, VERB | AUX | Tags::ED | Tags::ADV | Tags::SUBJ)
            && !self.is(next, Tags::NAME | Tags::NOUN);
        let subordinate =
            self.is(at, Tags::SUB) && (self.is(at, Tags::TIME_PREP) || !self.is(at, Tags::AS | Tags::PREP));
        let adjunct = self.is(at, Tags::TIME_PREP)
            && ((self.is(next, Tags::TIME) && !infinitive) || self.venue_ahead(next));
        (self.is(at, Tags::COMMA) && !self.list_comma(at))
            || (self.is(at, Tags::DASH) && !self.is(at, Tags::HYPHEN))
            || self.is(at, Tags::SEMI | Tags::CLOSE | Tags::ACCORDING)
            || clause
            || subordinate
            || adjunct
    }

    /// True if a phrase such as `an interview` or `his first speech` begins at `i`.
    fn venue_ahead(&self, i: usize) -> bool {
        let before = Tags::DET | Tags::POSS | Tags::WORD | Tags::NAME;
        (i..i + 4).find(|&j| !self.is(j, before)).is_some_and(|j| self.is(j, Tags::VENUE))
    }

    /// True if a cue of speech in -ing stands at `i`: `adding that`, `calling it`.
    pub fn speaking(&self, i: usize) -> bool {
        let at = (i..self.items.len().min(i + 3)).find(|&j| !self.is(j, Tags::ADV)).unwrap_or(i);
        self.is(at, Tags::ING)
            && self
                .items
                .get(at)
                .and_then(|item| item.cue)
                .is_some_and(|cue| matches!(cue.kind, CueKind::Say | CueKind::Speech | CueKind::Attitude))
    }

    /// True if a clause with a cue of speech begins at `i`: `the minister said`, `said`.
    pub fn speech_ahead(&self, i: usize) -> bool {
        let mut at = i;
        while self.is(at, Tags::ADV) && at < i + 3 {
            at += 1;
        }
        if self.is(at, Tags::THAT) {
            return false;
        }
        let subject = self.phrase_begins(at) && !self.is(at, FINITE);
        if subject {
            at = self.phrase_end(at);
        }
        while self.is(at, AUX | Tags::ADV | Tags::NEG) && at < i + REACH {
            at += 1;
        }
        let forms = if subject { VERB } else { Tags::PAST | Tags::S3 };
        self.is(at, forms)
            && !self.is(at, Tags::NAME)
            && self
                .items
                .get(at)
                .and_then(|item| item.cue)
                .is_some_and(|cue| cue.kind == CueKind::Say || (cue.kind == CueKind::Speech && !subject))
    }

    /// True if a clause with a cue of speech ends the sentence from `i`: `, his press service said on Monday.`
    fn speech_closes(&self, i: usize) -> bool {
        if !self.phrase_begins(i) || self.is(i, FINITE) && !self.is(i, Tags::NAME) {
            return false;
        }
        let mut at = self.phrase_end(i);
        while self.is(at, AUX | Tags::ADV | Tags::TIME) && at < i + REACH {
            at += 1;
        }
        let says = self.items.get(at).and_then(|item| item.cue).is_some_and(|cue| cue.kind == CueKind::Say);
        let after = Tags::STOP | Tags::TIME | Tags::TIME_PREP | Tags::COMMA;
        says && self.is(at, VERB) && (at + 1 == self.items.len() || self.is(at + 1, after))
    }

    /// True if a pronoun with the cue of another attribution stands at `i`: `, but she has also cited ...`.
    fn pronoun_cue(&self, i: usize) -> bool {
        if !self.is(i, Tags::SUBJ) {
            return false;
        }
        let verb = (i + 1..self.items.len().min(i + 6)).find(|&j| !self.is(j, AUX | Tags::ADV | Tags::NEG));
        verb.is_some_and(|verb| {
            self.is(verb, Tags::PAST | Tags::PART)
                && self.items[verb].cue.is_some_and(|cue| cue.kind != CueKind::Evidence)
        })
    }

    /// A comma inside a list or a place: `Xi, Putin and Modi`, `Osh, Kyrgyzstan`.
    fn list_comma(&self, at: usize) -> bool {
        self.before(at, Tags::NAME) && self.is(at + 1, Tags::NAME)
    }

    /// True if a stop is at `at`, and nothing but marks and citations follows.
    fn ends_sentence(&self, at: usize) -> bool {
        self.is(at, Tags::STOP)
            && self.items.len() - at <= 4
            && self.items[at..].iter().all(|item| item.is(Tags::STOP | Tags::CLOSE | Tags::PAREN))
    }

    /// The end without marks that are not part of it.
    fn trim(&self, start: usize, mut end: usize) -> usize {
        while end > start && self.is(end - 1, Tags::COMMA | BREAK) && !self.is(end - 1, Tags::CLOSE) {
            end -= 1;
        }
        while end > start + 1 && self.is(end - 1, Tags::PAREN) {
            end -= 1;
        }
        end
    }
}
