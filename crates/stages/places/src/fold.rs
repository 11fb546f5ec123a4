//! Names as keys: what two spellings of one name have in common. `data/make_gazetteer.py` folds in the same way.

use std::sync::LazyLock;

use docmill_lexicon::lists::PLACE_ABBREVIATIONS;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `text` in lower case, without accents, apostrophes and full stops, its words parted by single spaces; `St.` is
/// `saint`, `Ft.` is `fort`, `Mt.` is `mount`.
pub(crate) fn fold(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => plain.push_str("ss"),
            'ı' => plain.push('i'),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' => plain.push('d'),
            '\'' | '’' | '‘' | '`' | 'ʻ' | 'ʼ' | 'ʿ' | '.' => {}
            c if is_combining_mark(c) => {}
            c if c.is_alphanumeric() || c == '_' => plain.push(c),
            _ => plain.push(' '),
        }
    }
    let mut folded = String::with_capacity(plain.len());
    for word in plain.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(in_full(word));
    }
    folded
}

/// `saint` of `st`.
fn in_full(word: &str) -> &str {
    static FULL: LazyLock<FxHashMap<&str, &str>> =
        LazyLock::new(|| PLACE_ABBREVIATIONS.shipped().fields().map(|[short, full]| (short, full)).collect());
    FULL.get(word).copied().unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one_key() {
        assert_eq!(fold("São Paulo"), "sao paulo");
        assert_eq!(fold("St. Louis"), fold("Saint-Louis"));
        assert_eq!(fold("W.Va."), "wva");
        assert_eq!(fold("Ra's al-Khaymah"), "ras al khaymah");
        assert_eq!(fold("Łódź"), "lodz");
    }
}
