//! The list `offices`.

use docmill_core::WordFile;
use docmill_core::layers::RoleStatus;
use docmill_lexicon::LexiconError;
use docmill_lexicon::lists::OFFICES;
use rustc_hash::FxHashMap;

/// What a word is; several things at once may be true.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a word may be several of these at once")]
pub(crate) struct Sort {
    /// Ends the name of a role.
    pub office: bool,
    /// The same, in the plural.
    pub plural: bool,
    /// An office of a state, where nothing else is said.
    pub state: bool,
    /// An office whose field belongs to its name.
    pub portfolio: bool,
    /// No office: its organization is nothing but what stands beside it.
    pub profession: bool,
    /// May stand before one.
    pub modifier: bool,
    /// May stand between a role and a name.
    pub rank: bool,
    /// Says whether the role is held still.
    pub status: Option<RoleStatus>,
}

impl Sort {
    /// True if it may be part of a role.
    pub fn is_part(self) -> bool {
        self.office || self.modifier || self.status.is_some()
    }
}

/// The words, in lower case, with what they are.
#[derive(Debug)]
pub(crate) struct Offices(FxHashMap<Box<str>, Sort>);

impl Offices {
    /// The shipped list with the files of a configuration.
    ///
    /// # Errors
    /// With file and line, if one of the files cannot be read.
    pub fn new(words: &[WordFile]) -> Result<Self, LexiconError> {
        let mut table: FxHashMap<Box<str>, Sort> = FxHashMap::default();
        for [word, class] in OFFICES.extended(words)?.fields() {
            let known = table.entry(word.into()).or_default();
            match class {
                "office" => known.office = true,
                "modifier" => known.modifier = true,
                "state" => known.state = true,
                "profession" => known.profession = true,
                "portfolio" => known.portfolio = true,
                "rank" => known.rank = true,
                "former" => known.status = Some(RoleStatus::Former),
                "acting" => known.status = Some(RoleStatus::Acting),
                "designate" => known.status = Some(RoleStatus::Designate),
                _ => {}
            }
        }
        Ok(Self(table))
    }

    /// What `word`, in lower case, is.
    pub fn sort(&self, word: &str) -> Sort {
        if let Some(sort) = self.0.get(word) {
            return *sort;
        }
        match singular(word).and_then(|word| self.0.get(word.as_str()).copied()) {
            Some(sort) if sort.office => {
                let (state, profession) = (sort.state, sort.profession);
                Sort { office: true, plural: true, state, profession, ..Sort::default() }
            }
            Some(_) | None => Sort::default(),
        }
    }
}

fn singular(word: &str) -> Option<String> {
    if let Some(stem) = word.strip_suffix("men") {
        return Some(format!("{stem}man"));
    }
    if let Some(stem) = word.strip_suffix("women") {
        return Some(format!("{stem}woman"));
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    word.strip_suffix('s').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_says_something() {
        let offices = Offices::new(&[]).unwrap();
        for [word, class] in OFFICES.shipped().fields() {
            assert_ne!(offices.sort(word), Sort::default(), "{word} {class}");
        }
    }

    #[test]
    fn plurals_are_known() {
        let offices = Offices::new(&[]).unwrap();
        for word in ["presidents", "spokesmen", "secretaries", "mps"] {
            assert!(offices.sort(word).office && offices.sort(word).plural, "{word}");
        }
        assert!(!offices.sort("president").plural);
        assert_eq!(offices.sort("tables"), Sort::default());
    }

    #[test]
    fn a_configuration_adds_offices() {
        let mine = WordFile::new("my.tsv", "# list: offices\nword\tclass\nakim\toffice\n");
        let offices = Offices::new(&[mine]).unwrap();
        assert!(offices.sort("akim").office && offices.sort("akims").plural);
    }
}
