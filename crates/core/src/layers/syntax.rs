use std::ops::Range;

use crate::{Layer, MergeOffsets, View};

/// Universal part of speech (<https://universaldependencies.org/u/pos/>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

impl Upos {
    /// Every value with its name in the standard, in the standard's order.
    pub const ALL: [(Self, &'static str); 17] = [
        (Self::Adj, "ADJ"),
        (Self::Adp, "ADP"),
        (Self::Adv, "ADV"),
        (Self::Aux, "AUX"),
        (Self::Cconj, "CCONJ"),
        (Self::Det, "DET"),
        (Self::Intj, "INTJ"),
        (Self::Noun, "NOUN"),
        (Self::Num, "NUM"),
        (Self::Part, "PART"),
        (Self::Pron, "PRON"),
        (Self::Propn, "PROPN"),
        (Self::Punct, "PUNCT"),
        (Self::Sconj, "SCONJ"),
        (Self::Sym, "SYM"),
        (Self::Verb, "VERB"),
        (Self::X, "X"),
    ];

    /// The value of a name such as `PROPN`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(value, _)| *value)
    }

    /// The standard's name, such as `PROPN`.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(value, _)| *value == self).map_or("X", |(_, name)| name)
    }
}

/// The analysis of one token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Dictionary form.
    pub lemma: Box<str>,
    /// Part of speech.
    pub upos: Upos,
    /// Index into [`crate::layers::Tokens::all`] of the head; the token's own index if it is the root of its sentence.
    pub head: u32,
    /// Index into [`Syntax::relations`]: the universal dependency relation to the head.
    pub relation: u8,
}

/// Lemma, part of speech and dependency tree: one [`Word`] for each token of [`crate::layers::Tokens`], in order. Every
/// sentence that has tokens is one tree with one root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Syntax {
    words: Vec<Word>,
    relations: Vec<Box<str>>,
}

impl Syntax {
    /// An analysis without words; `relations` names the relations, with subtypes (`nsubj:pass`), as the model knows them.
    pub fn new(relations: impl IntoIterator<Item = impl Into<Box<str>>>) -> Self {
        Self { words: Vec::new(), relations: relations.into_iter().map(Into::into).collect() }
    }

    /// Adds the analysis of the next token.
    pub fn push(&mut self, word: Word) {
        self.words.push(word);
    }

    /// All words; as many as there are tokens.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The names of the relations.
    pub fn relations(&self) -> &[Box<str>] {
        &self.relations
    }

    /// The relation of token `i` to its head, such as `nsubj:pass`; empty for a token that is not there.
    pub fn relation(&self, i: usize) -> &str {
        let word = self.words.get(i);
        word.and_then(|word| self.relations.get(usize::from(word.relation))).map_or("", |name| name)
    }

    /// The head of token `i`; none for the root of a sentence.
    pub fn head(&self, i: usize) -> Option<usize> {
        let head = self.words.get(i)?.head as usize;
        (head != i).then_some(head)
    }

    /// The tokens of `sentence` (a range of token indices) whose head is token `i`, in text order.
    pub fn children(&self, sentence: Range<usize>, i: usize) -> impl Iterator<Item = usize> + '_ {
        sentence.filter(move |&child| self.head(child) == Some(i))
    }
}

impl Layer for Syntax {
    const NAME: &'static str = "syntax";
    /// The record shows it in `tokens`, if it shows those.
    const IN_RECORD: bool = false;
    const JOINS: bool = true;
    type Record = ();

    fn record(&self, _view: &View<'_>) -> Self::Record {}

    fn rebase(&mut self, offsets: &MergeOffsets) {
        self.words.iter_mut().for_each(|word| word.head += offsets.tokens);
    }

    fn append(&mut self, next: Self) {
        self.words.extend(next.words);
        if self.relations.is_empty() {
            self.relations = next.relations;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(upos: Upos, head: u32, relation: u8) -> Word {
        Word { lemma: "x".into(), upos, head, relation }
    }

    #[test]
    fn a_window_s_heads_move_by_the_tokens_before_it() {
        let mut first = Syntax::new(["root", "nsubj:pass"]);
        first.push(word(Upos::Propn, 1, 1));
        first.push(word(Upos::Verb, 1, 0));
        let mut second = first.clone();
        second.rebase(&MergeOffsets { tokens: 2, ..MergeOffsets::default() });
        first.append(second);
        assert_eq!(
            (first.head(0), first.head(1), first.head(2), first.head(3)),
            (Some(1), None, Some(3), None)
        );
        assert_eq!(first.relation(2), "nsubj:pass");
        assert_eq!(first.children(2..4, 3).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn names_are_the_standard_s() {
        assert_eq!(Upos::parse("PROPN"), Some(Upos::Propn));
        assert_eq!(Upos::parse("NNP"), None);
        assert!(Upos::ALL.iter().all(|(value, name)| value.name() == *name));
    }
}
