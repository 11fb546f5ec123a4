//! A sentence's items, and the grammar of its clauses: verb groups, what is finite, where a clause ends.

use std::ops::Range;

use crate::cue::CueKind;
use crate::items::Item;
use crate::tags::{AUX, BREAK, FINITE, Tags, VERB};

/// Nothing is looked for further away than so many items, so that a text without a sentence end costs linear time.
pub(crate) const REACH: usize = 60;
/// What is attributed ends after so many items at the latest.
const LONGEST: usize = 400;

/// A verb with what stands before it: `has repeatedly said`, `went on to say`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Group {
    /// Its first item.
    pub start: usize,
    /// The auxiliaries in it.
    pub tags: Tags,
    /// An infinitive that hangs on another verb.
    pub chained: bool,
}

/// The items of a sentence.
#[derive(Clone, Copy)]
pub(crate) struct Clauses<'i> {
    pub items: &'i [Item],
}

impl Clauses<'_> {
    /// The item at `i`; nothing before the start and after the end.
    pub fn is(&self, i: usize, tags: Tags) -> bool {
        self.items.get(i).is_some_and(|item| item.is(tags))
    }

    /// The same of the item before `i`.
    pub fn before(&self, i: usize, tags: Tags) -> bool {
        i.checked_sub(1).is_some_and(|p| self.is(p, tags))
    }

    pub fn nounish(&self, i: usize) -> bool {
        self.items.get(i).is_some_and(Item::is_nounish)
    }

    /// True if an apostrophe with `s` at `i` is a verb: `he's said`, `Clinton's running`.
    pub fn apostrophe_is_verb(&self, i: usize) -> bool {
        let next = (i + 1..self.items.len()).find(|&j| !self.is(j, Tags::ADV | Tags::NEG));
        let Some(next) = next else { return false };
        if self.before(i, Tags::SUBJ | Tags::IT | Tags::WHO | Tags::WH | Tags::THAT) {
            return true;
        }
        self.is(next, Tags::ING) || self.is(next, Tags::DET) || self.is(i + 1, Tags::NEG)
    }

    /// An auxiliary that is one here.
    pub fn auxiliary(&self, i: usize) -> bool {
        self.is(i, AUX) && (!self.is(i, Tags::APOS) || self.apostrophe_is_verb(i)) && !self.is(i, Tags::TIME)
    }

    /// The group whose last verb is at `verb`.
    pub fn group(&self, verb: usize) -> Group {
        let mut group = Group { start: verb, tags: Tags::NONE, chained: false };
        while let Some(i) = group.start.checked_sub(1) {
            if verb - i > REACH {
                break;
            }
            let item = self.items[i];
            if self.auxiliary(i) || item.is(Tags::NEG) {
                group.tags |= item.tags;
            } else if item.is(Tags::TO) && self.is(verb, Tags::BASE) && !group.tags.any(Tags::TO) {
                group.tags |= Tags::TO;
                if i > 0 && self.is(i - 1, VERB | Tags::ED) && !self.is(i - 1, Tags::NAME) {
                    group.chained = true;
                    group.tags |= self.items[i - 1].tags;
                    group.start = i - 1;
                    continue;
                }
            } else if !item.is(Tags::ADV) || item.is(Tags::TIME) {
                break;
            }
            group.start = i;
        }
        // `also`, `now` at the front of a sentence are no part of it.
        while group.start == 0
            && group.start < verb
            && self.is(group.start, Tags::ADV)
            && !self.is(group.start, AUX)
        {
            group.start += 1;
        }
        group
    }

    /// True if the item at `i` is, by itself, the verb of a clause.
    pub fn finite(&self, i: usize) -> bool {
        let Some(item) = self.items.get(i) else { return false };
        if item.is(Tags::NAME | Tags::POSS) || item.is(BREAK) {
            return false;
        }
        if item.is(AUX) {
            return self.auxiliary(i) && !self.is(i, Tags::ING);
        }
        let with_subject = self.before(i, Tags::SUBJ | Tags::IT | Tags::WHO | Tags::AND);
        if item.is(Tags::PAST) {
            return !self.before(i, Tags::DET | Tags::POSS | Tags::APOS | Tags::PREP)
                && !self.is(i + 1, Tags::BY);
        }
        if item.is(Tags::S3) {
            return with_subject
                || (self.before(i, Tags::NAME | Tags::WORD | Tags::PAREN) && !item.is(Tags::NOUN));
        }
        if item.is(Tags::BASE) {
            return with_subject || (self.before(i, Tags::PLURAL | Tags::GROUP) && !item.is(Tags::NOUN));
        }
        item.is(Tags::ED)
            && !self.before(i, Tags::DET | Tags::POSS | Tags::APOS | Tags::PREP | Tags::HYPHEN)
            && !self.is(i + 1, Tags::BY)
            && (with_subject || self.before(i, Tags::NAME | Tags::WORD | Tags::ADV | Tags::GROUP))
    }

    /// True if one of the items is the verb of a clause.
    pub fn has_finite(&self, range: Range<usize>) -> bool {
        let start = range.start.max(range.end.saturating_sub(REACH));
        (start..range.end).any(|i| self.finite(i) || self.is(i, Tags::QUOTE))
    }

    /// The nearest verb of a clause before `end`.
    pub fn finite_before(&self, end: usize, floor: usize) -> Option<usize> {
        (floor.max(end.saturating_sub(REACH))..end).rev().find(|&i| self.finite(i))
    }

    /// True if a noun phrase begins at `i`.
    pub fn phrase_begins(&self, i: usize) -> bool {
        let item = |tags| self.is(i, tags);
        item(Tags::DET | Tags::POSS | Tags::NUM | Tags::SUBJ | Tags::IT | Tags::OBJ)
            || (self.nounish(i) && !item(Tags::ED) && (!item(FINITE | Tags::ING) || item(Tags::NAME | Tags::NOUN)))
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

    /// True if a pronoun with the cue of another attribution stands at `i`: `, but she has also cited ...`.
    fn pronoun_cue(&self, i: usize) -> bool {
        if !self.is(i, Tags::SUBJ) {
            return false;
        }
        let verb = (i + 1..self.items.len().min(i + 6)).find(|&j| !self.is(j, AUX | Tags::ADV | Tags::NEG));
        verb.is_some_and(|verb| {
            self.is(verb, Tags::PAST | Tags::PART) && self.items[verb].cue.is_some_and(|cue| cue.kind != CueKind::Evidence)
        })
    }

    /// Where a clause that begins at `start` ends: at the end of the sentence, or before another that is told of.
    pub fn clause_end(&self, start: usize) -> usize {
        let mut at = start;
        while at < self.items.len().min(start + LONGEST) {
            let stop = self.is(at, Tags::SEMI)
                || (self.is(at, Tags::CLOSE))
                || (self.is(at, Tags::COMMA)
                    && (self.speaking(at + 1)
                        || self.is(at + 1, Tags::ACCORDING)
                        || self.speech_closes(at + 1)
                        || (self.is(at + 1, Tags::AND | Tags::BUT)
                            && (self.speech_ahead(at + 2) || self.pronoun_cue(at + 2)))))
                || (at > start && self.is(at, Tags::ACCORDING))
                || (self.is(at, Tags::AND | Tags::BUT) && self.speech_ahead(at + 1))
                || (at > start
                    && self.is(at, Tags::WH)
                    && self.is(at, Tags::SUB)
                    && self.is(at + 1, Tags::PART)
                    && self.items[at + 1].cue.is_some())
                || (self.is(at, Tags::STOP) && self.rest_is_marks(at));
            if stop {
                break;
            }
            at += 1;
        }
        self.trim(start, at)
    }

    /// Where a noun phrase or an infinitive that begins at `start`, with all that hangs on it, ends.
    pub fn complement_end(&self, start: usize) -> usize {
        let mut at = start;
        let mut infinitive = false;
        while at < self.items.len().min(start + LONGEST) {
            if at > start {
                let comma = self.is(at, Tags::COMMA) && !self.list_comma(at);
                let verb = self.is(at, Tags::AND | Tags::BUT)
                    && self.is(at + 1, VERB | AUX | Tags::ED | Tags::ADV | Tags::SUBJ)
                    && !self.is(at + 1, Tags::NAME | Tags::NOUN);
                let sub = self.is(at, Tags::SUB) && !self.is(at, Tags::AS | Tags::PREP);
                let dash = self.is(at, Tags::DASH) && !self.is(at, Tags::HYPHEN);
                let time = self.is(at, Tags::TIME_PREP) && self.is(at + 1, Tags::TIME) && !infinitive;
                let venue = self.is(at, Tags::TIME_PREP)
                    && (at + 1..at + 5)
                        .find(|&j| !self.is(j, Tags::DET | Tags::POSS | Tags::WORD | Tags::NAME))
                        .is_some_and(|j| self.is(j, Tags::VENUE));
                let when = self.is(at, Tags::SUB) && self.is(at, Tags::TIME_PREP);
                if comma
                    || verb
                    || sub
                    || dash
                    || time
                    || venue
                    || when
                    || self.is(at, Tags::SEMI | Tags::CLOSE | Tags::ACCORDING)
                {
                    break;
                }
            }
            if self.is(at, Tags::STOP) && self.rest_is_marks(at) {
                break;
            }
            infinitive |= self.is(at, Tags::TO) && self.is(at + 1, Tags::BASE);
            at += 1;
        }
        self.trim(start, at)
    }

    /// A comma inside a list or a place: `Xi, Putin and Modi`, `Osh, Kyrgyzstan`.
    fn list_comma(&self, at: usize) -> bool {
        self.before(at, Tags::NAME) && self.is(at + 1, Tags::NAME)
    }

    /// True if nothing but marks and citations follows.
    fn rest_is_marks(&self, at: usize) -> bool {
        self.items[at..].iter().take(4).all(|item| item.is(Tags::STOP | Tags::CLOSE | Tags::PAREN))
            && self.items.len() - at <= 4
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
