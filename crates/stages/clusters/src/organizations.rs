//! Organizations that go by several names: the list `organizations`, and what a configuration adds.

use docmill_core::WordFile;
use docmill_lexicon::lists::ORGANIZATIONS;
use docmill_lexicon::{LexiconError, Row};
use rustc_hash::FxHashMap;

use crate::fold::{acronym, plain, words};
use crate::name_words::{is_small, is_sort};
use crate::states::States;

/// Names and abbreviations of one organization lead to the same row.
#[derive(Debug, Default)]
pub(crate) struct Organizations {
    /// The words of the usual full name, as keys of things have them.
    keys: Vec<String>,
    /// The usual full names as written.
    usual: Vec<String>,
    names: FxHashMap<String, u32>,
    acronyms: FxHashMap<String, u32>,
    /// For each row, the state whose it is.
    states: Vec<Option<u16>>,
    /// For each row, the sorts of organization that its names tell: the United Nations are an organization.
    sorts: Vec<Vec<String>>,
}

impl Organizations {
    /// The list with the files of a configuration, after `more` lists of names; the first of each list leads.
    ///
    /// # Errors
    /// With file and line, if one of the files cannot be read.
    pub fn new(words: &[WordFile], more: &[Vec<String>]) -> Result<Self, LexiconError> {
        let mut table = Self::default();
        for list in more {
            table.add(list.iter().map(String::as_str), None);
        }
        let list = ORGANIZATIONS.extended(words)?;
        // What a configuration says of a name goes before what the shipped list says.
        let (added, shipped): (Vec<&Row>, Vec<&Row>) = list.rows().partition(|row| row.place().is_some());
        for row in added.into_iter().chain(shipped) {
            let names = row.get(0).split('|').chain(row.get(1).split('|'));
            let code = Some(row.get(2)).filter(|code| !code.is_empty());
            let state =
                code.and_then(|code| States::shipped().rows.iter().position(|row| row.code == Some(code)));
            table.add(names.filter(|name| !name.is_empty()), state.map(|state| state as u16));
        }
        Ok(table)
    }

    fn add<'n>(&mut self, names: impl Iterator<Item = &'n str>, state: Option<u16>) {
        let row = self.keys.len() as u32;
        for name in names {
            let key = key(name);
            if self.keys.len() == row as usize {
                self.keys.push(key.clone());
                self.usual.push(name.to_owned());
                self.sorts.push(Vec::new());
                self.states.push(state);
            }
            if let Some(sort) = sort_of(&key)
                && let Some(sorts) = self.sorts.last_mut()
            {
                sorts.push(sort.to_owned());
            }
            match acronym(name) {
                Some(acronym) => self.acronyms.entry(acronym).or_insert(row),
                None => self.names.entry(key).or_insert(row),
            };
        }
    }

    /// The usual name's key for the key of any name.
    pub fn by_name(&self, key: &str) -> Option<&str> {
        Some(&self.keys[*self.names.get(key)? as usize])
    }

    /// The state whose an organization is, by any name or abbreviation.
    pub fn state(&self, name: &str) -> Option<u16> {
        let row = match acronym(name) {
            Some(acronym) => self.acronyms.get(&acronym),
            None => self.names.get(&key(name)),
        };
        self.states[*row? as usize]
    }

    /// The usual full name for an abbreviation.
    pub fn usual_name(&self, acronym: &str) -> Option<&str> {
        Some(&self.usual[*self.acronyms.get(acronym)? as usize])
    }

    /// True for the key of a usual full name.
    pub fn is_usual(&self, key: &str) -> bool {
        self.by_name(key) == Some(key)
    }

    /// The sorts of organization that the names of one tell, by the usual name's key.
    pub fn sorts(&self, key: &str) -> &[String] {
        self.names.get(key).map_or(&[], |&row| &self.sorts[row as usize])
    }

    /// The usual name's key for an abbreviation.
    pub fn by_acronym(&self, acronym: &str) -> Option<&str> {
        Some(&self.keys[*self.acronyms.get(acronym)? as usize])
    }
}

/// The word of a key that tells what sort of organization it is, if one of several words does: the last before `of`.
pub(crate) fn sort_of(key: &str) -> Option<&str> {
    let sort = key.split(' ').take_while(|word| !is_small(word)).last()?;
    (sort.len() < key.len() && is_sort(sort)).then_some(sort)
}

/// The words of a name in plain spelling, joined by blanks.
pub(crate) fn key(name: &str) -> String {
    words(name).iter().map(|word| plain(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_lead_to_the_usual_name() {
        let table = Organizations::new(&[], &[vec!["Party of Liberation".into(), "HuT".into()]]).unwrap();
        assert_eq!(table.by_acronym("ISIL"), table.by_name(&key("Daesh")));
        assert_eq!(table.by_name(&key("al-Qa’ida")), Some("al qaeda"));
        assert_eq!(
            table.by_acronym("OSCE"),
            table.by_name(&key("Organisation for Security and Co-operation in Europe"))
        );
        assert_eq!(table.by_acronym("HuT"), Some("party of liberation"));
        assert_eq!(table.by_acronym("XYZ"), None);
        assert_eq!(table.sorts("united nation"), ["organization"]);
    }
}
