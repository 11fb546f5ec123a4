//! Attributions by a verb in the active voice.

use std::ops::Range;

use crate::attribute::{Attribution, Attributor};
use crate::clause::{Group, REACH};
use crate::cue::{Cue, CueKind, Takes};
use crate::tags::{AUX, Tags};

impl Attributor<'_, '_> {
    /// The attribution by the verb at `k`, if it is one here.
    pub(crate) fn verb(&self, k: usize, cue: Cue, floor: usize) -> Option<Attribution> {
        let item = &self.clauses.items[k];
        let group = self.clauses.group(k);
        let name = item.is(Tags::NAME) && item.is(Tags::NOUN) && !self.headline_verb(k);
        if group.start < floor || name || self.is_noun_here(k, group) {
            return None;
        }
        if cue.kind == CueKind::Evidence {
            return self.evidence(k, group, cue, floor);
        }
        let be = group.tags.any(Tags::BE) && !group.tags.any(Tags::TO);
        if be && !item.is(Tags::ING) {
            // `what will things be like` is no passive.
            return if item.is(Tags::PART) { self.passive(k, group, cue, floor) } else { None };
        }
        if group.start == k && item.is(Tags::PART) && (self.is(k + 1, Tags::BY) || !item.is(Tags::PAST)) {
            return if self.is(k + 1, Tags::BY) { self.by(k, group, cue, floor) } else { None };
        }
        if k == 0 && cue.takes.any(Takes::LISTENER) && item.is(Tags::PAST) {
            return self.opening(cue);
        }
        self.inverted(k, group, cue, floor).or_else(|| self.active(k, group, cue, floor))
    }

    /// `Asked whether he would go, he ...`
    fn opening(&self, cue: Cue) -> Option<Attribution> {
        let mut content = self.right_content(0, cue)?;
        content.end = content.clone().find(|&i| self.is(i, Tags::COMMA)).unwrap_or(content.end);
        Some(Attribution { cue: 0..1, kind: cue.kind, source: None, contents: vec![content] })
    }

    /// A verb after its subject.
    fn active(&self, k: usize, group: Group, cue: Cue, floor: usize) -> Option<Attribution> {
        let item = &self.clauses.items[k];
        let participle = item.is(Tags::ING) && (!group.tags.any(Tags::BE) || group.tags.any(Tags::TO));
        let infinitive = group.tags.any(Tags::TO) && !group.chained;
        if infinitive
            && matches!(cue.kind, CueKind::Attitude | CueKind::Speech)
            && self.is_purpose(group.start)
        {
            return None;
        }
        let shares = participle || infinitive || self.clauses.before(group.start, Tags::AND | Tags::BUT);
        let own = if participle || infinitive { None } else { self.clauses.subject(group.start, floor) };
        // What was said before may reach over the subject: that of an apposition, or of a verb that shares it.
        let source = match own {
            Some(own) => own,
            None if shares => self.clauses.shared_subject(group.start, 0)?,
            None if self.clauses.before(group.start, Tags::COMMA) => self.clauses.subject(group.start, 0)?,
            None => return None,
        };
        let right = self.right_content(k, cue);
        if !shares
            && matches!(cue.kind, CueKind::Say | CueKind::Attitude)
            && cue.takes.any(Takes::CLAUSE)
            && let Some(found) = self.around(k, cue, &source, right.clone(), floor)
        {
            return Some(found);
        }
        let content = right?;
        let content = content.start..self.main_clause(&content, &source, floor);
        let cue_start = group.start.max(source.end.min(k));
        Some(Attribution {
            cue: cue_start..k + 1,
            kind: cue.kind,
            source: Some(source),
            contents: vec![content],
        })
    }

    /// True if the infinitive at `to` tells what something is for, not what anybody says or thinks: `it relies on foreign
    /// donors to support its efforts`.
    fn is_purpose(&self, to: usize) -> bool {
        let phrase =
            (0..to).rev().take_while(|&i| self.clauses.nounish(i) || self.is(i, Tags::DET | Tags::POSS));
        phrase.last().is_some_and(|first| self.clauses.before(first, Tags::PREP))
    }

    /// Where content ends for the sake of the main clause, if the attribution stands in a subordinate one.
    fn main_clause(&self, content: &Range<usize>, source: &Range<usize>, floor: usize) -> usize {
        let before = (floor..source.start).rev().take(REACH).take_while(|&i| !self.is(i, Tags::COMMA));
        if before.into_iter().any(|i| self.is(i, Tags::SUB | Tags::WH)) {
            return self.subordinate_end(content);
        }
        if self.is(source.start, Tags::WHO) && self.clauses.before(source.start, Tags::COMMA) {
            return self.relative_end(content);
        }
        content.end
    }

    /// Where a clause in a subordinate one ends: where the main clause begins.
    fn subordinate_end(&self, content: &Range<usize>) -> usize {
        let end = content.end.min(content.start + REACH);
        let main =
            (content.start + 1..end).find(|&i| self.is(i, Tags::COMMA) && self.clauses.clause_ahead(i + 1));
        main.unwrap_or(content.end)
    }

    /// Where a clause in one with `, who` ends: where the main clause goes on with its verb.
    fn relative_end(&self, content: &Range<usize>) -> usize {
        let end = content.end.min(content.start + REACH);
        let verb = |i: usize| (i + 1..i + 4).find(|&j| !self.is(j, Tags::ADV));
        let main = (content.start + 1..end).find(|&i| {
            self.is(i, Tags::COMMA) && verb(i).is_some_and(|j| self.is(j, Tags::PAST | Tags::S3 | AUX))
        });
        main.unwrap_or(content.end)
    }

    /// In a headline verbs are capitalised.
    fn headline_verb(&self, k: usize) -> bool {
        let next = self.clauses.items.get(k + 1);
        self.is(k, Tags::S3 | Tags::PAST)
            && next.is_some_and(|n| n.is(Tags::NAME | Tags::TO | Tags::THAT | Tags::COLON))
    }

    /// `a call`, `the minister's plans`.
    fn is_noun_here(&self, k: usize, group: Group) -> bool {
        let item = &self.clauses.items[k];
        if group.tags.any(AUX | Tags::TO) {
            return false;
        }
        let determined = self.clauses.before(k, Tags::DET | Tags::POSS | Tags::OF | Tags::NUM | Tags::PREP)
            || (self.clauses.before(k, Tags::APOS) && !self.clauses.apostrophe_is_verb(k - 1));
        let participle = item.is(Tags::ING) && self.clauses.before(k, Tags::PREP | Tags::SUB);
        if determined && !participle {
            return !self.clauses.before(group.start, Tags::IT | Tags::GROUP)
                || !self.clauses.before(k, Tags::DET);
        }
        if !item.is(Tags::BASE) || item.is(Tags::PAST) {
            return false;
        }
        if item.is(Tags::NOUN) && self.clauses.before(k, Tags::AND | Tags::COMMA) {
            return true;
        }
        let plural = Tags::SUBJ
            | Tags::IT
            | Tags::PLURAL
            | Tags::GROUP
            | Tags::WHO
            | Tags::THAT
            | Tags::COMMA
            | Tags::AND
            | Tags::PAREN;
        !self.clauses.before(group.start, plural)
    }
}
