//! Gold in CoNLL form: a word and its BIO tag on a line, a tab or spaces between; an empty line ends a sentence.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Result, bail};

/// A named span: words `range` of its sentence.
pub type Mention = (Range<usize>, String);

/// A sentence with its gold mentions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoldSentence {
    /// Its words; a model gets just these.
    pub words: Vec<String>,
    /// Its mentions, in order.
    pub mentions: Vec<Mention>,
}

/// Reads gold; `rename` gives gold types other names, and a type renamed to `O` is dropped.
///
/// As in conlleval, `I-X` that continues no X begins one.
///
/// # Errors
/// With the line, if it holds no tag or one that is not BIO.
pub fn parse(text: &str, name: &str, rename: &BTreeMap<String, String>) -> Result<Vec<GoldSentence>> {
    let mut sentences = Vec::new();
    let mut sentence = GoldSentence::default();
    let mut open: Option<String> = None;
    for (number, line) in text.lines().chain([""]).enumerate() {
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() || line.starts_with("-DOCSTART-") {
            open = None;
            if !sentence.words.is_empty() {
                sentences.push(std::mem::take(&mut sentence));
            }
            continue;
        }
        let mut fields = line.split(['\t', ' ']).filter(|field| !field.is_empty());
        let (Some(word), Some(tag)) = (fields.next(), fields.next_back()) else {
            bail!("{name}:{}: no tag; write a word, a tab and its BIO tag", number + 1);
        };
        let at = sentence.words.len();
        sentence.words.push(word.to_owned());
        let Some((prefix, kind)) = split(tag) else {
            bail!("{name}:{}: `{tag}` is not a BIO tag such as O, B-PER or I-PER", number + 1);
        };
        let kind = kind.map(|kind| rename.get(kind).cloned().unwrap_or_else(|| kind.to_owned()));
        let kind = kind.filter(|kind| kind != "O");
        match (&kind, sentence.mentions.last_mut()) {
            (Some(kind), Some(last)) if prefix == 'I' && open.as_ref() == Some(kind) => last.0.end = at + 1,
            (Some(kind), _) => sentence.mentions.push((at..at + 1, kind.clone())),
            (None, _) => {}
        }
        open = kind;
    }
    Ok(sentences)
}

fn split(tag: &str) -> Option<(char, Option<&str>)> {
    if tag == "O" {
        return Some(('O', None));
    }
    let (prefix, kind) = tag.split_once('-')?;
    match prefix {
        "B" => Some(('B', Some(kind))),
        "I" => Some(('I', Some(kind))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_mentions() {
        let text = "Cao\tB-person\nGangchuan\tI-person\nof\tO\nPLA I-ORG\nNavy I-ORG\n\nOsh\tB-LOC\nKara\tB-LOC\nSuu\tI-LOC\n";
        let rename = BTreeMap::from([("person".to_owned(), "PER".to_owned())]);
        let sentences = parse(text, "gold", &rename).unwrap();
        assert_eq!(sentences[0].mentions, [(0..2, "PER".to_owned()), (3..5, "ORG".to_owned())]);
        assert_eq!(sentences[1].mentions, [(0..1, "LOC".to_owned()), (1..3, "LOC".to_owned())]);
        assert_eq!(sentences[1].words, ["Osh", "Kara", "Suu"]);
    }

    #[test]
    fn a_line_that_is_no_gold_is_named() {
        let error = |text: &str| parse(text, "gold.conll", &BTreeMap::new()).unwrap_err().to_string();
        assert!(error("Osh\tB-LOC\nKara\n").starts_with("gold.conll:2: no tag"));
        assert!(error("Osh\tLOC\n").starts_with("gold.conll:1: `LOC` is not a BIO tag"));
    }
}
