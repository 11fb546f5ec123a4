//! Nouns for people and bodies: the list `parties`, and what a configuration adds.

use docmill_core::WordFile;
use docmill_lexicon::LexiconError;
use docmill_lexicon::inflect::plural;
use docmill_lexicon::lists::PARTIES;
use rustc_hash::FxHashMap;

/// What the list says of a noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Organ,
    People,
    Other,
}

/// Nouns for people and bodies, by form.
#[derive(Debug, Default)]
pub(crate) struct Nouns {
    /// What the list says, by the word in lower case.
    pub forms: FxHashMap<String, Noun>,
}

/// A noun of the list.
#[derive(Debug, Clone)]
pub(crate) struct Noun {
    /// In the singular.
    pub word: String,
    /// What it is for.
    pub sort: Sort,
}

impl Nouns {
    /// The shipped list, and what the files of a configuration add.
    pub fn new(words: &[WordFile]) -> Result<Self, LexiconError> {
        let mut nouns = Self::default();
        for [word, class, many] in PARTIES.extended(words)?.fields() {
            let sort = match class {
                "organ" => Sort::Organ,
                "people" => Sort::People,
                _ => Sort::Other,
            };
            let many = if many.is_empty() { plural(word) } else { many.to_owned() };
            let noun = Noun { word: word.to_owned(), sort };
            nouns.forms.insert(many, noun.clone());
            nouns.forms.insert(word.to_owned(), noun);
        }
        Ok(nouns)
    }
}
