//! States, their adjectives, their towns of government: the lists `states` and `seats`.

use std::sync::LazyLock;

use docmill_core::layers::MentionForm;
use docmill_lexicon::Table;
use docmill_lexicon::lists::{SEATS, STATES};
use rustc_hash::FxHashMap;

use crate::fold::words;

/// A state, or a territory or region that the news treats alike.
#[derive(Debug)]
pub(crate) struct State {
    /// ISO 3166-1 alpha-3, if it has one.
    pub code: Option<&'static str>,
    /// Conventional short name.
    pub name: &'static str,
}

/// What a name in the table stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stated {
    /// Index of the state.
    pub state: u16,
    /// How the name names it.
    pub form: MentionForm,
    /// Which town or building, for a capital or a seat: spellings of one share a number. 0 for everything else.
    pub town: u16,
    /// The name as the table writes it.
    pub name: &'static str,
    /// The organization that sits in the town, where it is not the state that the name stands for.
    pub body: Option<&'static str>,
}

/// The table, with indices.
#[derive(Debug, Default)]
pub(crate) struct States {
    /// In the order of the file.
    pub rows: Vec<State>,
    names: FxHashMap<String, Stated>,
    acronyms: FxHashMap<&'static str, Stated>,
}

impl States {
    /// The table that docmill comes with.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<States> = LazyLock::new(|| States::parse(STATES.shipped(), SEATS.shipped()));
        &SHIPPED
    }

    fn parse(names: &'static Table, seats: &'static Table) -> Self {
        let mut table = Self::default();
        let rows = || names.fields().map(Row::of);
        // Names first: where a town or a people has the name of a state, the state is meant.
        for (state, row) in rows().enumerate() {
            let code = Some(row.code).filter(|code| !code.is_empty());
            table.rows.push(State { code, name: row.names.split('|').next().unwrap_or_default() });
            table.insert(row.names, state, MentionForm::Name, 0, None);
            for acronym in row.acronyms.split('|').filter(|acronym| !acronym.is_empty()) {
                let stated = Stated {
                    state: state as u16,
                    form: MentionForm::Acronym,
                    town: 0,
                    name: acronym,
                    body: None,
                };
                table.acronyms.entry(acronym).or_insert(stated);
            }
        }
        for (state, row) in rows().enumerate() {
            table.insert(row.people, state, MentionForm::Demonym, 0, None);
        }
        let mut town = 0;
        for (state, row) in rows().enumerate() {
            for spellings in row.capitals.split('|') {
                town += 1;
                for name in spellings.split('=') {
                    table.insert(name, state, MentionForm::Capital, town, None);
                }
            }
        }
        for [name, code, body] in seats.fields() {
            let body = Some(body).filter(|body| !body.is_empty());
            if let Some(state) = table.rows.iter().position(|row| row.code == Some(code)) {
                town += 1;
                table.insert(name, state, MentionForm::Seat, town, body);
            }
        }
        table
    }

    fn insert(
        &mut self,
        names: &'static str,
        state: usize,
        form: MentionForm,
        town: u16,
        body: Option<&'static str>,
    ) {
        for name in names.split('|') {
            let key = words(name).join(" ");
            if !key.is_empty() {
                self.names.entry(key).or_insert(Stated { state: state as u16, form, town, name, body });
            }
        }
    }

    /// The state by the words of a name, an adjective or a town (see [`words`]), joined by blanks.
    pub fn by_words(&self, words: &str) -> Option<Stated> {
        self.names.get(words).copied()
    }

    /// The state by an abbreviation without full stops.
    pub fn by_acronym(&self, acronym: &str) -> Option<Stated> {
        self.acronyms.get(acronym).copied()
    }

    /// The state as part of the name of something else: `Tajik Defense Ministry`, `U.S. Senate`. Towns do not count.
    pub fn modifier(&self, words: &str, acronym: Option<&str>) -> Option<u16> {
        let named = self.by_words(words).filter(|s| is_name(s.form));
        named.or_else(|| self.by_acronym(acronym?)).map(|stated| stated.state)
    }
}

fn is_name(form: MentionForm) -> bool {
    matches!(form, MentionForm::Name | MentionForm::Demonym)
}

struct Row {
    code: &'static str,
    names: &'static str,
    acronyms: &'static str,
    people: &'static str,
    capitals: &'static str,
}

impl Row {
    fn of([code, _alpha2, names, acronyms, people, capitals]: [&'static str; 6]) -> Self {
        Self { code, names, acronyms, people, capitals }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(name: &str) -> Option<(&'static str, MentionForm)> {
        let table = States::shipped();
        let stated = table.by_acronym(name).or_else(|| table.by_words(&words(name).join(" ")))?;
        Some((table.rows[stated.state as usize].code?, stated.form))
    }

    #[test]
    fn states_are_found_under_all_their_names() {
        for (name, expected, form) in [
            ("Tajikistan", "TJK", MentionForm::Name),
            ("Tajikistani", "TJK", MentionForm::Demonym),
            ("Tajiks", "TJK", MentionForm::Demonym),
            ("Dushanbe", "TJK", MentionForm::Capital),
            ("US", "USA", MentionForm::Acronym),
            ("Washington, D.C.", "USA", MentionForm::Capital),
            ("The Netherlands", "NLD", MentionForm::Name),
            ("Côte d’Ivoire", "CIV", MentionForm::Name),
            ("the Kremlin", "RUS", MentionForm::Seat),
            ("Nigeriens", "NER", MentionForm::Demonym),
            ("Nigerian", "NGA", MentionForm::Demonym),
            ("Bogota", "COL", MentionForm::Capital),
            ("Kosovo", "XKX", MentionForm::Name),
        ] {
            assert_eq!(code(name), Some((expected, form)), "{name}");
        }
        for name in ["Korea", "us", "Osh", "Central Asian", ""] {
            assert_eq!(code(name), None, "{name}");
        }
    }

    #[test]
    fn spellings_of_a_capital_are_one_town() {
        let town = |name: &str| States::shipped().by_words(name).unwrap().town;
        assert_eq!(town("kyiv"), town("kiev"));
        assert_ne!(town("la paz"), town("sucre"));
    }

    #[test]
    fn codes_are_three_letters_and_stand_once() {
        let mut codes: Vec<_> = States::shipped().rows.iter().filter_map(|row| row.code).collect();
        assert!(codes.len() > 220, "{}", codes.len());
        assert!(codes.iter().all(|code| code.len() == 3 && code.chars().all(|c| c.is_ascii_uppercase())));
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all);
    }

    #[test]
    fn every_seat_has_its_state() {
        for [name, state] in SEATS.shipped().fields() {
            assert_eq!(code(name).map(|(code, _)| code), Some(state), "{name}");
        }
    }
}
