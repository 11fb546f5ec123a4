//! The words of the list `time_words`.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use docmill_core::WordFile;
use docmill_lexicon::lists::TIME_WORDS;
use docmill_lexicon::{LexiconError, Row};
use rustc_hash::FxHashMap;

/// Classes of words with their values.
#[derive(Debug)]
pub(crate) struct Lexicon {
    words: FxHashMap<&'static str, Vec<(&'static str, &'static str)>>,
}

impl Lexicon {
    /// The shipped list, and what the files of a configuration add.
    ///
    /// # Errors
    /// With file and line: a file that cannot be read, a value that its class does not have.
    pub fn new(files: &[WordFile]) -> Result<Self, LexiconError> {
        let mut words: FxHashMap<_, Vec<_>> = FxHashMap::default();
        let mut add = |[word, class, value]: [&'static str; 3]| {
            words.entry(word).or_default().push((class, value));
        };
        let list = TIME_WORDS.extended(files)?;
        for row in list.rows() {
            check(row)?;
            add([kept(row.get(0)), kept(row.get(1)), kept(row.get(2))]);
        }
        Ok(Self { words })
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

/// Checks the value of an entry that a configuration adds.
fn check(row: &Row) -> Result<(), LexiconError> {
    let Some((file, line)) = row.place().and_then(|place| place.rsplit_once(':')) else { return Ok(()) };
    let (class, value) = (row.get(1), row.get(2));
    let known = || -> Vec<&str> {
        let of_class = TIME_WORDS.shipped().fields().filter(|[_, of, _]| *of == class);
        let values: BTreeSet<&str> = of_class.map(|[_, _, value]| value).collect();
        values.into_iter().collect()
    };
    let help = match class {
        "NUM" | "TENS" | "ORD" | "DECADE" if value.parse::<u16>().is_err() => "write a number".to_owned(),
        "HOLIDAY" if !is_day(value) => "write month and day, such as 12-25".to_owned(),
        "UNIT" | "UNITS" | "SEASON" | "SURESEASON" | "POD" | "HALF" | "AMPM" | "ERA" | "VAGUE"
            if !known().contains(&value) =>
        {
            format!("the values of this class: {}", known().join(", "))
        }
        _ => return Ok(()),
    };
    let reason = format!("`{}` of class {class} cannot have the value `{value}`", row.get(0));
    Err(LexiconError { file: file.to_owned(), line: line.parse().unwrap_or_default(), reason, help })
}

/// `12-25`.
fn is_day(value: &str) -> bool {
    let parts = value.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
    parts.is_some_and(|(month, day)| docmill_dates::Date::new(2000, month, day).is_some())
}

/// The same text for good. The rules hold words and values that live as long as the program; the words of configurations
/// are few, and each is kept once.
fn kept(word: &str) -> &'static str {
    static WORDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = words.get(word) {
        return known;
    }
    let kept: &'static str = Box::leak(word.into());
    words.insert(kept);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(line: &str) -> Result<Lexicon, String> {
        let file = WordFile::new("my.tsv", format!("# list: time_words\nword\tclass\tvalue\n{line}\n"));
        Lexicon::new(&[file]).map_err(|error| error.to_string())
    }

    #[test]
    fn a_configuration_adds_words_of_time() {
        assert_eq!(with("nowruz\tHOLIDAY\t03-21").unwrap().value("nowruz", "HOLIDAY"), Some("03-21"));
        assert_eq!(with("lustrum\tUNIT\tY").unwrap().value("lustrum", "UNIT"), Some("Y"));
        for (line, reason) in [
            ("nowruz\tHOLIDAY\tspring", "my.tsv:3: `nowruz` of class HOLIDAY cannot have the value `spring`"),
            ("nowruz\tHOLIDAY\t13-40", "write month and day, such as 12-25"),
            ("dozen\tNUM\tmany", "write a number"),
            ("lustrum\tUNIT\t5Y", "the values of this class: "),
        ] {
            let error = with(line).unwrap_err();
            assert!(error.contains(reason), "{error}");
        }
    }
}
