//! A sentence as names and words.

use docmill_core::Span;
use docmill_core::layers::{Entities, Syntax, Tokens, Upos};
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
    /// Its part of speech, if a stage before told it; nothing for a name.
    pub upos: Option<Upos>,
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

    /// True for a word that goes on with a noun phrase: a noun or an adjective, or any word where that is not known.
    pub fn is_nominal(&self) -> bool {
        self.is_word() && self.upos.is_none_or(|upos| matches!(upos, Upos::Noun | Upos::Propn | Upos::Adj))
    }

    pub fn is_capitalised(&self) -> bool {
        self.is_word() && self.text.starts_with(char::is_uppercase)
    }
}

/// `pro-Syrian`, `anti-American`
pub(crate) fn is_side(name: &str) -> bool {
    name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("pro-"))
        || name.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("anti-"))
}

/// The items of a sentence in order. `kind` says what mentions are of.
pub(crate) fn items<'d>(
    text: &'d str,
    tokens: &Tokens,
    syntax: Option<&Syntax>,
    sentence: usize,
    entities: &Entities,
    kind: &dyn Fn(usize) -> Kind,
    offices: &Offices,
) -> Vec<Item<'d>> {
    let of_sentence = tokens.of_sentence(sentence);
    let mut found: Vec<Item<'d>> = Vec::with_capacity(of_sentence.len());
    let Some(first) = of_sentence.first() else { return found };
    let mut next = entities.items.partition_point(|entity| entity.span.end <= first.start);
    for (&span, token) in of_sentence.iter().zip(tokens.range_of(sentence)) {
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
                // `pro-Syrian` belongs to nobody.
                state: kind(next) == Kind::State && !is_side(text),
                sort: Sort::default(),
                upos: None,
            });
        } else {
            let text = span.slice(text).unwrap_or_default();
            let sort = offices.sort(text.to_lowercase().trim_end_matches('.'));
            let upos = syntax.and_then(|syntax| syntax.words().get(token)).map(|word| word.upos);
            found.push(Item { span, text, name: None, person: false, state: false, sort, upos });
        }
    }
    found
}
