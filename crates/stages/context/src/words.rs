//! The words of a document, by what they may be asked.

use docmill_core::layers::{Context, Encodings, Syntax, Tokens, Upos};
use docmill_core::{Document, StageError};
use docmill_lexicon::lists::PRONOUNS;
use docmill_lexicon::word_classes;

/// A word that the model has read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub token: u32,
    /// First row, and one past the last.
    pub rows: (u32, u32),
    /// The window of the encodings that it is read in.
    pub window: u32,
    pub sentence: u32,
    upos: Upos,
    /// Whether it is part of a name or a compound that another word is the head of.
    inner: bool,
    /// Whether `the`, `this`, `that` or an owner hangs on it.
    definite: bool,
}

impl Word {
    /// Whether it may tell an event.
    pub fn may_tell(&self) -> bool {
        matches!(self.upos, Upos::Verb | Upos::Noun | Upos::Adj)
    }

    /// Whether it may be a side of an event.
    pub fn may_be_side(&self) -> bool {
        matches!(self.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj)
    }

    /// Whether somebody or something may be meant by it.
    pub fn may_be_meant(&self) -> bool {
        !self.inner && matches!(self.upos, Upos::Noun | Upos::Propn | Upos::Pron)
    }

    /// Whether what it means was probably named before, in other words than a name.
    pub fn may_stand_for(&self) -> bool {
        !self.inner && (self.upos == Upos::Pron || (self.upos == Upos::Noun && self.definite))
    }
}

/// All words that were read, in text order, and the rows that the model has of them.
pub(crate) struct Words<'d> {
    pub all: Vec<Word>,
    encodings: &'d Encodings,
    context: &'d Context,
}

impl<'d> Words<'d> {
    pub fn new(doc: &'d Document, context: &'d Context) -> Result<Self, StageError> {
        let encodings = doc.require::<Encodings>()?;
        let syntax = doc.require::<Syntax>()?;
        let tokens = doc.require::<Tokens>()?;
        let mut all = Vec::new();
        for (number, window) in encodings.windows.iter().enumerate() {
            let read = encodings.tokens.get(window.tokens.start as usize..window.tokens.end as usize);
            for token in read.unwrap_or_default().iter().filter(|token| !token.rows.is_empty()) {
                let at = token.token as usize;
                let Some(word) = syntax.words().get(at).filter(|_| at < tokens.all().len()) else { continue };
                let relation = syntax.relation(at).split(':').next().unwrap_or_default();
                all.push(Word {
                    token: token.token,
                    rows: (token.rows.start, token.rows.end),
                    window: number as u32,
                    sentence: window.sentence,
                    upos: word.upos,
                    inner: matches!(relation, "flat" | "compound" | "fixed" | "goeswith"),
                    definite: false,
                });
            }
        }
        all.sort_by_key(|word| word.token);
        mark_definite(&mut all, syntax);
        Ok(Self { all, encodings, context })
    }

    /// The means of the rows of some words, one after another.
    pub fn means(&self, words: &[Word]) -> Vec<f32> {
        let mut rows = Vec::with_capacity(words.len() * self.context.hidden);
        for word in words {
            let mean = self.context.mean(word.rows.0..word.rows.1);
            rows.extend(mean.unwrap_or_else(|| vec![0.0; self.context.hidden]));
        }
        rows
    }

    /// The rows of `[CLS]` of some windows, from the first to the last.
    pub fn sentences(&self, first: u32, last: u32) -> Vec<f32> {
        let mut rows = Vec::new();
        for window in first..=last {
            match self.context.sentence(self.encodings, window as usize) {
                Some(row) => rows.extend_from_slice(row),
                None => rows.resize(rows.len() + self.context.hidden, 0.0),
            }
        }
        rows
    }
}

word_classes! { PRONOUNS:
    /// Demonstratives, which say that something is known.
    static THIS = "this";
}

/// Marks the nouns that `the`, `this`, `that` or an owner hangs on.
fn mark_definite(words: &mut [Word], syntax: &Syntax) {
    let says_so = |token: usize| {
        let known = |lemma: &str| lemma == "the" || THIS.contains(lemma);
        let determiner = || syntax.words().get(token).is_some_and(|word| known(&word.lemma));
        match syntax.relation(token) {
            "nmod:poss" => true,
            "det" => determiner(),
            _ => false,
        }
    };
    let heads: Vec<u32> = (words.iter())
        .filter(|word| says_so(word.token as usize))
        .filter_map(|word| syntax.head(word.token as usize))
        .map(|head| head as u32)
        .collect();
    for head in heads {
        if let Ok(at) = words.binary_search_by_key(&head, |word| word.token) {
            words[at].definite = true;
        }
    }
}
