//! Finds the attributions of one sentence: from left to right, each cue with its source and what is attributed.

use std::ops::Range;

use crate::clause::{Clauses, Group, REACH};
use crate::cue::{Cue, CueKind, Takes};
use crate::items::Item;
use crate::tags::{AUX, FINITE, Tags, VERB};

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
        if let Some(label) = self.label() {
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

    fn is(&self, i: usize, tags: Tags) -> bool {
        self.clauses.is(i, tags)
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

    /// `according to X, ...`, `..., according to X`, `..., according to X, ...`.
    fn according(&self, i: usize) -> Option<Attribution> {
        let source = self.clauses.phrase_after(i + 2, i > self.start())?;
        let mut after = source.end;
        while self.is(after, Tags::TIME | Tags::TIME_PREP | Tags::NUM) {
            after += 1;
        }
        let start = self.sentence_start(i);
        let left = self.left_content(start, i);
        let told = left.as_ref().is_some_and(|left| self.clauses.has_finite(left.clone()));
        let right = if !told && self.is(after, Tags::COMMA) { self.clause(after + 1) } else { None };
        let contents: Vec<_> = [left, right].into_iter().flatten().collect();
        (!contents.is_empty()).then_some(Attribution { cue: i..i + 2, kind: CueKind::Say, source: Some(source), contents })
    }

    /// `TAPPER: ...`, `Petrov: ...`: the speaker before a colon at the start.
    fn label(&self) -> Option<Attribution> {
        let start = self.start();
        let colon = (start..self.clauses.items.len().min(start + 6)).find(|&i| self.is(i, Tags::COLON))?;
        let named = (start..colon).all(|i| self.is(i, Tags::NAME | Tags::PAREN | Tags::TITLE))
            && (start..colon).any(|i| self.is(i, Tags::PERSON));
        if !named || colon + 4 > self.clauses.items.len() {
            return None;
        }
        let content = colon + 1..self.clauses.items.len();
        Some(Attribution { cue: colon..colon + 1, kind: CueKind::Say, source: Some(start..colon), contents: vec![content] })
    }

    /// The first item after a dateline: `DUSHANBE, September 15 —`.
    fn start(&self) -> usize {
        let end = self.clauses.items.len().min(10);
        let dash = (1..end).find(|&i| self.is(i, Tags::DASH) && !self.is(i, Tags::HYPHEN) || self.is(i, Tags::HYPHEN) && self.is(i - 1, Tags::PAREN));
        let dateline = |dash: &usize| {
            (0..*dash).all(|i| self.is(i, Tags::NAME | Tags::COMMA | Tags::TIME | Tags::NUM | Tags::PAREN | Tags::STOP))
                && (self.word)(&self.clauses.items[0]).chars().filter(|c| c.is_uppercase()).count() > 2
        };
        dash.filter(dateline).map_or(0, |dash| dash + 1)
    }

    fn verb(&self, k: usize, cue: Cue, floor: usize) -> Option<Attribution> {
        let item = &self.clauses.items[k];
        let group = self.clauses.group(k);
        if group.start < floor || item.is(Tags::NAME) && item.is(Tags::NOUN) && !self.headline_verb(k) {
            return None;
        }
        if self.is_noun_here(k, group) {
            return None;
        }
        if cue.kind == CueKind::Evidence {
            return self.evidence(k, group, cue, floor);
        }
        let be = group.tags.any(Tags::BE) && !group.tags.any(Tags::TO);
        if be && item.is(Tags::PART) && !item.is(Tags::ING) {
            return self.passive(k, group, cue, floor);
        }
        if group.start == k && item.is(Tags::PART | Tags::PAST) && self.is(k + 1, Tags::BY) {
            return self.by(k, group, cue, floor);
        }
        if group.start == k && item.is(Tags::PART) && !item.is(Tags::PAST) {
            return None;
        }
        // `what will things be like`
        if be && !item.is(Tags::ING) {
            return None;
        }
        if k == 0 && cue.takes.any(Takes::LISTENER) && item.is(Tags::PAST) {
            // `Asked whether he would go, he ...`
            let mut content = self.right_content(k, cue)?;
            content.end = content.clone().find(|&i| self.is(i, Tags::COMMA)).unwrap_or(content.end);
            return Some(Attribution {
                cue: 0..1,
                kind: CueKind::Evidence,
                source: None,
                contents: vec![content],
            });
        }
        if let Some(found) = self.inverted(k, group, cue, floor) {
            return Some(found);
        }
        let right = self.right_content(k, cue);
        let participle = item.is(Tags::ING) && !be;
        let infinitive = group.tags.any(Tags::TO) && !group.chained;
        let shared = participle || infinitive || self.clauses.before(group.start, Tags::AND | Tags::BUT);
        let mut own = if participle || infinitive { None } else { self.clauses.subject(group.start, floor) };
        if own.is_none() && !shared && self.clauses.before(group.start, Tags::COMMA) {
            // An apposition in which somebody was said to say something.
            own = self.clauses.subject(group.start, 0);
        }
        let source = match own {
            Some(source) => source,
            // What was said before may reach over the subject that is shared.
            None if shared => self.clauses.shared_subject(group.start, 0)?,
            None => return None,
        };
        if !shared
            && matches!(cue.kind, CueKind::Say | CueKind::Attitude)
            && cue.takes.any(Takes::CLAUSE)
            && let Some(found) = self.around(k, cue, &source, right.clone(), floor)
        {
            return Some(found);
        }
        let mut content = right?;
        let subordinate = (floor..source.start)
            .rev()
            .take(REACH)
            .take_while(|&i| !self.is(i, Tags::COMMA))
            .any(|i| self.is(i, Tags::SUB | Tags::WH));
        if subordinate {
            content.end = self.subordinate_end(&content);
        }
        if self.is(source.start, Tags::WHO) && source.start > 0 && self.is(source.start - 1, Tags::COMMA) {
            content.end = self.relative_end(&content);
        }
        let relative = source.start > floor
            && source.start < group.start
            && self.clauses.before(source.start, Tags::WHO | Tags::WH);
        let mut contents = vec![content];
        if relative && source.start > floor {
            contents.insert(0, source.start - 1..source.start);
        }
        Some(Attribution {
            cue: group.start.max(source.end.min(k))..k + 1,
            kind: cue.kind,
            source: Some(source),
            contents,
        })
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
        let main = (content.start + 1..end)
            .find(|&i| self.is(i, Tags::COMMA) && verb(i).is_some_and(|j| self.is(j, Tags::PAST | Tags::S3 | AUX)));
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

    /// `X appears to ...`: nobody's words; the subject is part of what is told.
    fn evidence(&self, k: usize, group: Group, cue: Cue, floor: usize) -> Option<Attribution> {
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
    fn passive(&self, k: usize, group: Group, cue: Cue, floor: usize) -> Option<Attribution> {
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
        Some(Attribution { cue: cue_range, kind: CueKind::Evidence, source: None, contents })
    }

    /// `the plan proposed by X`, `X was criticized by Y`.
    fn by(&self, k: usize, group: Group, cue: Cue, floor: usize) -> Option<Attribution> {
        let source = self.clauses.phrase_after(k + 2, true)?;
        // `encouraged by the example` is nobody's encouragement.
        let somebody = Tags::NAME | Tags::PERSON | Tags::GROUP | Tags::TITLE | Tags::OBJ | Tags::PLURAL;
        if !self.clauses.items[source.clone()].iter().any(|item| item.is(somebody)) {
            return None;
        }
        let subject = self.clauses.subject(group.start, floor)?;
        let mut contents = vec![subject];
        if self.is(source.end, Tags::PREP | Tags::AS) {
            contents.push(source.end..self.clauses.complement_end(source.end));
        }
        Some(Attribution { cue: group.start..k + 1, kind: cue.kind, source: Some(source), contents })
    }

    /// `"...," said X`: the source stands after the verb.
    fn inverted(&self, k: usize, group: Group, cue: Cue, floor: usize) -> Option<Attribution> {
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
        let ends = source.end == self.clauses.items.len()
            || self.is(
                source.end,
                Tags::COMMA
                    | Tags::STOP
                    | Tags::QUOTE
                    | Tags::PREP
                    | Tags::SUB
                    | Tags::COLON
                    | Tags::TIME
                    | Tags::SEMI
                    | Tags::AND
                    | Tags::WHO,
            )
            || quoted;
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
    fn around(
        &self,
        k: usize,
        cue: Cue,
        source: &Range<usize>,
        right: Option<Range<usize>>,
        floor: usize,
    ) -> Option<Attribution> {
        let mark = source.start.checked_sub(1).filter(|mark| *mark >= floor)?;
        let quoted = self.is(mark, Tags::QUOTE)
            || (self.is(mark, Tags::COMMA) && mark > floor && self.is(mark - 1, Tags::QUOTE));
        if !quoted && !self.is(mark, Tags::COMMA | Tags::DASH) || self.is(mark, Tags::HYPHEN) {
            return None;
        }
        let medial = self.is(k + 1, Tags::COMMA);
        let whole = !quoted && !medial && cue.kind == CueKind::Say;
        let from = if whole { self.sentence_start(source.start) } else { floor };
        let weak = cue.takes.any(Takes::WEAK) && cue.kind != CueKind::Say;
        if !quoted && (weak || !(medial || floor > from || self.clauses.has_finite(from..mark))) {
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

    /// Where what stands before `end` begins: after a semicolon or a dateline.
    fn sentence_start(&self, end: usize) -> usize {
        let first = self.start().max(end.saturating_sub(4 * REACH));
        (first..end).rev().find(|&i| self.is(i, Tags::SEMI)).map_or(first, |i| i + 1)
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
        (end > next).then_some(next..end)
    }

    /// What stands before `end`, back to `floor`, without the comma.
    fn left_content(&self, floor: usize, end: usize) -> Option<Range<usize>> {
        let mut start = floor;
        while start < end
            && self.is(
                start,
                Tags::COMMA
                    | Tags::AND
                    | Tags::BUT
                    | Tags::SEMI
                    | Tags::STOP
                    | Tags::COLON
                    | Tags::DASH
                    | Tags::CLOSE,
            )
        {
            start += 1;
        }
        let mut end = end;
        while end > start && self.is(end - 1, Tags::COMMA | Tags::DASH) {
            end -= 1;
        }
        (start < end).then_some(start..end)
    }

    /// What follows the cue at `k`.
    fn right_content(&self, k: usize, cue: Cue) -> Option<Range<usize>> {
        let takes = cue.takes;
        let weak = takes.any(Takes::WEAK);
        let mut at = k + 1;
        while self.is(at, Tags::ADV) && !self.is(at, Tags::TIME | Tags::PREP) && !takes.any(self.word_at(at))
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

    fn word_at(&self, i: usize) -> Takes {
        self.clauses.items.get(i).map_or(Takes::default(), |item| Takes::word((self.word)(item)))
    }

    fn clause(&self, start: usize) -> Option<Range<usize>> {
        let end = self.clauses.clause_end(start);
        (start < end).then_some(start..end)
    }

    fn complement(&self, start: usize) -> Option<Range<usize>> {
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

    /// `X is confident that ...`
    fn adjective(&self, k: usize, cue: Cue, floor: usize) -> Option<Attribution> {
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

    /// `his claim that ...`, `Moscow's criticism of ...`
    fn noun(&self, k: usize, cue: Cue, floor: usize) -> Option<Attribution> {
        let content = self.right_content(k, cue)?;
        let first = floor.max(k.saturating_sub(4));
        let owner = (first..k)
            .rev()
            .find(|&i| self.is(i, Tags::POSS | Tags::APOS | Tags::DET | Tags::PREP | VERB))?;
        if self.is(owner, Tags::POSS) {
            return Some(Attribution {
                cue: owner + 1..k + 1,
                kind: cue.kind,
                source: Some(owner..owner + 1),
                contents: vec![content],
            });
        }
        if self.is(owner, Tags::APOS) && owner > floor {
            let start = self.clauses.phrase_start(owner, floor);
            return Some(Attribution {
                cue: owner + 1..k + 1,
                kind: cue.kind,
                source: Some(start..owner),
                contents: vec![content],
            });
        }
        None
    }
}
