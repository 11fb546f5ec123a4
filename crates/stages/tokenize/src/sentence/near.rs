//! What stands close to a stop and says what it is: a noun that takes a letter, a remark behind a rank.

use std::sync::LazyLock;

use docmill_lexicon::Words;
use docmill_lexicon::lists::SENTENCE_WORDS;

use crate::chars::{is_space, skip_space_back};

/// Words before a letter that is no initial: `plan` (Plan B). A word with a letter goes with that one only: `on X`.
static LETTERED: LazyLock<Words> = LazyLock::new(|| SENTENCE_WORDS.shipped().of_class("lettered"));

/// What stands in brackets behind a rank, without a stop: `Gen. (ret.) Adu`.
static REMARKS: LazyLock<Words> = LazyLock::new(|| SENTENCE_WORDS.shipped().of_class("remark"));

/// Whether the letter at `start` is what the word before it is called: `Plan B`, `vitamin D`, `posted on X`.
pub fn is_lettered(text: &str, limit: usize, start: usize, letter: &[u8]) -> bool {
    let end = skip_space_back(text, limit, start);
    let head = text.as_bytes().get(limit..end).unwrap_or_default();
    let length = head.iter().rev().take(16).take_while(|b| b.is_ascii_alphabetic()).count();
    let word = &head[head.len() - length..];
    end < start
        && LETTERED.iter().any(|line| match line.split_once(' ') {
            Some((before, own)) => word == before.as_bytes() && letter == own.as_bytes(),
            None => {
                letter.first().is_some_and(u8::is_ascii_uppercase)
                    && word.eq_ignore_ascii_case(line.as_bytes())
            }
        })
}

/// Whether the bracket that begins at `at` holds such a remark: `(ret.)`, `(Retd)`.
pub fn is_remark(bytes: &[u8], at: usize) -> bool {
    let Some(rest) = bytes.get(at..).and_then(|rest| rest.strip_prefix(b"(")) else { return false };
    let length = rest.iter().take(8).take_while(|b| b.is_ascii_alphabetic()).count();
    let behind = rest.get(length..).unwrap_or_default();
    let closes = behind.starts_with(b")") || behind.starts_with(b".)");
    closes && REMARKS.iter().any(|line| line.as_bytes().eq_ignore_ascii_case(&rest[..length]))
}

/// Whether two spaces stand behind the stop, as typists set them between sentences, and nowhere shortly before it.
pub fn is_typists_gap(text: &str, sentence: usize, at: usize, end: usize, next: usize) -> bool {
    let bytes = text.as_bytes();
    let before = bytes.get(at.saturating_sub(120).max(sentence)..at).unwrap_or_default();
    bytes.get(end..next) == Some(b"  ")
        && !before.windows(2).any(|two| two.iter().all(|&b| is_space(b as char)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_lower_case() {
        for list in [&LETTERED, &REMARKS] {
            assert!(list.iter().count() > 0 && list.iter().all(|word| word.len() < 16));
            assert!(list.iter().all(|word| word.starts_with(|c: char| c.is_ascii_lowercase())));
        }
    }

    #[test]
    fn remarks_are_told_from_other_brackets() {
        assert!(is_remark(b"Gen. (ret.) Adu", 5));
        assert!(is_remark(b"(Retd)", 0));
        for other in ["(retired)", "(ret.", "ret.)", "(ret. Adu)", "(", ""] {
            assert!(!is_remark(other.as_bytes(), 0), "{other}");
        }
    }
}
