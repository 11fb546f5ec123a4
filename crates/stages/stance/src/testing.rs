//! Sentences for tests, with two parties marked: `[Dushanbe] accused {Tashkent}.`

use docmill_core::layers::Tokens;
use docmill_core::testing::plain_layers;
use docmill_core::{Document, Span};

use crate::lexicon::Lexicon;
use crate::relation::Clause;
use crate::words::Words;

/// A sentence with its parties and its words.
pub(crate) struct Marked {
    pub text: String,
    pub words: Vec<Span>,
    pub first: Span,
    pub second: Span,
}

impl Marked {
    pub fn parse(marked: &str) -> Self {
        let mut text = String::new();
        let mut ends = [None; 4];
        for c in marked.chars() {
            match "[]{}".find(c) {
                Some(i) => {
                    ends[i].get_or_insert(text.len());
                }
                None => text.push(c),
            }
        }
        let [a, b, c, d] = ends.map(Option::unwrap_or_default);
        let mut doc = Document::from_text("marked", &text);
        plain_layers(&mut doc);
        let words = doc.require::<Tokens>().unwrap().all();
        // As the stage `tokenize` has them.
        let mut joined: Vec<Span> = Vec::new();
        for &word in words {
            match joined.last_mut() {
                Some(last) if ["'", "’"].contains(&last.slice(&text).unwrap()) && last.end == word.start => {
                    last.end = word.end;
                }
                _ => joined.push(word),
            }
        }
        Self { words: joined, first: Span::new(a, b), second: Span::new(c, d), text }
    }
}

pub(crate) fn clause_of(sentence: &Marked) -> Clause<'_> {
    let mut clause = Clause::new(Words::new(&sentence.text, &sentence.words), Lexicon::shipped());
    clause.hostile_list = sentence.text.contains("terrorist");
    clause
}
