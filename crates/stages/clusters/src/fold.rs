//! Names as keys: what two spellings of one name have in common.

use std::sync::LazyLock;

use docmill_lexicon::{lists, word_classes};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `text` in lower case and without accents, with straight apostrophes and plain hyphens.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
        match c {
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'ı' => folded.push('i'),
            'ə' => folded.push('a'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' => folded.push('\''),
            '‐' | '‑' | '–' => folded.push('-'),
            c if is_combining_mark(c) => {}
            c => folded.push(c),
        }
    }
    folded
}

/// The words of a name: folded, without full stops, apostrophes and a possessive; hyphens part words, except in
/// `co-operation`. `the` at the start is no word of the name.
pub(crate) fn words(name: &str) -> Vec<String> {
    written_words(name).map(|(word, _)| word).collect()
}

/// The same, each with what is written.
pub(crate) fn written_words(name: &str) -> impl Iterator<Item = (String, &str)> {
    let parts = name.split(|c: char| c.is_whitespace() || matches!(c, '/' | '—')).flat_map(|part| {
        let whole = ["co-op", "co-ord"]
            .iter()
            .any(|start| part.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)));
        part.split(move |c: char| !whole && matches!(c, '-' | '‐' | '‑' | '–'))
    });
    let words = parts.filter_map(|part| {
        let folded = fold(part);
        let word = folded.strip_suffix("'s").unwrap_or(&folded);
        let word: String = word.chars().filter(|&c| c.is_alphanumeric() || c == '&').collect();
        let word = if word == "&" { "and".to_owned() } else { word };
        (!word.is_empty()).then_some((word, part))
    });
    words.enumerate().filter(|(i, (word, _))| *i > 0 || word != "the").map(|(_, word)| word)
}

/// The usual spelling of words that are written in several ways.
static SPELLINGS: LazyLock<FxHashMap<&str, &str>> =
    LazyLock::new(|| lists::SPELLINGS.shipped().fields().map(|[word, usual]| (word, usual)).collect());

word_classes! { lists::NAME_WORDS:
    /// How words end that end in `s` and are no plural.
    static PLURAL_ENDS = "plural-end";
}

/// British spellings in American, plurals in the singular.
pub(crate) fn plain(word: &str) -> String {
    let word = SPELLINGS.get(word).copied().unwrap_or(word);
    let mut plain = word.replace("isation", "ization");
    if let Some(stem) = plain.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        plain = format!("{stem}y");
    } else if plain.len() > 3 && plain.ends_with('s') && !PLURAL_ENDS.iter().any(|end| plain.ends_with(end)) {
        plain.pop();
    }
    plain
}

/// What spellings of one Cyrillic or Arabic name have in common: `Rakhmonov` and `Rahmonov`, `Kulibaev` and
/// `Kulibayev`, `Zelensky` and `Zelenskyy`, `Odesa` and `Odessa`. Words of fewer than five letters stay as they are: too
/// many short names differ in one.
pub(crate) fn sound(word: &str) -> String {
    if word.chars().count() < 5 {
        return word.to_owned();
    }
    let replaced = word.replace("kh", "h").replace("gh", "g").replace("ph", "f").replace("dzh", "j");
    let mut sound = String::with_capacity(replaced.len());
    let mut letters = replaced.chars().peekable();
    while let Some(letter) = letters.next() {
        let letter = match letter {
            'y' if !sound.is_empty() && letters.peek() == Some(&'e') => continue,
            'y' | 'j' if sound.ends_with('i') => continue,
            'y' if !sound.is_empty() => 'i',
            other => other,
        };
        if !sound.ends_with(letter) {
            sound.push(letter);
        }
    }
    sound
}

/// `U.S.` as `US`, `FAMa` as it is; `None` if the name is no abbreviation by its look.
pub(crate) fn acronym(name: &str) -> Option<String> {
    let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
    let bare: String = name.chars().filter(|&c| c != '.').collect();
    let upper = bare.chars().filter(|c| c.is_uppercase()).count();
    let fits = bare.chars().count() <= 8
        && bare.chars().all(|c| c.is_alphanumeric() || c == '/')
        && bare.starts_with(char::is_uppercase);
    (fits && upper >= 2 && 2 * upper > bare.chars().filter(|c| c.is_alphabetic()).count()).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_accents_case_and_marks() {
        assert_eq!(fold("Đà Nẵng’s Gen. ŁÓDŹ"), "da nang's gen. lodz");
        assert_eq!(words("the RIA-Novosti’s U.S. Co-operation"), ["ria", "novosti", "us", "cooperation"]);
        assert_eq!(words("Workers' Party & The Left"), ["workers", "party", "and", "the", "left"]);
    }

    #[test]
    fn spellings_of_one_name_sound_alike() {
        for (a, b) in [
            ("rakhmonov", "rahmonov"),
            ("kulibaev", "kulibayev"),
            ("zelensky", "zelenskyy"),
            ("zelensky", "zelenskiy"),
            ("khayrulloyev", "khairulloev"),
            ("odesa", "odessa"),
        ] {
            assert_eq!(sound(a), sound(b), "{a} {b}");
        }
        for (a, b) in [("karimov", "kerimov"), ("yoon", "yon"), ("petrov", "petrova"), ("ali", "alii")] {
            assert_ne!(sound(a), sound(b), "{a} {b}");
        }
    }

    #[test]
    fn abbreviations_by_their_look() {
        assert_eq!(acronym("U.S.").as_deref(), Some("US"));
        assert_eq!(acronym("FAMa").as_deref(), Some("FAMa"));
        assert_eq!(acronym("RFE/RL").as_deref(), Some("RFE/RL"));
        for name in ["TeleSur", "Interfax", "K", "NAGORNOKARABAKH", "United Nations", "", "201"] {
            assert_eq!(acronym(name), None, "{name}");
        }
    }
}
