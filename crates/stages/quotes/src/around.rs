//! What is said before a cue, or on both sides of it.

use std::ops::Range;

use crate::attribute::{Attribution, Attributor};
use crate::clause::{Group, REACH};
use crate::cue::{Cue, CueKind, Takes};
use crate::tags::{BREAK, Tags};

/// What may follow a speaker that stands after the verb.
const AFTER_SPEAKER: Tags = BREAK
    .and(Tags::COMMA)
    .and(Tags::QUOTE)
    .and(Tags::PREP)
    .and(Tags::SUB)
    .and(Tags::TIME)
    .and(Tags::AND)
    .and(Tags::WHO);
/// What stands before content without being part of it.
const BEFORE_CONTENT: Tags = BREAK.and(Tags::COMMA).and(Tags::AND).and(Tags::BUT);

impl Attributor<'_, '_> {
    /// `"...," said X`: the source stands after the verb.
    pub(crate) fn inverted(&self, k: usize, group: Group, cue: Cue, floor: usize) -> Option<Attribution> {
        let plain = group.start == k && self.is(k, Tags::PAST | Tags::S3);
        if cue.kind != CueKind::Say || !plain || k == 0 || k < floor {
            return None;
        }
        let quoted = self.clauses.before(k, Tags::QUOTE)
            || (k > 1
                && self.clauses.before(k, Tags::COMMA | Tags::STOP)
                && self.clauses.before(k - 1, Tags::QUOTE));
        if !quoted && !self.clauses.before(k, Tags::COMMA | Tags::DASH) {
            return None;
        }
        // `Aides to Petrov, a former mayor, said their work was done`
        if !quoted && self.clauses.subject(k, floor).is_some_and(|subject| subject.start <= floor + 1) {
            return None;
        }
        let said = ["said", "says"].contains(&(self.word)(&self.clauses.items[k]));
        if self.is(k + 1, Tags::OBJ) || (!quoted && !said) {
            return None;
        }
        let source = self.clauses.phrase_after(k + 1, true)?;
        let ends = quoted || source.end == self.clauses.items.len() || self.is(source.end, AFTER_SPEAKER);
        // `The contrast, said Petrov, is clear`
        let medial = self.is(source.end, Tags::COMMA) && source.end + 3 < self.clauses.items.len();
        if !ends || (!quoted && !medial && !self.clauses.has_finite(self.sentence_start(k)..k)) {
            return None;
        }
        let left = self.left_content(if quoted { floor } else { self.sentence_start(k) }, k)?;
        let mut contents = vec![left];
        contents.extend(self.continued(source.end, quoted));
        Some(Attribution { cue: k..k + 1, kind: cue.kind, source: Some(source), contents })
    }

    /// `..., X said`, `..., X said, ...`, `"...," X said. "..."`.
    pub(crate) fn around(
        &self,
        k: usize,
        cue: Cue,
        source: &Range<usize>,
        right: Option<Range<usize>>,
        floor: usize,
    ) -> Option<Attribution> {
        let mark = source.start.checked_sub(1).filter(|mark| *mark >= floor)?;
        if self.is(source.start, Tags::WHO | Tags::THAT) {
            return None;
        }
        let quoted = self.is(mark, Tags::QUOTE)
            || (self.is(mark, Tags::COMMA) && mark > floor && self.is(mark - 1, Tags::QUOTE));
        if !quoted && !self.is(mark, Tags::COMMA | Tags::DASH) || self.is(mark, Tags::HYPHEN) {
            return None;
        }
        let medial = self.is(k + 1, Tags::COMMA);
        let whole = !quoted && !medial && cue.kind == CueKind::Say;
        let from = if whole { self.sentence_start(source.start) } else { floor };
        let weak = cue.takes.any(Takes::WEAK) && cue.kind != CueKind::Say;
        // A longer stretch has a verb, though the lists may lack it, unless it is a phrase such as `On Monday in Osh`.
        let phrase = Tags::PREP | Tags::SUB | Tags::ADV | Tags::TIME | Tags::ING;
        let clause = self.clauses.has_finite(from..mark) || (mark - from >= 4 && !self.is(from, phrase));
        if !quoted && (weak || !(medial || floor > from || clause)) {
            return None;
        }
        // What follows the verb at once is what is said; what stands before it is not.
        let direct = right.is_some_and(|right| {
            let that = self.is(right.start, Tags::THAT) && !medial;
            that || right.start <= k + 2
                && !self.is(k + 1, Tags::COMMA | Tags::PREP | Tags::TIME | Tags::QUOTE | Tags::SUB)
                && !self.is(right.start, Tags::QUOTE)
        });
        let listener = cue.takes.any(Takes::LISTENER) && quoted;
        if direct && !listener {
            return None;
        }
        let left = self.left_content(from, source.start)?;
        let mut contents = vec![left];
        contents.extend(self.continued(k + 1, quoted));
        Some(Attribution {
            cue: self.clauses.group(k).start.max(source.end.min(k))..k + 1,
            kind: cue.kind,
            source: Some(source.clone()),
            contents,
        })
    }

    /// What goes on after `X said,`.
    fn continued(&self, from: usize, quoted: bool) -> Option<Range<usize>> {
        let end = self.clauses.items.len().min(from + REACH);
        let mark = (from..end).find(|&i| self.is(i, Tags::COMMA | Tags::QUOTE | Tags::STOP | Tags::COLON))?;
        let next = if self.is(mark, Tags::QUOTE) { mark } else { mark + 1 };
        if next == mark && mark > from && !self.is(mark - 1, Tags::NAME | Tags::TIME) {
            return None;
        }
        if self.is(mark, Tags::STOP) && !self.is(next, Tags::QUOTE) || next >= self.clauses.items.len() {
            return None;
        }
        let quote = self.is(next, Tags::QUOTE);
        if !quote
            && (quoted
                || mark != from
                || self.clauses.speaking(next)
                || self.is(next, Tags::ACCORDING | Tags::ING))
        {
            return None;
        }
        let end = self.clauses.clause_end(next);
        // `..., X announced, hours after the talks`
        let aside = self.is(next, Tags::TIME | Tags::TIME_PREP) || !self.clauses.has_finite(next..end);
        (end > next && (quote || !aside)).then_some(next..end)
    }

    /// What stands before `end`, back to `floor`, without the comma.
    pub(crate) fn left_content(&self, floor: usize, end: usize) -> Option<Range<usize>> {
        let mut start = floor;
        while start < end && self.is(start, BEFORE_CONTENT) {
            start += 1;
        }
        let mut end = end;
        while end > start && self.is(end - 1, Tags::COMMA | Tags::DASH) {
            end -= 1;
        }
        (start < end).then_some(start..end)
    }
}
