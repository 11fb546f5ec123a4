//! A sentence as names and words.

use docmill_core::Span;
use docmill_core::layers::{Entities, Tokens};
use docmill_lexicon::Words;

use crate::offices::{Offices, Sort};

/// What a mention is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A person, outside citations.
    Person,
    /// A state or a place.
    State,
    /// Anything else.
    Other,
}

/// A mention of an entity, or a token outside mentions.
#[derive(Debug, Clone)]
pub(crate) struct Item<'d> {
    pub span: Span,
    pub text: &'d str,
    /// Index of the mention.
    pub name: Option<u32>,
    /// True for a mention of a person outside citations.
    pub person: bool,
    /// True for a mention of a state or of a place.
    pub state: bool,
    /// What the word is; nothing for a name.
    pub sort: Sort,
}

impl Item<'_> {
    /// True for the word itself, whatever its case.
    pub fn is(&self, word: &str) -> bool {
        self.name.is_none() && self.text.eq_ignore_ascii_case(word)
    }

    /// True for one of `words`.
    pub fn is_one(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(word))
    }

    /// True for a word of a list, in whatever case.
    pub fn is_of(&self, words: &Words) -> bool {
        self.name.is_none() && words.contains_folded(self.text)
    }

    pub fn is_word(&self) -> bool {
        self.name.is_none() && self.text.starts_with(char::is_alphabetic)
    }

    pub fn is_capitalised(&self) -> bool {
        self.is_word() && self.text.starts_with(char::is_uppercase)
    }
}

/// The items of a sentence in order. `kind` says what mentions are of.
pub(crate) fn items<'d>(
    text: &'d str,
    tokens: &Tokens,
    sentence: usize,
    entities: &Entities,
    kind: &dyn Fn(usize) -> Kind,
    offices: &Offices,
) -> Vec<Item<'d>> {
    let of_sentence = tokens.of_sentence(sentence);
    let mut found: Vec<Item<'d>> = Vec::with_capacity(of_sentence.len());
    let Some(first) = of_sentence.first() else { return found };
    let mut next = entities.items.partition_point(|entity| entity.span.end <= first.start);
    for &span in of_sentence {
        while entities.items.get(next).is_some_and(|entity| entity.span.end <= span.start) {
            next += 1;
        }
        let name = entities.items.get(next).filter(|entity| entity.span.overlaps(span));
        if let Some(entity) = name {
            if found.last().is_some_and(|last| last.name == Some(next as u32)) {
                continue;
            }
            let text = entity.span.slice(text).unwrap_or_default();
            found.push(Item {
                span: entity.span,
                text,
                name: Some(next as u32),
                person: kind(next) == Kind::Person,
                state: kind(next) == Kind::State,
                sort: Sort::default(),
            });
        } else {
            let text = span.slice(text).unwrap_or_default();
            let sort = offices.sort(text.to_lowercase().trim_end_matches('.'));
            found.push(Item { span, text, name: None, person: false, state: false, sort });
        }
    }
    found
}
