//! Words that say, by their capital, that a sentence begins; and words of saying.

use std::sync::LazyLock;

use docmill_lexicon::Words;
use docmill_lexicon::lists::SENTENCE_WORDS;

/// Words that are written with a capital only where a sentence begins (and `I`).
static STARTERS: LazyLock<Words> = LazyLock::new(|| SENTENCE_WORDS.shipped().of_class("starter"));

/// Words that follow a time of day inside a sentence: `5 p.m. Tuesday`, `9 a.m. Moscow time`.
static AFTER_TIME: LazyLock<Words> = LazyLock::new(|| SENTENCE_WORDS.shipped().of_class("after-time"));

/// Verbs that name who said what stood in quotation marks.
static SAYING: LazyLock<Words> = LazyLock::new(|| SENTENCE_WORDS.shipped().of_class("saying"));

/// The ASCII letters from byte `at` on, at most sixteen.
pub fn letters(text: &str, at: usize) -> &[u8] {
    let bytes = &text.as_bytes()[at..];
    let len = bytes.iter().take(17).take_while(|b| b.is_ascii_alphabetic()).count();
    if len > 16 { &[] } else { &bytes[..len] }
}

/// True if the word at `at` begins a sentence.
pub fn is_starter(text: &str, at: usize) -> bool {
    let word = letters(text, at);
    let after = text.as_bytes().get(at + word.len());
    // Not an initial, nor a name with a hyphen.
    let part = matches!(after, Some(b'-' | b'&')) || (word.len() == 1 && after == Some(&b'.'));
    !part && STARTERS.contains_bytes(word)
}

/// True if the word at `at` goes on with a time of day.
pub fn follows_time(text: &str, at: usize) -> bool {
    AFTER_TIME.contains_bytes(letters(text, at))
}

/// True if at `at` stands a name of one to three words with a verb of saying: `Putin asked`.
pub fn is_attribution(text: &str, mut at: usize) -> bool {
    if is_starter(text, at) {
        return false;
    }
    for _ in 0..4 {
        let word = letters(text, at);
        if word.is_empty() {
            return false;
        }
        if word[0].is_ascii_lowercase() {
            return SAYING.contains_bytes(word);
        }
        at += word.len();
        if text.as_bytes().get(at) == Some(&b'.') {
            at += 1;
        }
        if text.as_bytes().get(at) != Some(&b' ') {
            return false;
        }
        at += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_tells_only_with_the_right_word() {
        assert!(is_starter("The vote", 0));
        assert!(is_starter("It’s late", 0));
        assert!(!is_starter("Army units", 0));
        assert!(!is_starter("A. Smith", 0));
        assert!(!is_starter("All-Union Congress", 0));
    }

    #[test]
    fn names_with_a_verb_of_saying() {
        assert!(is_attribution("Putin asked.", 0));
        assert!(is_attribution("Col. Ivan Petrov said", 0));
        assert!(!is_attribution("The ministry said", 0));
        assert!(!is_attribution("Putin left", 0));
    }
}
