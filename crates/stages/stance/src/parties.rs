//! Who can hold a stance in a sentence, or be its target.

use std::ops::Range;

use docmill_core::layers::{
    Citations, Entities, Entity, Holder, HolderKind, Quote, Quotes, Sentences, Target, TargetKind,
};
use docmill_core::{Document, Span};

use crate::anaphora::anaphor;
use crate::names::Names;
use crate::relation::Clause;
use crate::vocabulary;

/// Somebody in a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Party {
    /// The words that stand for it in the sentence; the model is asked about these.
    pub span: Span,
    /// Who it is.
    pub who: Who,
}

/// Who a party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// An entity mention by its index, the one of the sentence or the one that `he` or `the group` stands for.
    Entity(u32),
    /// Somebody quoted, who says `we`; the entity mention if it is one, and the words that name it.
    Speaker(Option<u32>, Span),
    /// The author.
    Author,
    /// Somebody without a name, by the words that stand for it: `many residents`, a pronoun that nobody is known for.
    Group(Span),
    /// Something or somebody without a name that a stance is about: `the attack`, `to send troops`. It holds none.
    Thing(Span),
}

impl Party {
    /// As a holder.
    pub fn holder(self) -> Holder {
        match self.who {
            Who::Entity(entity) => {
                Holder { kind: HolderKind::Entity, entity: Some(entity), span: Some(self.span) }
            }
            Who::Speaker(entity, span) => Holder { kind: HolderKind::Speaker, entity, span: Some(span) },
            Who::Author => Holder { kind: HolderKind::Author, entity: None, span: None },
            Who::Group(span) | Who::Thing(span) => {
                Holder { kind: HolderKind::Group, entity: None, span: Some(span) }
            }
        }
    }

    /// The entity mention that it is, if it is one.
    pub fn entity(self) -> Option<u32> {
        self.holder().entity
    }

    /// As a target of a kind; the author is none.
    pub fn target(self, kind: TargetKind) -> Option<Target> {
        (self.who != Who::Author).then(|| Target { kind, entity: self.mention(), span: self.span })
    }

    /// The entity mention that it is as a target: not that of somebody without a name.
    pub fn mention(self) -> Option<u32> {
        match self.who {
            Who::Entity(entity) | Who::Speaker(Some(entity), _) => Some(entity),
            Who::Speaker(None, _) | Who::Author | Who::Group(_) | Who::Thing(_) => None,
        }
    }
}

/// What [`Scene::parties`] looks at.
pub(crate) struct Scene<'d> {
    pub(crate) text: &'d str,
    pub(crate) sentences: &'d Sentences,
    pub(crate) entities: &'d [Entity],
    pub(crate) quotes: &'d [Quote],
    /// Whether each entity mention is part of a citation: outlets are no parties.
    pub(crate) cited: Vec<bool>,
    pub(crate) names: &'d Names<'d>,
}

impl<'d> Scene<'d> {
    pub fn new(
        doc: &'d Document,
        sentences: &'d Sentences,
        entities: &'d Entities,
        names: &'d Names<'d>,
    ) -> Self {
        let quotes = doc.layers().get::<Quotes>().map_or(&[][..], |quotes| &quotes.items);
        let citations = doc.layers().get::<Citations>().map_or(&[][..], |citations| &citations.items);
        let (mut reach, mut next) = (0, 0);
        let mut is_cited = |entity: &Entity| {
            while let Some(citation) = citations.get(next).filter(|c| c.span.start <= entity.span.start) {
                reach = reach.max(citation.span.end);
                next += 1;
            }
            reach >= entity.span.end
        };
        let cited = entities.items.iter().map(&mut is_cited).collect();
        Self { text: doc.text(), sentences, entities: &entities.items, quotes, cited, names }
    }

    /// The innermost quotation whose content `span` is in.
    pub fn quotation(&self, span: Span) -> Option<&'d Quote> {
        // Quotations nest a few deep at most.
        let begun = self.quotes.partition_point(|quote| quote.content.start <= span.start);
        let near = self.quotes.get(begun.saturating_sub(8)..begun)?;
        near.iter().rev().find(|quote| quote.content.contains(span))
    }

    /// The parties of a sentence, in text order. `before`, `mentions`: the indices of the entities of the sentence before
    /// and of this one.
    pub fn parties(
        &self,
        sentence: usize,
        before: Range<usize>,
        mentions: Range<usize>,
        clause: &Clause<'_>,
    ) -> Vec<Party> {
        let words = &clause.words;
        let mut parties: Vec<Party> = (mentions.clone())
            .filter(|&i| !self.cited[i])
            .map(|i| Party { span: self.entities[i].span, who: Who::Entity(i as u32) })
            .collect();
        let paragraph = |i: usize| self.sentences.items.get(i).map(|sentence| sentence.paragraph);
        let joined = sentence > 0 && paragraph(sentence - 1) == paragraph(sentence);
        let before = if joined { before } else { mentions.start..mentions.start };
        let is_mark = |i: &usize| matches!(words.get(*i), "“" | "\"" | "``");
        let first_mark = (0..words.len()).find(is_mark).unwrap_or(words.len());
        for i in 0..words.len() {
            let Some(token) = words.span(i) else { continue };
            let word = words.get(i);
            let (span, who) = if vocabulary::is_first_person(word) && self.is_pronoun(token, word) {
                (token, self.first_person(token, i > first_mark))
            } else if word == "it" && clause.hits_in(i + 1..i + 4).iter().any(|hit| hit.form.is_verb()) {
                let subject = self.subject_before(words, i, before.clone(), mentions.clone());
                (token, subject.map(Who::Entity))
            } else if let Some((kind, first)) = anaphor(words, i) {
                let span = words.span(first).map_or(token, |span| span.cover(token));
                (span, self.one_before(kind, span, before.clone(), mentions.clone()).map(Who::Entity))
            } else {
                continue;
            };
            parties.extend(who.map(|who| Party { span, who }));
        }
        parties.sort_by_key(|party| party.span.start);
        parties
    }

    /// `US` is no pronoun, nor is the `I` of `Zone I`.
    fn is_pronoun(&self, token: Span, word: &str) -> bool {
        let written = token.slice(self.text).unwrap_or_default();
        let all_capitals = written.len() > 1 && written.chars().all(char::is_uppercase);
        !all_capitals && (word != "i" || self.quotation(token).is_some())
    }

    /// Inside a quotation, its speaker; outside, the author. In a quotation without speaker nobody.
    fn first_person(&self, token: Span, marked: bool) -> Option<Who> {
        match self.quotation(token) {
            // Nobody has looked for quotations; what stands between marks is not the author's.
            None if marked && self.quotes.is_empty() => None,
            Some(quote) => {
                let speaker = quote.speaker?;
                Some(Who::Speaker(speaker.entity, speaker.span))
            }
            None => Some(Who::Author),
        }
    }
}
