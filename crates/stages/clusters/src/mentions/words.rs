//! Words with what they say of the thing that they stand for.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// What sort of thing a name or a noun stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Person,
    Organization,
    State,
    Place,
    Group,
    Time,
    Thing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Woman,
    Man,
}

/// What a noun stands for, and the sex of a person if the noun tells it.
pub(crate) fn noun(lemma: &str) -> Option<(Kind, Option<Gender>)> {
    static NOUNS: LazyLock<FxHashMap<&str, (Kind, Option<Gender>)>> = LazyLock::new(|| {
        let lines = lines(include_str!("../../data/mentions/nouns.tsv"));
        lines
            .filter_map(|line| {
                let mut fields = line.split('\t');
                let (noun, kind) = (fields.next()?, fields.next()?);
                let kind = match kind {
                    "person" => Kind::Person,
                    "organization" => Kind::Organization,
                    "state" => Kind::State,
                    "place" => Kind::Place,
                    "group" => Kind::Group,
                    "time" => Kind::Time,
                    _ => return None,
                };
                Some((noun, (kind, fields.next().and_then(gender))))
            })
            .collect()
    });
    NOUNS.get(lemma).copied()
}

/// The sex of those who mostly bear a given name.
pub(crate) fn given_name(name: &str) -> Option<Gender> {
    static NAMES: LazyLock<FxHashMap<&str, Gender>> = LazyLock::new(|| {
        let lines = lines(include_str!("../../data/mentions/given_names.tsv"));
        lines
            .filter_map(|line| line.split_once('\t').and_then(|(name, of)| Some((name, gender(of)?))))
            .collect()
    });
    NAMES.get(name).copied()
}

/// True for the verbs whose subject speaks.
pub(crate) fn speaks(lemma: &str) -> bool {
    static VERBS: LazyLock<FxHashSet<&str>> =
        LazyLock::new(|| lines(include_str!("../../data/mentions/speech.txt")).collect());
    VERBS.contains(lemma)
}

/// The sex that a form of address tells.
pub(crate) fn address(word: &str) -> Option<Gender> {
    match word {
        "Mr" | "Mr." | "Sir" | "Lord" | "King" | "Prince" => Some(Gender::Man),
        "Mrs" | "Mrs." | "Ms" | "Ms." | "Miss" | "Lady" | "Dame" | "Queen" | "Princess" => {
            Some(Gender::Woman)
        }
        _ => None,
    }
}

fn gender(letter: &str) -> Option<Gender> {
    match letter {
        "f" => Some(Gender::Woman),
        "m" => Some(Gender::Man),
        _ => None,
    }
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        for line in lines(include_str!("../../data/mentions/nouns.tsv")) {
            let word = line.split('\t').next().unwrap_or_default();
            assert!(noun(word).is_some(), "{line}");
        }
        for line in lines(include_str!("../../data/mentions/given_names.tsv")) {
            assert!(line.split_once('\t').is_some_and(|(name, _)| given_name(name).is_some()), "{line}");
        }
        assert_eq!(noun("spokeswoman"), Some((Kind::Person, Some(Gender::Woman))));
        assert_eq!(given_name("vladimir"), Some(Gender::Man));
        assert!(speaks("say") && !speaks("fly"));
    }
}
