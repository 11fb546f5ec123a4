//! Hyphens that do not divide a word.

/// Sorted. What stands before the hyphen is not a word of its own.
#[rustfmt::skip]
const PREFIXES: &[&str] = &[
    "a", "agro", "ante", "anti", "arch", "be", "bi", "bio", "co", "counter", "cross", "cyber", "de", "e",
    "eco", "ex", "extra", "inter", "intra", "macro", "mega", "micro", "mid", "mini", "mis", "mm", "mono",
    "multi", "neo", "non", "o", "over", "pan", "para", "peri", "post", "pre", "pro", "pseudo", "quasi",
    "re", "semi", "sub", "super", "tri", "u", "uber", "uh", "ultra", "un", "uni", "vice", "x",
];

/// Sorted. The same for what stands after it.
const SUFFIXES: &[&str] =
    &["esque", "ette", "fest", "fold", "gate", "huh", "itis", "less", "most", "oh", "rama", "wise"];

/// Whether the hyphen from `at` to `after` keeps the word that begins at `start` together.
pub fn joins(bytes: &[u8], start: usize, at: usize, after: usize, end: usize) -> bool {
    let is_letter = |i: usize| i < end && (bytes[i].is_ascii_alphabetic() || bytes[i] >= 0x80);
    if !is_letter(after) {
        return false;
    }
    let next = &bytes[after..end.min(after + 10)];
    let next = &next[..next.iter().take_while(|b| b.is_ascii_alphabetic()).count()];
    contains(PREFIXES, &bytes[start..at]) || contains(SUFFIXES, next)
}

/// Whether a word is no word of its own before a hyphen.
pub fn is_prefix(word: &[u8]) -> bool {
    contains(PREFIXES, word)
}

fn contains(table: &[&str], word: &[u8]) -> bool {
    let mut buffer = [0; 8];
    let Some(folded) = buffer.get_mut(..word.len()) else { return false };
    folded.copy_from_slice(word);
    folded.make_ascii_lowercase();
    table.binary_search_by(|entry| entry.as_bytes().cmp(folded)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_fit() {
        for table in [PREFIXES, SUFFIXES] {
            assert!(table.is_sorted());
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
