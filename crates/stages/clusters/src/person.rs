//! Names of persons: titles off, words as keys.

use std::sync::LazyLock;

use docmill_lexicon::Words;
use docmill_lexicon::lists::{NAME_WORDS, PERSON_TITLES};
use docmill_lexicon::word_classes;
use rustc_hash::FxHashMap;

use crate::fold::{fold, sound};

/// A person's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonName {
    /// Its words as keys. Where the surname comes first, it stands last here, after all the given names in one word.
    pub words: Vec<String>,
    /// Single words besides the surname by which one may go: given names, halves of a double surname.
    pub others: Vec<String>,
    /// Bytes of the mention that its title takes up.
    pub title_len: usize,
    /// A title inside the mention.
    pub title: Option<&'static str>,
}

impl PersonName {
    /// Reads `name`; `None` if nothing is left of it without titles.
    pub fn read(name: &str, spellings: bool) -> Option<Self> {
        let (mut title, mut title_len) = (None, 0);
        let mut words = Vec::new();
        for (at, word) in pieces(name) {
            let folded = fold(word);
            let folded = folded.strip_suffix("'s").unwrap_or(&folded);
            let plain = folded.trim_matches(|c: char| !c.is_alphanumeric());
            if words.is_empty() {
                if let Some(found) = title_of(plain) {
                    title = Some(found);
                    continue;
                }
                title_len = at;
            }
            if SUFFIXES.contains(plain) || ARTICLES.contains(plain) {
                continue;
            }
            // `V.V.` is two initials.
            if word.ends_with('.') && plain.chars().all(|c| c == '.' || c.is_alphabetic()) && plain.len() <= 5
            {
                words.extend(plain.split('.').map(str::to_owned));
            } else {
                words.push(key_of(plain));
            }
        }
        words.retain(|word| !word.is_empty());
        if words.is_empty() {
            return None;
        }
        let eastern = words.len() > 1 && is_eastern(&words);
        if eastern {
            words.rotate_left(1);
        }
        let surname = words.len() - 1;
        if spellings {
            words = words.iter().map(|word| sounds(word)).collect();
        }
        let mut others = words[..surname].to_vec();
        others.extend(
            words.iter().filter(|word| word.contains('-')).flat_map(|w| w.split('-').map(str::to_owned)),
        );
        others.retain(|word| !is_initial(word));
        if eastern {
            let given = words.drain(..surname).collect::<String>().replace('-', "");
            words.insert(0, given);
        }
        Some(Self { words, others, title_len, title })
    }

    /// The surname, as far as one can tell; the whole of a name of one word.
    pub fn surname(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// How full the name is: words count, initials less.
    pub fn fullness(&self) -> usize {
        self.words.iter().map(|word| if is_initial(word) { 1 } else { 16 }).sum()
    }

    /// True if the given names are initials only.
    pub fn has_initials_only(&self) -> bool {
        self.words.len() > 1 && self.words[..self.words.len() - 1].iter().all(|word| is_initial(word))
    }
}

/// `v` of `V. Putin`.
fn is_initial(word: &str) -> bool {
    word.chars().count() == 1
}

/// The title that a word is, if it is one.
pub(crate) fn title_of(word: &str) -> Option<&'static str> {
    let word = word.trim_end_matches('.').to_lowercase();
    TITLES.get(word.as_str()).copied()
}

/// White space parts a name, with the byte where each piece begins.
fn pieces(name: &str) -> impl Iterator<Item = (usize, &str)> {
    // The pieces are parts of `name`, so their places in memory tell where they begin.
    name.split_whitespace().map(|piece| (piece.as_ptr() as usize - name.as_ptr() as usize, piece))
}

word_classes! { NAME_WORDS:
    /// The Arabic article with its hyphen.
    static ARABIC = "arabic";
}

/// `al-Assad` as `assad`, `N'Diaye` as `ndiaye`.
fn key_of(word: &str) -> String {
    let bare = ARABIC.iter().find_map(|article| word.strip_prefix(article));
    bare.unwrap_or(word).chars().filter(|c| c.is_alphanumeric() || *c == '-').collect()
}

fn sounds(word: &str) -> String {
    word.split('-').map(sound).collect::<Vec<_>>().join("-")
}

/// True if the surname comes first: it is one that Chinese, Koreans and Vietnamese have, and the name is short.
fn is_eastern(words: &[String]) -> bool {
    let given = words.len() - 1;
    let surname = |word: &String| EASTERN.contains(word);
    words.first().is_some_and(surname)
        && (given == 2 || (given == 1 && words[1].chars().count() > 1))
        && (!words.last().is_some_and(surname) || given == 2)
}

static SUFFIXES: LazyLock<Words> = LazyLock::new(|| NAME_WORDS.shipped().of_class("suffix"));
static ARTICLES: LazyLock<Words> = LazyLock::new(|| NAME_WORDS.shipped().of_class("article"));

/// Frequent surnames of people whose surname comes first.
static EASTERN: LazyLock<Words> = LazyLock::new(|| NAME_WORDS.shipped().of_class("eastern"));

/// Titles by their words and abbreviations.
static TITLES: LazyLock<FxHashMap<&'static str, &'static str>> =
    LazyLock::new(|| PERSON_TITLES.shipped().fields().map(|[word, title]| (word, title)).collect());

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str) -> Vec<String> {
        PersonName::read(name, true).unwrap().words
    }

    #[test]
    fn titles_and_possessives_go() {
        let name = PersonName::read("Maj. Gen. Viktor Sluchenko's", true).unwrap();
        assert_eq!(name.words, ["viktor", "sluchenko"]);
        assert_eq!((name.title_len, name.title), (10, Some("general")));
        assert_eq!(PersonName::read("President", true), None);
        assert_eq!(read("Bashar al-Assad"), ["bashar", "asad"]);
        assert_eq!(read("Bashar al Assad"), ["bashar", "asad"]);
        assert_eq!(read("V.V. Putin"), ["v", "v", "putin"]);
    }

    #[test]
    fn surnames_that_come_first_go_last() {
        assert_eq!(read("Cao Gangchuan"), ["gangchuan", "cao"]);
        assert_eq!(read("Kim Jong-un"), ["jongun", "kim"]);
        assert_eq!(read("Kim Jong Un"), ["jongun", "kim"]);
        assert_eq!(read("Nguyễn Văn Hùng"), ["vanhung", "nguen"]);
        assert_eq!(read("Andrew Kim"), ["andrew", "kim"]);
    }
}
