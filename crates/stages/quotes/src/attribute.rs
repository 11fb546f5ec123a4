//! Finds the attributions of one sentence: from left to right, each cue with its source and what is attributed.

use std::ops::Range;

use crate::clause::{Clauses, REACH};
use crate::cue::CueKind;
use crate::items::Item;
use crate::tags::Tags;

/// Who says what, in items of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribution {
    pub cue: Range<usize>,
    pub kind: CueKind,
    pub source: Option<Range<usize>>,
    /// In text order.
    pub contents: Vec<Range<usize>>,
}

impl Attribution {
    fn end(&self) -> usize {
        let source = self.source.as_ref().map_or(0, |s| s.end);
        self.contents.iter().map(|c| c.end).chain([self.cue.end, source]).max().unwrap_or(0)
    }
}

/// Words by item, for the few rules that ask for one.
pub(crate) struct Attributor<'i, 'd> {
    pub clauses: Clauses<'i>,
    pub word: &'i dyn Fn(&Item) -> &'d str,
}

impl Attributor<'_, '_> {
    /// All of them, in order of their ends. What lies in the content of one is not looked into.
    pub fn all(&self) -> Vec<Attribution> {
        let mut found: Vec<Attribution> = Vec::new();
        if let Some(label) = self.label().or_else(|| self.headline()) {
            return vec![label];
        }
        let (mut at, mut floor) = (self.start(), self.start());
        while at < self.clauses.items.len() {
            match self.at(at, floor) {
                Some(attribution) => {
                    // What is around the words of one who says all this is no attribution of its own.
                    let start = attribution.contents.first().map_or(floor, |content| content.start);
                    while found.last().is_some_and(|last| last.end() > start && last.end() <= at) {
                        found.pop();
                    }
                    floor = attribution.end().max(at + 1);
                    at = floor;
                    found.push(attribution);
                }
                None => at += 1,
            }
        }
        found
    }

    fn at(&self, i: usize, floor: usize) -> Option<Attribution> {
        let item = &self.clauses.items[i];
        if item.is(Tags::ACCORDING) && self.is(i + 1, Tags::TO) {
            return self.according(i);
        }
        let verb = match item.cue {
            Some(cue) if cue.kind == CueKind::Adjective => self.adjective(i, cue, floor),
            Some(cue) => self.verb(i, cue, floor),
            None => None,
        };
        verb.or_else(|| self.noun(i, item.noun?, floor))
    }

    pub(crate) fn is(&self, i: usize, tags: Tags) -> bool {
        self.clauses.is(i, tags)
    }

    /// The first item after a dateline: `DUSHANBE, September 15 —`.
    pub(crate) fn start(&self) -> usize {
        let end = self.clauses.items.len().min(10);
        let dash = (1..end).find(|&i| {
            self.is(i, Tags::DASH) && !self.is(i, Tags::HYPHEN)
                || self.is(i, Tags::HYPHEN) && self.is(i - 1, Tags::PAREN)
        });
        let dateline = |dash: &usize| {
            (0..*dash).all(|i| {
                self.is(i, Tags::NAME | Tags::COMMA | Tags::TIME | Tags::NUM | Tags::PAREN | Tags::STOP)
            }) && (self.word)(&self.clauses.items[0]).chars().filter(|c| c.is_uppercase()).count() > 2
        };
        dash.filter(dateline).map_or(0, |dash| dash + 1)
    }

    /// Where what stands before `end` begins: after a semicolon or a dateline.
    pub(crate) fn sentence_start(&self, end: usize) -> usize {
        let first = self.start().max(end.saturating_sub(4 * REACH));
        (first..end).rev().find(|&i| self.is(i, Tags::SEMI)).map_or(first, |i| i + 1)
    }
}
