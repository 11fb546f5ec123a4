//! Hyphens that do not divide a word.

use std::sync::LazyLock;

use docmill_lexicon::Words;
use docmill_lexicon::lists::WORD_PARTS;

/// What stands before the hyphen and is not a word of its own.
static PREFIXES: LazyLock<Words> = LazyLock::new(|| WORD_PARTS.shipped().of_class("prefix"));

/// The same for what stands after it.
static SUFFIXES: LazyLock<Words> = LazyLock::new(|| WORD_PARTS.shipped().of_class("suffix"));

/// Whether the hyphen from `at` to `after` keeps the word that begins at `start` together.
pub fn joins(bytes: &[u8], start: usize, at: usize, after: usize, end: usize) -> bool {
    let is_letter = |i: usize| i < end && (bytes[i].is_ascii_alphabetic() || bytes[i] >= 0x80);
    if !is_letter(after) {
        return false;
    }
    let next = &bytes[after..end.min(after + 10)];
    let next = &next[..next.iter().take_while(|b| b.is_ascii_alphabetic()).count()];
    contains(&PREFIXES, &bytes[start..at]) || contains(&SUFFIXES, next)
}

/// Whether a word is no word of its own before a hyphen.
pub fn is_prefix(word: &[u8]) -> bool {
    contains(&PREFIXES, word)
}

fn contains(table: &Words, word: &[u8]) -> bool {
    let mut buffer = [0; 8];
    let Some(folded) = buffer.get_mut(..word.len()) else { return false };
    folded.copy_from_slice(word);
    folded.make_ascii_lowercase();
    table.contains_bytes(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_fit() {
        for table in [&PREFIXES, &SUFFIXES] {
            assert!(table.iter().all(|word| word.len() <= 8));
        }
    }

    #[test]
    fn affixes_join_and_words_do_not() {
        let joins_at = |word: &str| {
            let at = word.find('-').unwrap();
            joins(word.as_bytes(), 0, at, at + 1, word.len())
        };
        assert!(joins_at("non-aligned") && joins_at("Anti-terrorist") && joins_at("seven-fold"));
        assert!(!joins_at("15-year") && !joins_at("al-Qaeda") && !joins_at("F-16"));
    }
}
