//! Gold of evaluations: speeches in sentences, each with the country that it evaluates negatively.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use docmill_core::Span;

/// One speech.
#[derive(Debug, PartialEq)]
pub struct Speech {
    /// Its sentences, with a space between.
    pub text: String,
    /// Where they stand, and what gold says of each.
    pub sentences: Vec<(Span, Evaluation)>,
}

/// What a sentence evaluates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evaluation {
    /// Nothing, or nothing negatively.
    None,
    /// A country, negatively: its label in gold.
    Country(String),
    /// Somebody else, or nobody named.
    Other,
}

/// Reads the table of `UNSCon` (Zaczynska and others, 2024) with the columns `filename`, `sentence_text`, `A0` (`*NegEval`
/// for a negative evaluation), `A2` (`Country` for that target) and `A4` (which country). Rows of one speech stand
/// together.
///
/// # Errors
/// If it is no such table.
pub fn parse(text: &str, name: &str) -> Result<Vec<Speech>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().with_context(|| name.to_owned())?.clone();
    let column = |title: &str| {
        let found = headers.iter().position(|header| header == title);
        found.with_context(|| format!("{name}: there is no column `{title}`"))
    };
    let columns = ["filename", "sentence_text", "A0", "A2", "A4"];
    let columns = columns.into_iter().map(column).collect::<Result<Vec<usize>>>()?;
    let mut speeches: Vec<Speech> = Vec::new();
    let mut before = None;
    for record in reader.records() {
        let record = record.with_context(|| name.to_owned())?;
        let field = |i: usize| columns.get(i).and_then(|&column| record.get(column)).unwrap_or_default();
        if before.as_deref() != Some(field(0)) {
            before = Some(field(0).to_owned());
            speeches.push(Speech { text: String::new(), sentences: Vec::new() });
        }
        let evaluation = match (field(2).ends_with("NegEval"), field(3)) {
            (false, _) => Evaluation::None,
            (true, "Country") if !["", "_", "-NONE-"].contains(&field(4)) => {
                Evaluation::Country(field(4).to_owned())
            }
            (true, _) => Evaluation::Other,
        };
        let speech = speeches.last_mut().context("one was just added")?;
        if !speech.text.is_empty() {
            speech.text.push(' ');
        }
        let start = speech.text.len();
        speech.text += field(1).trim();
        speech.sentences.push((Span::new(start, speech.text.len()), evaluation));
    }
    if speeches.is_empty() {
        bail!("{name}: no gold in it");
    }
    Ok(speeches)
}

/// The countries that gold names, each as news writes it: `russian_federation` is `Russian Federation`.
pub fn countries(speeches: &[Speech]) -> BTreeMap<&str, String> {
    let labels =
        speeches.iter().flat_map(|speech| &speech.sentences).filter_map(|(_, evaluation)| match evaluation {
            Evaluation::Country(label) => Some(label.as_str()),
            Evaluation::None | Evaluation::Other => None,
        });
    let written = |label: &str| {
        let words = label.split('_').map(|word| {
            let mut chars = word.chars();
            match chars.next() {
                Some(first) if !["of", "the", "and"].contains(&word) => {
                    first.to_uppercase().chain(chars).collect()
                }
                _ => word.to_owned(),
            }
        });
        words.collect::<Vec<String>>().join(" ")
    };
    labels.map(|label| (label, written(label))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_a_speech_stand_together() {
        let table = "filename,sentence_text,A0,A2,A4\n\
                     a,\"Åland hit us , again . \",Direct_NegEval,Country,republic_of_aland\n\
                     a,We met .,_,_,_\n\
                     b,They lie .,Direct_NegEval,Underspecified,-NONE-\n\
                     b,So do others .,Direct_NegEval,Country,-NONE-\n";
        let speeches = parse(table, "gold.csv").unwrap();
        assert_eq!(speeches[0].text, "Åland hit us , again . We met .");
        assert_eq!(speeches[0].sentences[1].0.slice(&speeches[0].text), Some("We met ."));
        assert_eq!(speeches[0].sentences[0].1, Evaluation::Country("republic_of_aland".to_owned()));
        assert!(speeches[1].sentences.iter().all(|(_, evaluation)| *evaluation == Evaluation::Other));
        assert_eq!(countries(&speeches)["republic_of_aland"], "Republic of Aland");
        assert!(parse("a,b\n", "gold.csv").unwrap_err().to_string().contains("no column `filename`"));
    }
}
