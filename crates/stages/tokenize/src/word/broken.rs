//! Words that a line's end breaks.
//!
//! `Euro-` and `pean` on the next line are one word, `high-` and `level` are a compound. A list of common words tells
//! them apart: the two are one word if together they make a common one, or if not both are common ones alone.

use std::collections::HashSet;
use std::sync::LazyLock;

use docmill_lexicon::lists::COMMON_WORDS;

use super::affix;

/// Common words in lower case, read when the first broken word turns up.
static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| COMMON_WORDS.shipped().fields().map(|[word]| word).collect());

/// No word of a news text is longer, and the halves of longer ones are not looked up.
const LONGEST: usize = 40;

/// Where the word that begins at `start` resumes on the next line; `at` and `after` are the borders of the hyphen
/// that ends its line. None if the hyphen belongs to a compound, or nothing in lower case follows.
pub fn resumes(bytes: &[u8], start: usize, at: usize, after: usize) -> Option<usize> {
    let head = letters(bytes.get(start..at)?)?;
    let line = bytes.get(after..)?;
    let line = line.strip_prefix(b"\r").unwrap_or(line).strip_prefix(b"\n")?;
    let indented = line.iter().take(LONGEST).take_while(|&&byte| byte == b' ').count();
    let rest = &line[indented..];
    let tail = &rest[..rest.iter().take(LONGEST).take_while(|byte| byte.is_ascii_lowercase()).count()];
    let tail = letters(tail)?;
    is_one(&head, &tail).then_some(bytes.len() - rest.len())
}

/// Two ASCII letters or more in lower case.
fn letters(word: &[u8]) -> Option<String> {
    let fits = (2..LONGEST).contains(&word.len()) && word.iter().all(u8::is_ascii_alphabetic);
    fits.then(|| std::str::from_utf8(word).map(str::to_ascii_lowercase)).transpose().ok().flatten()
}

fn is_one(head: &str, tail: &str) -> bool {
    let common = |word: &str| COMMON.contains(word);
    common(&format!("{head}{tail}")) || !(affix::is_prefix(head.as_bytes()) || common(head) && common(tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_resume_and_compounds_do_not() {
        let at = |text: &str| {
            let hyphen = text.find('-').unwrap();
            resumes(text.as_bytes(), 0, hyphen, hyphen + 1)
        };
        for one in ["Euro-\npean", "minis-\nter", "repo-\nrters", "is-\nlands", "Azerba-\nijan", "re-\nport"]
        {
            assert_eq!(at(one), one.find('\n').map(|line| line + 1), "{one}");
        }
        assert_eq!(at("Brus-\r\n  sels"), Some(9));
        for two in ["high-\nlevel", "well-\nknown", "non-\naligned", "fifty-\nsecond", "Osh-\nNaryn"] {
            assert_eq!(at(two), None, "{two}");
        }
        for other in ["Euro-\n\npean", "Euro- pean", "F-\npean", "Euro-\n7pean", "Euro-", "Euro-\n"] {
            assert_eq!(at(other), None, "{other}");
        }
    }
}
