//! Who can hold a stance in a sentence, or be its target.

use docmill_core::layers::{Citations, Entities, Entity, Holder, HolderKind, Quotes, Sentences, Tokens};
use docmill_core::{Document, Span};

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
    /// An entity mention by its index, the one of the sentence or the one that a pronoun stands for.
    Entity(u32),
    /// Somebody quoted, who says `we`; the entity mention if it is one, and the words that name it.
    Speaker(Option<u32>, Span),
    /// The author.
    Author,
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
        }
    }

    /// As a target: an entity mention, or nothing that could be one.
    pub fn target(self) -> Option<u32> {
        match self.who {
            Who::Entity(entity) | Who::Speaker(Some(entity), _) => Some(entity),
            Who::Speaker(None, _) | Who::Author => None,
        }
    }
}

/// First persons, as tokens in lower case.
const FIRST_PERSON: [&str; 8] = ["we", "us", "our", "ours", "i", "me", "my", "ourselves"];
/// Third persons that stand for a person.
const THIRD_PERSON: [&str; 2] = ["he", "she"];

/// What [`parties`] looks at.
pub(crate) struct Scene<'d> {
    text: &'d str,
    sentences: &'d Sentences,
    tokens: &'d Tokens,
    entities: &'d [Entity],
    quotes: Option<&'d Quotes>,
    citations: Option<&'d Citations>,
}

impl<'d> Scene<'d> {
    pub fn new(
        doc: &'d Document,
        sentences: &'d Sentences,
        tokens: &'d Tokens,
        entities: &'d Entities,
    ) -> Self {
        let layers = doc.layers();
        let (quotes, citations) = (layers.get::<Quotes>(), layers.get::<Citations>());
        Self { text: doc.text(), sentences, tokens, entities: &entities.items, quotes, citations }
    }

    /// Index of the quotation whose content `span` is in.
    pub fn quotation(&self, span: Span) -> Option<usize> {
        self.quotes?.items.iter().position(|quote| quote.content.contains(span))
    }

    /// The parties of a sentence, in text order. `mentions`: the indices of its entities.
    pub fn parties(&self, sentence: usize, mentions: std::ops::Range<usize>) -> Vec<Party> {
        let cited = |span| self.citations.is_some_and(|c| c.index_around(span).is_some());
        let mut parties: Vec<Party> = (mentions.clone())
            .filter(|&i| !cited(self.entities[i].span))
            .map(|i| Party { span: self.entities[i].span, who: Who::Entity(i as u32) })
            .collect();
        for &token in self.tokens.of_sentence(sentence) {
            let Some(word) = token.slice(self.text).filter(|word| word.len() <= 9) else { continue };
            let word = word.to_lowercase();
            let who = if FIRST_PERSON.contains(&&*word) && self.is_pronoun(token, &word) {
                self.first_person(token)
            } else if THIRD_PERSON.contains(&&*word) {
                self.person_before(sentence, token, mentions.clone()).map(Who::Entity)
            } else {
                None
            };
            parties.extend(who.map(|who| Party { span: token, who }));
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
    fn first_person(&self, token: Span) -> Option<Who> {
        match self.quotation(token) {
            Some(i) => {
                let speaker = self.quotes?.items[i].speaker?;
                Some(Who::Speaker(speaker.entity, speaker.span))
            }
            None => Some(Who::Author),
        }
    }

    /// The one person whom the sentence before, or this one before the pronoun, names; none if there are two, or none.
    fn person_before(&self, sentence: usize, token: Span, mentions: std::ops::Range<usize>) -> Option<u32> {
        let paragraph = self.sentences.items[sentence].paragraph;
        let before = sentence.checked_sub(1).filter(|&i| self.sentences.items[i].paragraph == paragraph);
        let first = self.entities[..mentions.start]
            .iter()
            .rposition(|e| before.is_none_or(|before| (e.sentence as usize) < before))
            .map_or(0, |i| i + 1);
        let mut persons = (first..mentions.end)
            .filter(|&i| &*self.entities[i].label == "PER" && self.entities[i].span.end <= token.start);
        let last = persons.next_back()?;
        let name = |i: usize| self.entities[i].span.slice(self.text).unwrap_or_default();
        // The same person by a shorter name is no other one.
        let same = |i: usize| name(i).ends_with(name(last)) || name(last).ends_with(name(i));
        persons.all(same).then_some(last as u32)
    }
}
