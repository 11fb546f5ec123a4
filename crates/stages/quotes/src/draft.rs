//! Quotations of a whole document, before they become a layer: attributions of sentences are joined with the stretches
//! between quotation marks, which run over sentences and paragraphs.

use std::ops::Range;

use docmill_core::layers::{QuoteKind, Sentences, Tokens};

use crate::attribute::{Attribution, Attributor};
use crate::clause::{Clauses, REACH};
use crate::cue::{Cue, CueKind};
use crate::items::{Item, Reader};
use crate::lexicon::Lexicon;
use crate::marks::{Region, regions};
use crate::people::People;
use crate::spoken::{Finder, Spoken};
use crate::tags::Tags;
use crate::tree::Tree;

/// A quotation without a speaker of its own is given to somebody only if it has so many tokens, marks included: shorter
/// ones are mostly names and words held at a distance.
const SHORTEST_ALONE: usize = 6;

/// A longer sentence is no sentence; it is read in parts of so many tokens, which bounds memory.
const LONGEST_SENTENCE: usize = 2000;

/// A quotation in tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    /// Its parts, in text order.
    pub pieces: Vec<Range<usize>>,
    pub cue: Option<Range<usize>>,
    pub speaker: Option<Range<usize>>,
    pub kind: CueKind,
    /// Whether what is said is a clause, an infinitive or a stretch between marks, as speech is; the object of `praised the
    /// plan` is none.
    pub speech: bool,
    /// The sentence of the cue or, without one, of the speaker.
    pub sentence: usize,
    /// It is said inside of what somebody else says between marks.
    pub nested: bool,
}

/// A sentence in which a quotation stands that nobody there is said to say.
struct Orphan {
    region: usize,
    sentence: usize,
    /// The subject of the sentence around it or, if it stands alone, of the one before.
    subject: Option<Range<usize>>,
    alone: bool,
}

/// Collects the quotations of a document.
pub(crate) struct Drafter<'d> {
    pub text: &'d str,
    pub sentences: &'d Sentences,
    pub tokens: &'d Tokens,
    pub tree: Option<&'d Tree<'d>>,
    pub regions: Vec<Region>,
    pub drafts: Vec<Draft>,
    /// For each region, the draft that it belongs to.
    owners: Vec<Option<usize>>,
    orphans: Vec<Orphan>,
    /// The subject of the sentence that was read last, if it is somebody.
    subject: Option<Range<usize>>,
}

impl<'d> Drafter<'d> {
    pub fn new(
        text: &'d str,
        sentences: &'d Sentences,
        tokens: &'d Tokens,
        tree: Option<&'d Tree<'d>>,
    ) -> Self {
        let regions = regions(text, sentences, tokens);
        let owners = vec![None; regions.len()];
        Self {
            text,
            sentences,
            tokens,
            tree,
            regions,
            drafts: Vec::new(),
            owners,
            orphans: Vec::new(),
            subject: None,
        }
    }

    /// Reads every sentence.
    pub fn read(&mut self, lexicon: &Lexicon, people: &People<'_>) {
        let mut items = Vec::new();
        let mut region = 0;
        let (text, tokens) = (self.text, self.tokens.all());
        let word = |item: &Item| tokens[item.first].slice(text).unwrap_or_default();
        for sentence in 0..self.sentences.items.len() {
            let range = self.tokens.range_of(sentence);
            for start in range.clone().step_by(LONGEST_SENTENCE) {
                let part = start..range.end.min(start + LONGEST_SENTENCE);
                let regions = std::mem::take(&mut self.regions);
                let reader = Reader { text, tokens, regions: &regions, lexicon, people };
                reader.read(part.clone(), &mut region, &mut items);
                self.regions = regions;
                let attributor = Attributor { clauses: Clauses { items: &items }, word: &word };
                let regions = std::mem::take(&mut self.regions);
                let finder = self.tree.map(|tree| Finder { tree, people, lexicon, regions: &regions });
                let spoken = finder.as_ref().map(|finder| finder.all(&part));
                let (mut formal, mut fallback) = (Vec::new(), Vec::new());
                for attribution in attributor.all() {
                    let speech = is_speech(attributor.clauses, &attribution);
                    let parsed = matches!(attribution.kind, CueKind::Say | CueKind::Speech);
                    // A speaker before a colon is a matter of form, not of grammar.
                    if spoken.is_some() && parsed && !is_label(&items, &attribution) {
                        fallback.push((attribution, speech));
                    } else {
                        formal.push((attribution, speech));
                    }
                }
                // What the parser missed of a plain `X said`.
                let missed: Vec<Spoken> = fallback
                    .into_iter()
                    .filter_map(|(attribution, speech)| {
                        let spoken = as_spoken(&items, &attribution);
                        let plain = items[attribution.cue.end - 1].cue.is_some_and(Cue::is_plain);
                        let kept = plain && speech && spoken.source.is_some();
                        kept.then_some(spoken)
                    })
                    .filter(|spoken| {
                        finder.as_ref().is_some_and(|finder| {
                            spoken.contents.iter().all(|c| finder.is_said(c))
                                && !finder.is_unsaid(spoken, &[])
                        })
                    })
                    .map(|spoken| {
                        let verb = spoken.cue.end - 1;
                        let own = finder.as_ref().and_then(|finder| finder.source(verb, &spoken.cue, &part));
                        let inside = |s: &Range<usize>| spoken.contents.iter().any(|c| c.contains(&s.start));
                        let source = own.filter(|own| !inside(own)).or(spoken.source.clone());
                        Spoken { source, ..spoken }
                    })
                    .collect();
                self.regions = regions;
                for (attribution, speech) in formal {
                    self.take(&items, &attribution, speech, sentence);
                }
                let read = self.drafts.len();
                for spoken in spoken.into_iter().flatten() {
                    self.take_spoken(spoken, sentence);
                }
                for spoken in missed {
                    if !self.is_taken(&spoken, read) {
                        self.take_spoken(spoken, sentence);
                    }
                }
                self.note_orphans(&items, attributor.clauses, sentence);
                if !items.iter().all(|item| item.is(Tags::QUOTE | Tags::STOP)) {
                    self.subject = somebody(&items, attributor.clauses);
                }
            }
        }
        self.place_orphans();
    }

    fn take(&mut self, items: &[Item], attribution: &Attribution, speech: bool, sentence: usize) {
        let tokens = |range: &Range<usize>| items[range.start].first..items[range.end - 1].end;
        let contents =
            attribution.contents.iter().filter(|content| !content.is_empty()).map(tokens).collect();
        self.add(Draft {
            pieces: contents,
            cue: Some(tokens(&attribution.cue)),
            speaker: attribution.source.as_ref().map(tokens),
            kind: attribution.kind,
            speech,
            sentence,
            nested: false,
        });
    }

    /// Whether a draft since `read` has the cue of some speech, or part of what it says.
    fn is_taken(&self, spoken: &Spoken, read: usize) -> bool {
        let meets = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
        self.drafts.iter().skip(read).any(|draft| {
            draft.cue.as_ref().is_some_and(|other| meets(other, &spoken.cue))
                || draft
                    .pieces
                    .iter()
                    .any(|piece| spoken.contents.iter().any(|content| meets(piece, content)))
        })
    }

    fn take_spoken(&mut self, spoken: Spoken, sentence: usize) {
        let inside = self.regions.partition_point(|region| region.tokens.end <= spoken.cue.start);
        let nested = self.regions.get(inside).is_some_and(|region| region.tokens.start < spoken.cue.start);
        self.add(Draft {
            pieces: spoken.contents,
            cue: Some(spoken.cue),
            speaker: spoken.source,
            kind: CueKind::Say,
            speech: true,
            sentence,
            nested,
        });
    }

    /// Adds a draft; the stretches between marks that its pieces touch belong to it whole.
    fn add(&mut self, mut draft: Draft) {
        let index = self.drafts.len();
        let contents = std::mem::take(&mut draft.pieces);
        for mut piece in contents {
            let first = self.regions.partition_point(|region| region.tokens.end <= piece.start);
            let meets = |region: &&usize| self.regions[**region].tokens.start < piece.end;
            let met: Vec<usize> = (first..self.regions.len()).take_while(|region| meets(&region)).collect();
            for region in met.into_iter().filter(|_| !draft.nested) {
                let whole = self.regions[region].tokens.clone();
                if let Some(owner) = self.owners[region] {
                    // Its beginning belongs to somebody: so does the rest.
                    if whole.start < piece.start || owner == index {
                        continue;
                    }
                }
                self.owners[region] = Some(index);
                piece = piece.start.min(whole.start)..piece.end.max(whole.end);
            }
            draft.pieces.push(piece);
        }
        if !draft.pieces.is_empty() {
            self.drafts.push(draft);
        }
    }

    fn word(&self, token: usize) -> &'d str {
        self.tokens.all().get(token).and_then(|span| span.slice(self.text)).unwrap_or_default()
    }

    fn note_orphans(&mut self, items: &[Item], clauses: Clauses<'_>, sentence: usize) {
        let around = items.iter().any(|item| item.is(Tags::WORD | Tags::NAME | Tags::SUBJ));
        for (i, item) in items.iter().enumerate() {
            let Some(region) = item.region.filter(|&region| self.owners[region].is_none()) else { continue };
            if self.orphans.last().is_some_and(|orphan| orphan.region == region) {
                continue;
            }
            let before = i.checked_sub(1).is_some_and(|p| items[p].is(Tags::COMMA | Tags::COLON));
            let subject = if before { clauses.shared_subject(i - 1, 0) } else { None };
            let subject = subject.map(|s| items[s.start].first..items[s.end - 1].end);
            let subject = if around { subject } else { self.subject.clone() };
            // What somebody says of himself between marks names nobody.
            let named =
                |s: &Range<usize>| self.tree.is_none() || !matches!(self.word(s.start), "I" | "We" | "we");
            let subject = subject.filter(named);
            self.orphans.push(Orphan { region, sentence, subject, alone: !around });
        }
    }

    /// Quotations that nobody in their sentence says: they go on with what was quoted before, or belong to the subject
    /// of the sentence that leads to them.
    fn place_orphans(&mut self) {
        let read = self.drafts.len();
        for orphan in std::mem::take(&mut self.orphans) {
            if self.owners[orphan.region].is_some() {
                continue;
            }
            let tokens = self.regions[orphan.region].tokens.clone();
            if tokens.len() < SHORTEST_ALONE {
                continue;
            }
            if let Some(owner) = self.owner_before(orphan.region, orphan.sentence).filter(|_| orphan.alone) {
                self.owners[orphan.region] = Some(owner);
                self.drafts[owner].pieces.push(tokens);
            } else if let Some(subject) = orphan.subject {
                self.owners[orphan.region] = Some(self.drafts.len());
                // The verb that leads to it, if that is a cue: `justified the raids, “They work”`.
                let leads = |draft: &&Draft| {
                    draft.sentence == orphan.sentence && draft.speaker.as_ref() == Some(&subject)
                };
                let up_to = self.drafts[..read].partition_point(|draft| draft.sentence <= orphan.sentence);
                let last = up_to.checked_sub(1).map(|last| &self.drafts[last]);
                let cue = last.filter(leads).and_then(|draft| draft.cue.clone());
                self.drafts.push(Draft {
                    pieces: vec![tokens],
                    cue,
                    speaker: Some(subject),
                    kind: CueKind::Say,
                    speech: true,
                    sentence: orphan.sentence,
                    nested: false,
                });
            }
        }
    }

    /// Who is quoted just before a region that fills its sentences.
    fn owner_before(&self, region: usize, sentence: usize) -> Option<usize> {
        let paragraph = self.sentences.items[sentence].paragraph;
        let before = region.checked_sub(1)?;
        let owner = self.owners[before]?;
        let goes_on = self.regions[before].goes_on;
        let spoken = self.sentences.items[self.drafts[owner].sentence].paragraph;
        let last = self.sentences.index_at(self.tokens.all()[self.regions[before].tokens.end - 1].start)?;
        let near = sentence <= self.drafts[owner].sentence.max(last) + 1;
        (goes_on || (near && paragraph <= spoken.max(self.sentences.items[last].paragraph) + 1))
            .then_some(owner)
    }

    /// The parts of a draft, those with nothing between them as one; but each stretch between marks begins a new one.
    pub fn parts(&self, draft: &Draft) -> Vec<Range<usize>> {
        let mut sorted = draft.pieces.clone();
        sorted.sort_by_key(|piece| (piece.start, piece.end));
        let mut parts: Vec<Range<usize>> = Vec::with_capacity(sorted.len());
        for piece in sorted {
            let region = self.regions.partition_point(|r| r.tokens.start < piece.start);
            let opens = self.regions.get(region).is_some_and(|r| r.tokens.start == piece.start);
            match parts.last_mut() {
                Some(last) if piece.start < last.end || (piece.start == last.end && !opens) => {
                    last.end = last.end.max(piece.end);
                }
                _ => parts.push(piece),
            }
        }
        parts
    }

    /// How much of a draft stands between quotation marks. Punctuation does not count.
    pub fn kind(&self, draft: &Draft) -> QuoteKind {
        if draft.nested {
            return QuoteKind::Indirect;
        }
        let (mut inside, mut outside) = (false, false);
        for piece in &draft.pieces {
            let mut region = self.regions.partition_point(|r| r.tokens.end <= piece.start);
            for at in piece.clone() {
                while self.regions.get(region).is_some_and(|r| r.tokens.end <= at) {
                    region += 1;
                }
                if self.regions.get(region).is_some_and(|r| r.tokens.start <= at) {
                    inside = true;
                } else {
                    let word = self.tokens.all()[at].slice(self.text).unwrap_or_default();
                    outside |= word.chars().any(char::is_alphanumeric);
                }
            }
        }
        match (inside, outside) {
            (true, false) => QuoteKind::Direct,
            (true, true) => QuoteKind::Mixed,
            (false, _) => QuoteKind::Indirect,
        }
    }
}

/// An attribution in tokens.
fn as_spoken(items: &[Item], attribution: &Attribution) -> Spoken {
    let tokens = |range: &Range<usize>| items[range.start].first..items[range.end - 1].end;
    Spoken {
        cue: tokens(&attribution.cue),
        source: attribution.source.as_ref().map(tokens),
        contents: attribution.contents.iter().filter(|content| !content.is_empty()).map(tokens).collect(),
    }
}

/// Whether an attribution is that of a speaker before or behind a colon.
fn is_label(items: &[Item], attribution: &Attribution) -> bool {
    attribution.cue.clone().all(|i| items[i].is(Tags::COLON | Tags::DASH))
}

/// Whether an attribution is one of speech by the form of what is said: a stretch between marks, a clause, an infinitive.
fn is_speech(clauses: Clauses<'_>, attribution: &Attribution) -> bool {
    let Some(first) = attribution.contents.first() else { return false };
    let marked = |range: &Range<usize>| {
        let opens = clauses.is(range.start, Tags::QUOTE) || clauses.is(range.start + 1, Tags::QUOTE);
        opens
            || range.clone().any(|i| {
                clauses.is(i, Tags::QUOTE) && clauses.items[i].end - clauses.items[i].first >= SHORTEST_ALONE
            })
    };
    if attribution.contents.iter().any(marked) {
        return true;
    }
    // Without marks, what nobody is named for (`Asked whether`, `was rejected`) is a report's own words.
    if attribution.source.is_none() {
        return false;
    }
    let that = clauses.is(first.start, Tags::THAT) && !clauses.is(first.start, Tags::DET)
        || clauses.is(first.start, Tags::THAT) && clauses.has_finite(first.clone());
    if matches!(attribution.kind, CueKind::Noun) {
        return that;
    }
    // What stands before its cue was read as a clause.
    let before = first.end <= attribution.cue.start || clauses.is(attribution.cue.start, Tags::ACCORDING);
    let noun = Tags::DET | Tags::NAME | Tags::POSS | Tags::NUM | Tags::SUBJ | Tags::OBJ | Tags::PLURAL;
    let infinitive = (first.start..first.end.min(first.start + 25))
        .any(|i| clauses.is(i, Tags::TO) && !clauses.is(i + 1, noun) && !clauses.has_finite(first.start..i));
    let question = clauses.is(first.start, Tags::WH) || clauses.is(first.start, Tags::WHO);
    let finite = matches!(attribution.kind, CueKind::Say) || clauses.is(first.start, Tags::SUBJ | Tags::IT);
    let clause = finite && clauses.has_finite(first.clone()) || clauses.clause_ahead(first.start);
    before || that || infinitive || question || clause
}

/// The subject of a sentence in tokens, if it is a person by name or pronoun.
fn somebody(items: &[Item], clauses: Clauses<'_>) -> Option<Range<usize>> {
    let verb = (0..items.len().min(REACH)).find(|&i| clauses.finite(i))?;
    let subject = clauses.subject(clauses.group(verb).start, 0)?;
    let person = items[subject.clone()].iter().any(|item| item.is(Tags::PERSON | Tags::SUBJ));
    person.then(|| items[subject.start].first..items[subject.end - 1].end)
}
