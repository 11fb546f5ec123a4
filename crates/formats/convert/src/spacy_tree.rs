//! Syntax in spaCy's terms.

use std::ops::Range;

use crate::source::is_space;
use crate::tokens::Word;

/// What spaCy's tokens say of syntax.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Analysis {
    /// Universal part of speech; `SPACE` for white space.
    pub pos: String,
    /// Dictionary form.
    pub lemma: String,
    /// Relation to the head; `ROOT` for a root, which is its own head.
    pub dep: String,
    /// Number of the head among all tokens of the document.
    pub head: usize,
}

/// The analysis of each piece of a text that has been cut up for spaCy; none if the record has no syntax.
///
/// White space, and text that no word covers, hangs on the word before it as `dep`; of a word that is cut the first
/// piece is the word, and the others hang on it as `goeswith`.
pub(crate) fn analyses(text: &str, words: &[Word<'_>], pieces: &[Range<usize>]) -> Option<Vec<Analysis>> {
    let tokens = words.iter().filter_map(|word| word.token);
    if !tokens.clone().any(|(_, token)| token.deprel.is_some()) {
        return None;
    }
    let mut first_of = vec![None; tokens.map(|(number, _)| number + 1).max().unwrap_or(0)];
    let mut inside: Vec<Option<usize>> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    for (i, piece) in pieces.iter().enumerate() {
        while words.get(at).is_some_and(|word| word.bytes.end <= piece.start) {
            at += 1;
        }
        let covers = |word: &&Word<'_>| word.bytes.start <= piece.start && piece.end <= word.bytes.end;
        let number = words.get(at).filter(covers).and_then(|word| word.token);
        inside.push(number.map(|_| at));
        if let Some((number, _)) = number {
            first_of[number].get_or_insert(i);
        }
    }
    let mut before = inside.iter().position(Option::is_some);
    let mut all = Vec::with_capacity(pieces.len());
    for (i, piece) in pieces.iter().enumerate() {
        let form = text.get(piece.clone()).unwrap_or_default();
        let word = inside[i].and_then(|at| words[at].token);
        let first = word.and_then(|(number, _)| first_of[number]);
        let (pos, lemma, dep, head) = match (word, first) {
            (Some((_, token)), Some(first)) if first == i => {
                let known = token.head.map(|head| first_of.get(head as usize).copied().flatten());
                let (dep, head) = match known {
                    Some(Some(head)) => (token.deprel.as_deref().unwrap_or("dep"), head),
                    Some(None) | None => ("ROOT", i),
                };
                let lemma = token.lemma.as_deref().unwrap_or(form);
                (token.upos.as_deref().unwrap_or("X"), lemma, dep, head)
            }
            (_, Some(first)) => ("X", form, "goeswith", first),
            (_, None) => {
                let pos = if form.chars().all(is_space) { "SPACE" } else { "X" };
                (pos, form, if before.is_some() { "dep" } else { "ROOT" }, before.unwrap_or(i))
            }
        };
        if first.is_some() {
            before = first;
        }
        all.push(Analysis { pos: pos.to_owned(), lemma: lemma.to_owned(), dep: dep.to_owned(), head });
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use docmill_core::layers::TokenRecord;

    use super::*;

    #[test]
    fn each_piece_has_a_head() {
        let token = |text: &str, upos: &str, head, deprel: &str| TokenRecord {
            start: 0,
            end: 0,
            text: text.to_owned(),
            sentence: "s0".to_owned(),
            lemma: Some(text.to_lowercase()),
            upos: Some(upos.to_owned()),
            head,
            deprel: Some(deprel.to_owned()),
        };
        let text = "\nOsh-Oil won ! ";
        let tokens = [token("Osh-Oil", "PROPN", Some(1), "nsubj"), token("won", "VERB", None, "root")];
        let words: Vec<Word<'_>> = [(1..8, 0), (9..12, 1)]
            .map(|(bytes, number): (Range<usize>, usize)| Word {
                bytes,
                token: Some((number, &tokens[number])),
            })
            .to_vec();
        let pieces = [0..1, 1..4, 4..8, 9..12, 13..14, 14..15];
        let found = analyses(text, &words, &pieces).unwrap();
        let shown: Vec<_> = found.iter().map(|a| (a.pos.as_str(), a.dep.as_str(), a.head)).collect();
        assert_eq!(
            shown,
            [
                ("SPACE", "dep", 1),
                ("PROPN", "nsubj", 3),
                ("X", "goeswith", 1),
                ("VERB", "ROOT", 3),
                ("X", "dep", 3),
                ("SPACE", "dep", 3),
            ]
        );
        assert_eq!(found[1].lemma, "osh-oil");
        let bare = words.iter().map(|word| Word { token: None, ..word.clone() }).collect::<Vec<_>>();
        assert_eq!(analyses(text, &bare, &pieces), None);
    }
}
