//! A set of words.

/// A set of words, looked up without making a string.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// Sorted by their bytes.
    words: Vec<Box<str>>,
}

impl Words {
    /// The set of these words.
    pub fn new<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut words: Vec<Box<str>> = words.map(Box::from).collect();
        words.sort_unstable();
        words.dedup();
        Self { words }
    }

    /// True if `word` is one of them, in the same case.
    pub fn contains(&self, word: &str) -> bool {
        self.contains_bytes(word.as_bytes())
    }

    /// The same for the bytes of a word.
    pub fn contains_bytes(&self, word: &[u8]) -> bool {
        self.words.binary_search_by(|known| known.as_bytes().cmp(word)).is_ok()
    }

    /// True if `word` is one of them in whatever case of its ASCII letters; the words themselves are in lower case.
    pub fn contains_folded(&self, word: &str) -> bool {
        if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            self.contains(&word.to_ascii_lowercase())
        } else {
            self.contains(word)
        }
    }

    /// The words in the order of their bytes.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| &**word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_matters_unless_it_is_folded() {
        let words = Words::new(["press", "communiqué", "press"].into_iter());
        assert_eq!(words.iter().collect::<Vec<_>>(), ["communiqué", "press"]);
        assert!(words.contains("press") && !words.contains("Press"));
        assert!(words.contains_folded("PRESS") && words.contains_folded("Communiqué"));
        assert!(words.contains_bytes(b"press") && !words.contains_bytes(b"pres"));
    }
}
