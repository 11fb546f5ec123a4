//! What is said after a cue.

use std::ops::Range;

use crate::attribute::Attributor;
use crate::cue::{Cue, CueKind, Takes};
use crate::tags::{AUX, FINITE, Tags, VERB};

impl Attributor<'_, '_> {
    /// What follows the cue at `k`.
    pub(crate) fn right_content(&self, k: usize, cue: Cue) -> Option<Range<usize>> {
        let takes = cue.takes;
        let weak = takes.any(Takes::WEAK);
        let mut at = k + 1;
        while self.is(at, Tags::ADV)
            && !self.is(at, Tags::TIME | Tags::PREP | Tags::OBJ)
            && !takes.any(self.word_at(at))
        {
            at += 1;
        }
        let word = self.word_at(at);
        if takes.any(word) && self.is(at, Tags::ADV) {
            // `pointed out that`
            at += 1;
        } else if takes.any(word)
            && self.is(at, Tags::PREP | Tags::TO | Tags::AS)
            && !(self.is(at, Tags::TO) && self.is(at + 1, Tags::BASE) && takes.any(Takes::TO))
        {
            let start = if self.is(at, Tags::AS) { at } else { at + 1 };
            return self.complement(start);
        } else if weak && takes.any(word) {
            return self.complement(at);
        }
        if takes.any(Takes::LISTENER) && self.clauses.phrase_begins(at) && !self.is(at, Tags::SUBJ) {
            return self.after_listener(at, cue);
        }
        if self.is(at, Tags::THAT | Tags::WH | Tags::WHO)
            || (self.is(at, Tags::SUBJ | Tags::IT) && !self.is(at, Tags::DET))
        {
            return if weak && !takes.any(Takes::CLAUSE | Takes::OBJECT) { None } else { self.clause(at) };
        }
        if self.is(at, Tags::QUOTE) {
            return if weak && !takes.any(Takes::CLAUSE | Takes::OBJECT) { None } else { self.clause(at) };
        }
        if self.is(at, Tags::COLON) || (self.is(at, Tags::COMMA) && self.is(at + 1, Tags::QUOTE)) {
            return if takes.any(Takes::CLAUSE) { self.clause(at + 1) } else { None };
        }
        if self.is(at, Tags::TO) && self.is(at + 1, FINITE | AUX | Tags::WORD | Tags::ADV) {
            return if weak && !takes.any(Takes::TO) { None } else { self.complement(at) };
        }
        if self.is(at, Tags::COMMA) && cue.kind == CueKind::Say && self.is(at + 1, Tags::THAT | Tags::SUBJ) {
            return self.clause(at + 1);
        }
        if takes.any(Takes::CLAUSE) && self.clauses.clause_ahead(at) {
            return self.clause(at);
        }
        if self.clauses.phrase_begins(at) && !self.is(at, Tags::TIME) {
            return if weak && !takes.any(Takes::OBJECT) { None } else { self.complement(at) };
        }
        if self.is(at, Tags::ING) {
            let takes = takes.any(Takes::ING) || (!weak && takes.any(Takes::CLAUSE));
            return if takes { self.complement(at) } else { None };
        }
        if matches!(cue.kind, CueKind::Say | CueKind::Speech) && takes.any(Takes::CLAUSE) {
            return self.after_adjuncts(at);
        }
        None
    }

    pub(crate) fn word_at(&self, i: usize) -> Takes {
        self.clauses.items.get(i).map_or(Takes::default(), |item| Takes::word((self.word)(item)))
    }

    pub(crate) fn clause(&self, start: usize) -> Option<Range<usize>> {
        let end = self.clauses.clause_end(start);
        (start < end).then_some(start..end)
    }

    pub(crate) fn complement(&self, start: usize) -> Option<Range<usize>> {
        let end = self.clauses.complement_end(start);
        (start < end).then_some(start..end)
    }

    /// `told reporters on Monday that ...`
    fn after_listener(&self, at: usize, cue: Cue) -> Option<Range<usize>> {
        let end = self.clauses.phrase_end(at);
        let next = |tags| self.is(end, tags);
        if next(Tags::TO) && self.is(end + 1, FINITE | AUX) {
            return self.complement(if cue.takes.any(Takes::PARTY) { at } else { end });
        }
        if cue.takes.any(self.word_at(end)) && next(Tags::PREP) {
            let party = cue.takes.any(Takes::PARTY) && !self.word_at(end).any(Takes::word("about"));
            return self.complement(if party { at } else { end + 1 });
        }
        if next(Tags::THAT | Tags::WH | Tags::SUBJ | Tags::IT | Tags::QUOTE | Tags::SUB) {
            return self.clause(end);
        }
        if self.clauses.clause_ahead(end) {
            return self.clause(end);
        }
        self.after_adjuncts(end).or_else(|| {
            let object =
                cue.takes.any(Takes::OBJECT) && !next(Tags::COMMA | Tags::STOP | Tags::TIME | Tags::PREP);
            object.then(|| self.complement(at)).flatten()
        })
    }

    /// `in an interview on Monday that ...`: the content after times and places.
    fn after_adjuncts(&self, from: usize) -> Option<Range<usize>> {
        let mut at = from;
        while at < self.clauses.items.len() && at - from < 16 {
            if self.is(at, Tags::THAT | Tags::QUOTE) {
                return self.clause(at);
            }
            if self.is(at, Tags::COLON) || (self.is(at, Tags::COMMA) && self.is(at + 1, Tags::QUOTE)) {
                return self.clause(at + 1);
            }
            let after_time = at > from && self.is(at - 1, Tags::TIME | Tags::VENUE | Tags::NUM);
            if at > from && (self.is(at, Tags::SUBJ) || (after_time && self.clauses.clause_ahead(at))) {
                return self.clause(at);
            }
            if self.is(at, Tags::COMMA | Tags::STOP | Tags::SEMI | Tags::SUB) && !self.is(at, Tags::TIME_PREP)
                || self.is(at, VERB) && !self.clauses.nounish(at)
            {
                return None;
            }
            at += 1;
        }
        None
    }
}
