//! Whether a name is that of an outlet.

use std::collections::HashSet;

use docmill_core::WordFile;
use docmill_lexicon::LexiconError;
use docmill_lexicon::lists::{OUTLETS, PLACES};

use crate::words::{CONNECTORS, EVENT_WORDS, FUNCTION_WORDS, KINDS, SOURCE_WORDS, TITLES};

/// What a name may be, from no to yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// An event, a phrase, a number.
    Never,
    /// A place by name.
    Place,
    /// Capitalised words that say nothing else.
    Name,
    /// Holds a word that outlets hold.
    Shaped,
    /// A web address, an account, or on the list.
    Known,
}

/// Names of outlets and places.
#[derive(Debug, Clone)]
pub struct Judge {
    outlets: HashSet<String>,
    /// Those that are written in lower case, such as `taz`.
    small: HashSet<String>,
    /// Those that are outlets beyond doubt, without a date beside them.
    alone: HashSet<String>,
    /// Acronyms: `STA` is one, `Sta` is not, and `D-Pa.` is not `DPA`.
    acronyms: HashSet<String>,
    places: HashSet<String>,
    never: HashSet<String>,
}

/// No name has more words.
const MOST_WORDS: usize = 9;
/// Longer names in capitals (bytes) may be written in small letters.
const LONGEST_ACRONYM: usize = 5;

impl Judge {
    /// The shipped lists with the files of a configuration, and the names of its settings.
    ///
    /// # Errors
    /// With file and line, if one of the files cannot be read.
    pub fn new(words: &[WordFile], outlets: &[String], not_outlets: &[String]) -> Result<Self, LexiconError> {
        let mut judge = Self {
            outlets: HashSet::new(),
            small: HashSet::new(),
            alone: HashSet::new(),
            acronyms: HashSet::new(),
            places: PLACES.extended(words)?.fields().map(|[name]| fold(name)).collect(),
            never: not_outlets.iter().map(|name| fold(name)).collect(),
        };
        for [name, evidence] in OUTLETS.extended(words)?.fields() {
            let alone = match evidence {
                "alone" => true,
                "dated" => false,
                // Short names are acronyms or words, and mean something else as well.
                _ => fold(name).chars().count() >= 6,
            };
            judge.add(name, alone);
        }
        for name in outlets {
            judge.add(name, true);
        }
        Ok(judge)
    }

    fn add(&mut self, name: &str, alone: bool) {
        let folded = fold(name);
        if name.starts_with(char::is_lowercase) {
            self.small.insert(folded.clone());
        }
        if alone {
            self.alone.insert(folded.clone());
        }
        if folded.len() <= LONGEST_ACRONYM && !name.chars().any(char::is_lowercase) {
            self.acronyms.insert(folded.clone());
        }
        self.outlets.insert(folded);
    }

    /// Whether `name` is an outlet beyond doubt: where nothing but the name stands in a bracket. Addresses and accounts
    /// are none, they are links as well.
    pub fn is_sure(&self, name: &str) -> bool {
        self.is_listed(name) && self.alone.contains(&fold(name))
    }

    fn is_listed(&self, name: &str) -> bool {
        let folded = fold(name);
        let bare = name.trim_start_matches(|c: char| !c.is_alphanumeric());
        let known = if bare.starts_with(char::is_lowercase) { &self.small } else { &self.outlets };
        let acronym = self.acronyms.contains(&folded);
        known.contains(&folded) && !(acronym && name.chars().any(|c| c.is_lowercase() || c == '-'))
    }

    /// What `name` is.
    pub fn judge(&self, name: &str) -> Verdict {
        let folded = fold(name);
        if self.never.contains(&folded) || folded.is_empty() {
            return Verdict::Never;
        }
        if self.is_listed(name) || site(name).is_some() {
            return Verdict::Known;
        }
        let places = |separator| name.split(separator).all(|part| self.places.contains(&fold(part)));
        if self.places.contains(&folded) || places('–') || places('-') || places('/') {
            return Verdict::Place;
        }
        if !could_be_name(name) {
            return Verdict::Never;
        }
        let words: Vec<&str> = name.split_whitespace().map(bare).collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return Verdict::Never };
        if SOURCE_WORDS.contains_folded(last) {
            return Verdict::Shaped;
        }
        if EVENT_WORDS.contains_folded(first)
            || EVENT_WORDS.contains_folded(last)
            || FUNCTION_WORDS.contains_folded(first)
        {
            return Verdict::Never;
        }
        let shaped =
            words.iter().flat_map(|word| word.split('-')).any(|word| SOURCE_WORDS.contains_folded(word));
        if shaped || self.outlets.contains(&fold(&without_kind(name))) {
            return Verdict::Shaped;
        }
        if words.iter().any(|word| TITLES.contains_folded(word)) {
            return Verdict::Never;
        }
        // `Aeroflot 593`, `Zapad 2009`.
        let numbered =
            last.bytes().all(|b| b.is_ascii_digit()) || first.starts_with(|c: char| c.is_ascii_digit());
        if numbered { Verdict::Never } else { Verdict::Name }
    }
}

/// `Interfax` of `Interfax news agency`.
fn without_kind(name: &str) -> String {
    name.split_whitespace().take_while(|word| !KINDS.contains(word)).collect::<Vec<_>>().join(" ")
}

/// Whether the words may name something: the first with a capital or digit, none of them a word that runs a sentence
/// on, no marks but those of names.
fn could_be_name(name: &str) -> bool {
    let marks = |c: char| {
        c.is_alphanumeric() || c.is_whitespace() || "-‐‑–'’‘`.&/!+@“”\"«»·()[]\u{301}\u{ad}".contains(c)
    };
    let begins = name.trim_start_matches(['“', '"', '«']).chars().next();
    begins.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || is_caseless(c))
        && name.chars().all(marks)
        && name.split_whitespace().count() <= MOST_WORDS
        && name.split_whitespace().all(|word| {
            let bare = bare(word);
            let lower = bare.chars().next().is_some_and(char::is_lowercase);
            !lower || CONNECTORS.contains(bare) || !runs_on(bare)
        })
}

/// A letter of a script without capitals.
fn is_caseless(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}

/// A lower-case word of a phrase, not a name: `signed`, `since`, `visiting`, `elections`.
fn runs_on(word: &str) -> bool {
    let verb = word.len() > 4
        && (word.ends_with("ed") || word.ends_with("ing"))
        && !SOURCE_WORDS.contains_folded(word);
    FUNCTION_WORDS.contains(word) || EVENT_WORDS.contains(word) || verb
}

/// The word without marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '+' && c != '&')
}

/// The host of a web address, or the account: `www.mid.ru` of `http://www.mid.ru/a/b`, `t.me`, `24.kg`, `@mod_russia`.
pub fn site(text: &str) -> Option<&str> {
    if text.contains(char::is_whitespace) {
        return None;
    }
    if text.len() > 2 && text.starts_with('@') {
        return Some(text);
    }
    let address = ["http://", "https://"].iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or(text);
    let host = address.split(['/', '?', '#']).next()?;
    let (name, domain) = host.rsplit_once('.')?;
    let is_host = !name.is_empty()
        && name.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        })
        && (2..=7).contains(&domain.len())
        && domain.bytes().all(|b| b.is_ascii_lowercase());
    is_host.then_some(host)
}

/// Letters and digits of a name, in lower case, without `the` before it.
fn fold(name: &str) -> String {
    let name = name.trim();
    let head = name.get(..4).filter(|head| head.eq_ignore_ascii_case("the "));
    let name = name.get(head.map_or(0, str::len)..).unwrap_or_default();
    name.chars().filter(|c| c.is_alphanumeric() || *c == '+').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts() {
        let judge = Judge::new(&[], &["Steppe Wire".to_owned()], &["Kyodo".to_owned()]).unwrap();
        for (verdict, names) in [
            (
                Verdict::Known,
                &[
                    "RIA-Novosti",
                    "RIA Novosti",
                    "The Economist",
                    "24.kg",
                    "www.mid.ru",
                    "Steppe wire",
                    "A1+",
                    "@mod",
                ][..],
            ),
            (
                Verdict::Shaped,
                &[
                    "Naryn TV",
                    "Ministry of Defense of Chad",
                    "Army Radio",
                    "“Zarya” TV channel",
                    "Radio 4",
                    "Nasha Gazeta",
                ],
            ),
            (Verdict::Name, &["Hatif", "Nashe delo", "Le Progrès", "Jiefang Ribao", "新华社"]),
            (Verdict::Place, &["Moscow", "the Netherlands", "Almaty–Urumqi", "U.S."]),
            (
                Verdict::Never,
                &[
                    "",
                    "map",
                    "Defense Minister Ivanov",
                    "UN document S/2005/60",
                    "`taz` x = y",
                    "Kyodo",
                    "Victory Day",
                    "Operation Dawn",
                    "Zapad 2009",
                    "NATO summit",
                    "elections",
                    "the Treaty",
                    "GUUAM until",
                    "Duma elections",
                    "about 40%",
                    "He left",
                    "5",
                    "Parliament dissolved",
                    "x = y",
                ],
            ),
        ] {
            for name in names {
                assert_eq!(judge.judge(name), verdict, "{name}");
            }
        }
    }

    #[test]
    fn sites_are_told_by_their_host() {
        assert_eq!(site("http://www.kremlin.ru/eng/text.shtml"), Some("www.kremlin.ru"));
        assert_eq!(site("Civil.ge"), Some("Civil.ge"));
        assert_eq!(site("t.me/rian_ru"), Some("t.me"));
        for text in ["U.S.", "e.g", "St. Petersburg", "Fr.Schmidt", "3.5", "x..ru", ".ru", "a/b.ru", "@"] {
            assert_eq!(site(text), None, "{text}");
        }
    }
}
