//! A sentence's items, and the grammar of its clauses: verb groups, what is finite, where a clause ends.

use std::ops::Range;

use crate::items::Item;
use crate::tags::{AUX, BREAK, Tags, VERB};

/// Nothing is looked for further away than so many items, so that a text without a sentence end costs linear time.
pub(crate) const REACH: usize = 60;

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
        // `Clinton's running for office`, but `China's growing interest`
        let participle =
            self.is(next, Tags::ING) && (!self.nounish(next + 1) || self.is(next + 1, Tags::NAME));
        participle || self.is(next, Tags::DET) || self.is(i + 1, Tags::NEG)
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
}
