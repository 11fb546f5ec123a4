//! Abbreviations: what a stop after a word means.

use std::collections::BTreeSet;

use docmill_lexicon::Table;
use docmill_lexicon::lists::ABBREVIATIONS;

/// How a word with a stop behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name or a noun follows: `Gen.`, `Mr.`, `vs.`, `e.g.`; the stop never ends a sentence.
    Inner,
    /// The same, where the word is written with a capital: `Rep.`, but not "a rep."
    InnerCapital,
    /// May end a sentence, and does so if the next word is one that begins sentences: `Inc.`, `Jr.`, `U.S.`
    Either,
    /// The same, where the word is written with a capital: `Sept.`, `Mass.`, but not "the mass."
    EitherCapital,
    /// A number follows, or it is no abbreviation: `No. 5`, `p. 3`, `Art. 51`.
    Number,
    /// Ends a sentence before any capital: `etc.`
    Open,
    /// A time of day, which ends a sentence before any capital but names of days and zones: `p.m.`
    Time,
}

use Kind::{Either, EitherCapital, Inner, InnerCapital, Number, Open, Time};

impl Kind {
    /// The kind of that name in the list `abbreviations`.
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "inner" => Inner,
            "inner-capital" => InnerCapital,
            "either" => Either,
            "either-capital" => EitherCapital,
            "number" => Number,
            "open" => Open,
            "time" => Time,
            _ => return None,
        })
    }
}

/// Longest abbreviation that is looked up.
pub const LONGEST: usize = 24;

/// The abbreviations of the lexicon and those of the settings.
#[derive(Debug, Clone)]
pub struct Abbreviations {
    /// Sorted by word.
    table: Vec<(Box<[u8]>, Kind)>,
    extra: BTreeSet<Box<[u8]>>,
}

impl Default for Abbreviations {
    fn default() -> Self {
        Self::new(ABBREVIATIONS.shipped(), &[])
    }
}

impl Abbreviations {
    /// Those of `table`, and `words` behind which no sentence ends.
    pub fn new(table: &Table, words: &[String]) -> Self {
        let bare = |word: &str| word.trim_end_matches('.').as_bytes().into();
        let mut table: Vec<(Box<[u8]>, Kind)> =
            table.fields().filter_map(|[word, kind]| Some((bare(word), Kind::parse(kind)?))).collect();
        table.sort_by(|(a, _), (b, _)| a.cmp(b));
        let fold = |word: &String| word.trim_end_matches('.').to_lowercase().into_bytes().into_boxed_slice();
        Self { table, extra: words.iter().map(fold).collect() }
    }

    /// How `word`, the bytes before a stop, behaves; `None` if it is an ordinary word.
    pub fn kind(&self, word: &[u8]) -> Option<Kind> {
        if word.is_empty() || word.len() > LONGEST {
            return None;
        }
        let mut buffer = [0; LONGEST];
        let folded = &mut buffer[..word.len()];
        folded.copy_from_slice(word);
        folded.make_ascii_lowercase();
        if !self.extra.is_empty() && self.is_extra(word) {
            return Some(Inner);
        }
        let found = self.table.binary_search_by(|(entry, _)| (**entry).cmp(folded));
        match found.map(|i| self.table[i].1) {
            Ok(InnerCapital) => word[0].is_ascii_uppercase().then_some(Inner),
            Ok(EitherCapital) => word[0].is_ascii_uppercase().then_some(Either),
            Ok(kind) => Some(kind),
            Err(_) => is_acronym(word).then_some(Either),
        }
    }

    fn is_extra(&self, word: &[u8]) -> bool {
        let folded = String::from_utf8_lossy(word).to_lowercase();
        self.extra.contains(folded.as_bytes())
    }
}

/// Letters with stops between them: `U.S`, `S.C.O`, `i.v`, `Ph.D`, `U.S.-D.C` is not one.
pub fn is_acronym(word: &[u8]) -> bool {
    let mut parts = 0;
    for part in word.split(|&b| b == b'.') {
        parts += 1;
        let short = part.len() == 1
            || (part.len() == 2 && part[0].is_ascii_uppercase() && part[1].is_ascii_lowercase());
        if !short || !part[0].is_ascii_alphabetic() {
            return false;
        }
    }
    parts > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_abbreviation_can_be_looked_up() {
        let abbreviations = Abbreviations::default();
        assert!(abbreviations.table.len() > 200);
        for (word, _) in &abbreviations.table {
            let mut capital = word.to_vec();
            capital[0].make_ascii_uppercase();
            assert!(abbreviations.kind(&capital).is_some(), "{}", String::from_utf8_lossy(word));
        }
    }

    #[test]
    fn capitals_tell_ranks_from_words() {
        let abbreviations = Abbreviations::default();
        assert_eq!(abbreviations.kind(b"Rep"), Some(Inner));
        assert_eq!(abbreviations.kind(b"rep"), None);
        assert_eq!(abbreviations.kind(b"Sept"), Some(Either));
        assert_eq!(abbreviations.kind(b"countries"), None);
        assert_eq!(abbreviations.kind(b"S.C.O"), Some(Either));
        assert_eq!(abbreviations.kind(b"paper.doc"), None);
    }

    #[test]
    fn settings_add_words() {
        let abbreviations = Abbreviations::new(&Table::default(), &["Kaz.".to_owned(), "Респ".to_owned()]);
        assert_eq!(abbreviations.kind(b"kaz"), Some(Inner));
        assert_eq!(abbreviations.kind("респ".as_bytes()), Some(Inner));
    }
}
