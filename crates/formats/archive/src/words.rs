//! Names as keys: folded, with the lists of states, organizations and offices.

use docmill_lexicon::Words;
use docmill_lexicon::lists::{NAME_WORDS, ORGANIZATIONS, PARTIES, ROLE_FIELDS, SPELLINGS, STATES};
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::row::NameKind;

/// A name in lower case, without accents and marks, its words with single blanks between them.
pub(crate) fn fold(name: &str) -> String {
    let letters = name.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase);
    let plain: String = letters
        .filter(|c| !matches!(c, '.' | '\'' | '’' | '‘' | 'ʼ' | '`'))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().filter(|word| *word != "the").collect();
    words.join(" ")
}

/// The id of a row.
pub(crate) fn id(kind: NameKind, key: &str, country: Option<&str>, mark: Option<&str>) -> String {
    let parts = [kind.name(), key, country.unwrap_or_default(), mark.unwrap_or_default()];
    let digest = Sha256::digest(parts.join("\n"));
    let number = digest.iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
    format!("n{number:016x}")
}

/// From alpha-3 codes of states to alpha-2 ones in lower case.
pub(crate) fn short_codes() -> FxHashMap<&'static str, String> {
    let codes = STATES.shipped().fields().filter(|[long, short]| !long.is_empty() && !short.is_empty());
    codes.map(|[long, short]| (long, short.to_lowercase())).collect()
}

/// What the lists say of names.
#[derive(Debug)]
pub(crate) struct Lists {
    /// From each folded name of a listed organization to its folded first name.
    organizations: FxHashMap<String, String>,
    /// From folded names and demonyms of states to their codes.
    states: FxHashMap<String, &'static str>,
    /// Words of the bodies that every state has.
    body: Words,
    sort: Words,
    /// Bodies that need no other word.
    organ: Words,
    spellings: FxHashMap<&'static str, &'static str>,
    fields: FxHashMap<&'static str, &'static str>,
}

impl Lists {
    pub fn shipped() -> Self {
        let mut organizations = FxHashMap::default();
        for [names, acronyms] in ORGANIZATIONS.shipped().fields() {
            let first = fold(names.split('|').next().unwrap_or_default());
            for name in names.split('|').chain(acronyms.split('|')).filter(|name| !name.is_empty()) {
                organizations.entry(fold(name)).or_insert_with(|| first.clone());
            }
        }
        let mut states = FxHashMap::default();
        for [code, _, names, acronyms, demonyms] in STATES.shipped().fields() {
            if !code.is_empty() {
                let all = names.split('|').chain(acronyms.split('|')).chain(demonyms.split('|'));
                for name in all.filter(|name| !name.is_empty()) {
                    states.entry(fold(name)).or_insert(code);
                }
            }
        }
        let words = NAME_WORDS.shipped();
        Self {
            organizations,
            states,
            body: words.of_class("common"),
            sort: words.of_class("sort"),
            organ: PARTIES.shipped().of_class("organ"),
            spellings: SPELLINGS.shipped().fields().map(|[word, usual]| (word, usual)).collect(),
            fields: ROLE_FIELDS.shipped().fields().map(|[word, field]| (word, field)).collect(),
        }
    }

    /// The first name of a listed organization.
    pub fn organization(&self, folded: &str) -> Option<&str> {
        self.organizations.get(folded).map(String::as_str)
    }

    /// The code of a state.
    pub fn state(&self, folded: &str) -> Option<&'static str> {
        self.states.get(folded).copied()
    }

    /// A body that every state has, without the state: `defense ministry` for `Russian Ministry of Defence`, `Defense
    /// Ministry of Russia` (with `RUS`) and `Defense Ministry` (without); none for `Bank of America`.
    pub fn state_body(&self, folded: &str) -> Option<(String, Option<&'static str>)> {
        let all: Vec<&str> = folded.split(' ').collect();
        // The state stands first or last, and has up to four words.
        let (mut rest, mut country) = (&all[..], None);
        for length in (1..=4.min(all.len().saturating_sub(1))).rev() {
            let (first, behind) = all.split_at(length);
            let (before, last) = all.split_at(all.len() - length);
            // `Russia's`, folded.
            let head = first.join(" ");
            let owner = || head.strip_suffix('s').and_then(|head| self.state(head));
            if let Some(code) = self.state(&head).or_else(owner) {
                (rest, country) = (behind, Some(code));
                break;
            }
            if let Some(code) = self.state(&last.join(" ")) {
                (rest, country) = (before, Some(code));
                break;
            }
        }
        let mut words: Vec<&str> = (rest.iter().filter(|word| !matches!(**word, "of" | "for" | "and")))
            .map(|word| self.spellings.get(word).copied().unwrap_or(word))
            .collect();
        let known = |word: &&str| self.body.contains(word) || self.sort.contains(word);
        // `Iranian parliament`, but `Bank of America`.
        let alone = |word: &str| words.len() > 1 || self.organ.contains(word);
        if words.is_empty()
            || !words.iter().all(known)
            || !words.iter().any(|word| self.sort.contains(word) && alone(word))
        {
            return None;
        }
        words.sort_unstable();
        Some((words.join(" "), country))
    }

    /// The field that an office belongs to, by its last listed word.
    pub fn field(&self, role: &str) -> Option<&'static str> {
        fold(role).split(' ').rev().find_map(|word| self.fields.get(word).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_ids() {
        assert_eq!(fold("The Ŭzbek-Āir Co."), "uzbek air co");
        let one = id(NameKind::Person, "ann lee", None, None);
        assert_eq!(one, id(NameKind::Person, "ann lee", None, None));
        assert_ne!(one, id(NameKind::Person, "ann lee", Some("USA"), None));
        assert_ne!(one, id(NameKind::Person, "ann lee", None, Some("sport")));
    }

    #[test]
    fn lists_are_asked() {
        let lists = Lists::shipped();
        let nato = lists.organization("nato");
        assert!(nato.is_some() && nato == lists.organization(&fold("North Atlantic Treaty Organization")));
        for name in ["Russian Ministry of Defence", "Defense Ministry of Russia", "Russia's Defense Ministry"]
        {
            let body = lists.state_body(&fold(name));
            let expected = ("defense ministry".to_owned(), Some("RUS"));
            assert_eq!(body, Some(expected), "{name}");
        }
        assert_eq!(lists.state_body("defense ministry"), Some(("defense ministry".into(), None)));
        assert_eq!(lists.state_body("bank of america"), None);
        assert_eq!(lists.state_body("national"), None);
        assert_eq!(lists.state_body("iranian parliament"), Some(("parliament".into(), Some("IRN"))));
        assert_eq!(lists.field("head coach"), Some("sport"));
        assert_eq!(lists.field("former defense minister"), Some("state"));
        assert_eq!(lists.field("man"), None);
    }
}
