//! Attributions by other words than active verbs: passives, adjectives, nouns, `according to`, and speakers before a
//! colon.

use crate::attribute::{Attribution, Attributor};
use crate::clause::Group;
use crate::cue::{Cue, CueKind, Takes};
use crate::tags::{BREAK, Tags, VERB};

impl Attributor<'_, '_> {
    /// `according to X, ...`, `..., according to X`, `..., according to X, ...`.
    pub(crate) fn according(&self, i: usize) -> Option<Attribution> {
        let source = self.clauses.phrase_after(i + 2, i > self.start())?;
        let mut after = source.end;
        while self.is(after, Tags::TIME | Tags::TIME_PREP | Tags::NUM) {
            after += 1;
        }
        let start = self.sentence_start(i);
        let left = self.left_content(start, i);
        let is_reported = left.as_ref().is_some_and(|left| self.clauses.has_finite(left.clone()));
        let right = if !is_reported && self.is(after, Tags::COMMA) { self.clause(after + 1) } else { None };
        let contents: Vec<_> = [left, right].into_iter().flatten().collect();
        (!contents.is_empty()).then_some(Attribution {
            cue: i..i + 2,
            kind: CueKind::Say,
            source: Some(source),
            contents,
        })
    }

    /// `TAPPER: ...`, `Petrov: ...`: the speaker before a colon at the start.
    pub(crate) fn label(&self) -> Option<Attribution> {
        let start = self.start();
        let colon = (start..self.clauses.items.len().min(start + 6)).find(|&i| self.is(i, Tags::COLON))?;
        let named = (start..colon).all(|i| self.is(i, Tags::NAME | Tags::PAREN | Tags::TITLE))
            && (start..colon).any(|i| self.is(i, Tags::PERSON));
        // `KKS: “Apologies will not suffice”`
        let quoted = self.is(colon + 1, Tags::QUOTE) && colon + 3 > self.clauses.items.len();
        let named = named || quoted && (start..colon).all(|i| self.is(i, Tags::NAME | Tags::TITLE));
        if !named || colon + 4 > self.clauses.items.len() && !quoted {
            return None;
        }
        let content = colon + 1..self.clauses.items.len();
        Some(Attribution {
            cue: colon..colon + 1,
            kind: CueKind::Say,
            source: Some(start..colon),
            contents: vec![content],
        })
    }

    /// `Prices to fall: minister`, `No poll issue - Blair`: a headline with its speaker behind a colon or dash.
    pub(crate) fn headline(&self) -> Option<Attribution> {
        let (start, end) = (self.start(), self.clauses.items.len());
        let mark = (end.saturating_sub(6)..end)
            .rev()
            .find(|&i| self.is(i, Tags::COLON) || self.is(i, Tags::DASH) && !self.is(i, Tags::HYPHEN))?;
        let words = mark + 1..end;
        let phrase = words.clone().all(|i| self.clauses.nounish(i) && !self.is(i, Tags::STOP | Tags::TIME));
        let somebody =
            if self.is(mark, Tags::COLON) { Tags::PERSON | Tags::TITLE | Tags::GROUP } else { Tags::PERSON };
        let last = end.checked_sub(1).filter(|last| *last > mark && self.is(*last, somebody));
        let content = start..mark;
        let whole =
            last.is_some() && phrase && mark >= start + 4 && !content.clone().any(|i| self.is(i, BREAK));
        whole.then(|| Attribution {
            cue: mark..mark + 1,
            kind: CueKind::Say,
            source: Some(words),
            contents: vec![content],
        })
    }

    /// `X appears to ...`: nobody's words; the subject is part of what is told.
    pub(crate) fn evidence(&self, k: usize, group: Group, cue: Cue, floor: usize) -> Option<Attribution> {
        let right = self.right_content(k, cue)?;
        let subject = self.clauses.subject(group.start, floor)?;
        Some(Attribution {
            cue: group.start..k + 1,
            kind: cue.kind,
            source: None,
            contents: vec![subject, right],
        })
    }

    /// `X was criticized by Y for ...`, `X is expected to ...`, `X was told that ...`.
    pub(crate) fn passive(&self, k: usize, group: Group, cue: Cue, floor: usize) -> Option<Attribution> {
        if self.is(k + 1, Tags::BY) {
            return self.by(k, group, cue, floor);
        }
        let right = self.right_content(k, cue);
        let cue_range = group.start..k + 1;
        if cue.takes.any(Takes::LISTENER) {
            return Some(Attribution {
                cue: cue_range,
                kind: cue.kind,
                source: None,
                contents: vec![right?],
            });
        }
        let subject = self.clauses.subject(group.start, floor)?;
        let right = right.filter(|right| self.is(right.start, Tags::TO | Tags::THAT | Tags::PREP | Tags::AS));
        if self.is(subject.start, Tags::IT) {
            return Some(Attribution {
                cue: cue_range,
                kind: cue.kind,
                source: None,
                contents: vec![right?],
            });
        }
        let contents = [Some(subject), right].into_iter().flatten().collect();
        Some(Attribution { cue: cue_range, kind: cue.kind, source: None, contents })
    }

    /// `the plan proposed by X`, `X was criticized by Y`.
    pub(crate) fn by(&self, k: usize, group: Group, cue: Cue, floor: usize) -> Option<Attribution> {
        let source = self.clauses.phrase_after(k + 2, true)?;
        // `encouraged by the example of Petrov` is nobody's encouragement.
        let somebody = Tags::NAME | Tags::PERSON | Tags::GROUP | Tags::TITLE | Tags::OBJ | Tags::PLURAL;
        let head =
            self.clauses.items[source.clone()].iter().take_while(|item| !item.is(Tags::PREP | Tags::COMMA));
        if !head.into_iter().any(|item| item.is(somebody)) {
            return None;
        }
        let subject = self.clauses.subject(group.start, floor)?;
        let mut contents = vec![subject];
        if self.is(source.end, Tags::PREP | Tags::AS) {
            contents.push(source.end..self.clauses.complement_end(source.end));
        }
        Some(Attribution { cue: group.start..k + 1, kind: cue.kind, source: Some(source), contents })
    }

    /// `X is confident that ...`
    pub(crate) fn adjective(&self, k: usize, cue: Cue, floor: usize) -> Option<Attribution> {
        let group = self.clauses.group(k);
        if !group.tags.any(Tags::BE) {
            return None;
        }
        let source = self.clauses.subject(group.start, floor)?;
        let content = self.right_content(k, cue)?;
        if self.is(source.start, Tags::IT) {
            return None;
        }
        Some(Attribution {
            cue: group.start..k + 1,
            kind: cue.kind,
            source: Some(source),
            contents: vec![content],
        })
    }

    /// `his claim that ...`, `Moscow's criticism of ...`, `in her view, ...`.
    pub(crate) fn noun(&self, k: usize, cue: Cue, floor: usize) -> Option<Attribution> {
        let first = floor.max(k.saturating_sub(4));
        let marks = Tags::POSS | Tags::APOS | Tags::DET | Tags::PREP | VERB;
        let owner = (first..k).rev().find(|&i| self.is(i, marks))?;
        let source = if self.is(owner, Tags::POSS) {
            owner..owner + 1
        } else if self.is(owner, Tags::APOS) && owner > floor {
            self.clauses.phrase_start(owner, floor)..owner
        } else {
            return None;
        };
        let in_view = self.clauses.before(source.start, Tags::PREP) && self.is(k + 1, Tags::COMMA);
        let content = if in_view { self.clause(k + 2)? } else { self.right_content(k, cue)? };
        Some(Attribution {
            cue: owner + 1..k + 1,
            kind: cue.kind,
            source: Some(source),
            contents: vec![content],
        })
    }
}
