//! The words of `data/words.tsv`.

use rustc_hash::FxHashMap;

/// Classes of words with their values.
#[derive(Debug)]
pub(crate) struct Lexicon {
    words: FxHashMap<&'static str, Vec<(&'static str, &'static str)>>,
}

impl Lexicon {
    pub fn new() -> Self {
        let mut words: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for line in include_str!("../data/words.tsv").lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            if let (Some(word), Some(class), Some(value)) = (columns.next(), columns.next(), columns.next()) {
                words.entry(word).or_default().push((class, value));
            }
        }
        Self { words }
    }

    /// The classes of a word in lower case.
    pub fn classes(&self, word: &str) -> &[(&'static str, &'static str)] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    /// The value of a word in a class.
    pub fn value(&self, word: &str, class: &str) -> Option<&'static str> {
        self.classes(word).iter().find(|(name, _)| *name == class).map(|(_, value)| *value)
    }

    /// The words of a class.
    pub fn words(&self, class: &str) -> impl Iterator<Item = &'static str> {
        let of_class = move |(word, classes): (&&'static str, &Vec<(&'static str, &'static str)>)| {
            classes.iter().any(|(name, _)| *name == class).then_some(*word)
        };
        self.words.iter().filter_map(of_class)
    }
}
