//! The states of leaders: the list `leaders`.

use docmill_core::WordFile;
use docmill_lexicon::LexiconError;
use docmill_lexicon::lists::LEADERS;
use rustc_hash::FxHashMap;

use crate::person::PersonName;
use crate::states::States;
use crate::unique::{Found, Unique};

/// States by the names of those who led them.
#[derive(Debug)]
pub(crate) struct Leaders {
    names: FxHashMap<String, u16>,
    surnames: Unique<String>,
}

impl Leaders {
    /// The list with the files of a configuration; `spellings` as names of persons are read.
    ///
    /// # Errors
    /// With file and line, if one of the files cannot be read.
    pub fn new(words: &[WordFile], spellings: bool) -> Result<Self, LexiconError> {
        let mut found = Self { names: FxHashMap::default(), surnames: Unique::new() };
        for [name, code] in LEADERS.extended(words)?.fields() {
            let Some(state) = States::shipped().rows.iter().position(|row| row.code == Some(code)) else {
                continue;
            };
            if let Some(name) = PersonName::read(name, spellings) {
                found.surnames.insert(name.surname().to_owned(), state as u32);
                found.names.entry(name.words.join(" ")).or_insert(state as u16);
            }
        }
        Ok(found)
    }

    /// The state of a person by the full name; by the surname alone if the person `leads` a state.
    pub fn state(&self, name: &PersonName, leads: bool) -> Option<u16> {
        if let [surname] = &name.words[..] {
            let Found::One(state) = self.surnames.get(surname) else { return None };
            return leads.then_some(state as u16);
        }
        self.names.get(&name.words.join(" ")).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_leader_has_a_state() {
        for [name, code] in LEADERS.shipped().fields() {
            assert!(States::shipped().rows.iter().any(|row| row.code == Some(code)), "{name} {code}");
            assert!(PersonName::read(name, true).is_some(), "{name}");
        }
    }

    #[test]
    fn a_surname_alone_needs_an_office() {
        let leaders = Leaders::new(&[], true).unwrap();
        let state = |name: &str, leads| {
            let state = leaders.state(&PersonName::read(name, true).unwrap(), leads)?;
            States::shipped().rows[state as usize].code
        };
        assert_eq!(state("Emomali Rakhmonov", false), Some("TJK"));
        assert_eq!(state("Volodymyr Zelenskyy", false), Some("UKR"));
        assert_eq!(state("Karzai", true), Some("AFG"));
        assert_eq!(state("Karzai", false), None);
        // Of two Koreas.
        assert_eq!(state("Kim", true), None);
        assert_eq!(state("Ana Ruiz", true), None);
    }
}
