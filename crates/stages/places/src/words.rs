//! Words around and in names of places: the list `place_words`.

use docmill_lexicon::lists::PLACE_WORDS;

/// The list by class.
#[derive(Debug)]
pub(crate) struct Words {
    units: Vec<&'static str>,
    towns: Vec<&'static str>,
    leads: Vec<&'static str>,
    no_names: docmill_lexicon::Words,
    before: docmill_lexicon::Words,
}

impl Words {
    pub fn shipped() -> Self {
        let table = PLACE_WORDS.shipped();
        let of = |class: &str| {
            table.fields().filter(|[_, own]| *own == class).map(|[word, _]| word).collect::<Vec<_>>()
        };
        Self {
            units: of("unit"),
            towns: of("town"),
            leads: of("lead"),
            no_names: table.of_class("no-name"),
            before: table.of_class("before"),
        }
    }

    /// True if a folded name is no place where it stands in the name of something else.
    pub fn is_no_name(&self, key: &str) -> bool {
        self.no_names.contains(key)
    }

    /// True for a word before the name of a place inside the name of something else.
    pub fn is_before(&self, word: &str) -> bool {
        self.before.contains(word)
    }

    /// A folded name without the word that says what it is (`aktobe` of `aktobe region`, of `city of aktobe`), and
    /// whether that word names a district or a region.
    pub fn without_unit<'k>(&self, key: &'k str) -> Option<(&'k str, bool)> {
        let tail = |words: &[&str]| words.iter().find_map(|word| key.strip_suffix(word)?.strip_suffix(' '));
        let lead = || self.leads.iter().find_map(|word| key.strip_prefix(word)?.strip_prefix(' '));
        let found = tail(&self.units).map(|rest| (rest, true));
        let found = found.or_else(|| tail(&self.towns).map(|rest| (rest, false)));
        found.or_else(|| lead().map(|rest| (rest, false))).filter(|(rest, _)| !rest.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_go() {
        let words = Words::shipped();
        assert_eq!(words.without_unit("aktobe region"), Some(("aktobe", true)));
        assert_eq!(words.without_unit("dublin city"), Some(("dublin", false)));
        assert_eq!(words.without_unit("city of osh"), Some(("osh", false)));
        assert_eq!(words.without_unit("osh"), None);
        assert!(words.is_no_name("street") && !words.is_no_name("osh"));
    }
}
