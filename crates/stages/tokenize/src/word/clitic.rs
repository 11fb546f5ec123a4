//! `’s`, `n't` and their like.

use std::sync::LazyLock;

use docmill_lexicon::Words;
use docmill_lexicon::lists::WORD_PARTS;

/// What follows an apostrophe that stands for letters left out.
static ELISIONS: LazyLock<Words> = LazyLock::new(|| WORD_PARTS.shipped().of_class("elision"));

/// What follows the apostrophe of a clitic.
static CLITICS: LazyLock<Words> = LazyLock::new(|| WORD_PARTS.shipped().of_class("clitic"));

/// Where a clitic begins and ends around an apostrophe.
#[derive(Debug, PartialEq, Eq)]
pub struct Split {
    /// Letters before the apostrophe that belong to it: 1 for `n't`.
    pub back: usize,
    /// Letters after it.
    pub len: usize,
}

/// The clitic around the apostrophe between `head` and `rest`, if there is one.
pub fn split(head: &[u8], rest: &[u8]) -> Option<Split> {
    let len = rest.iter().take(4).take_while(|b| b.is_ascii_alphanumeric()).count();
    if rest.get(len).is_some_and(|b| !b.is_ascii()) && !rest[len..].starts_with(&[0xe2, 0x80]) {
        return None;
    }
    let is = |word: &[u8]| rest[..len].eq_ignore_ascii_case(word);
    if is(b"t") && head.len() > 1 && head.last().is_some_and(|b| b.eq_ignore_ascii_case(&b'n')) {
        return Some(Split { back: 1, len });
    }
    let mut lower = [0; 4];
    for (to, from) in lower.iter_mut().zip(&rest[..len]) {
        *to = from.to_ascii_lowercase();
    }
    CLITICS.contains_bytes(&lower[..len]).then_some(Split { back: 0, len })
}

/// Length of a word after an apostrophe that stands for letters left out: `'90s`, `'em`.
pub fn elision(rest: &[u8]) -> Option<usize> {
    let len = rest.iter().take(6).take_while(|b| b.is_ascii_alphanumeric()).count();
    let word = &rest[..len];
    let decade = matches!(word, [b'0'..=b'9', b'0'..=b'9'] | [b'0'..=b'9', b'0', b's']);
    let mut lower = [0; 6];
    for (to, from) in lower.iter_mut().zip(word) {
        *to = from.to_ascii_lowercase();
    }
    (decade || ELISIONS.contains_bytes(&lower[..len])).then_some(len)
}

/// True for a token that is a clitic: it belongs to the word right before it and is no word by itself.
///
/// ```
/// assert!(docmill_tokenize::is_clitic("’s") && docmill_tokenize::is_clitic("n't"));
/// assert!(!docmill_tokenize::is_clitic("'"));
/// ```
pub fn is_clitic(token: &str) -> bool {
    let token = token.replace('’', "'").to_ascii_lowercase();
    token == "n't" || token.strip_prefix('\'').is_some_and(|rest| CLITICS.contains(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clitics_and_names() {
        assert_eq!(split(b"China", b"s interest"), Some(Split { back: 0, len: 1 }));
        assert_eq!(split(b"don", b"t"), Some(Split { back: 1, len: 1 }));
        assert_eq!(split(b"O", b"Neill"), None);
        assert_eq!(elision(b"90s music"), Some(3));
        assert_eq!(elision(b"Well"), None);
    }
}
