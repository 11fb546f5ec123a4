//! Names of organizations and other things: whose it is, and what it is.

use std::sync::LazyLock;

use docmill_lexicon::lists::{MINISTRY_FIELDS, NAME_WORDS};
use docmill_lexicon::word_classes;
use rustc_hash::FxHashMap;

use crate::fold::{acronym, plain, written_words};
use crate::name_words::{COMMON, is_small, is_sort};
use crate::organizations::Organizations;
use crate::states::States;

/// A name that is neither of a person nor of a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OrgName {
    /// Its words in plain spelling, all of them.
    pub words: Vec<String>,
    /// The same without the state whose it is; ministries in one order (`defense ministry`).
    pub core: String,
    /// The state in the name: `Tajik Defense Ministry`, `Defense Ministry of Tajikistan`.
    pub state: Option<u16>,
    /// The name itself as an abbreviation, if it looks like one.
    pub acronym: Option<String>,
    /// How many words it is written with, small ones left out.
    pub fullness: usize,
    /// True if it says what sort of organization it is (`ministry`, `council`), so that a state can be part of it.
    pub has_sort: bool,
    /// True if it is made of one or two words that are not its own: many states have a `Defense Ministry`.
    pub is_common: bool,
}

/// What an abbreviation as a word of a name stands for, in plain words: `MRD` in `201st MRD`.
pub(crate) type Expand<'e> = &'e dyn Fn(&str) -> Option<String>;

impl OrgName {
    /// Reads a name.
    pub fn read(name: &str, organizations: &Organizations, expand: Expand<'_>) -> Self {
        let shout = !name.chars().any(char::is_lowercase);
        let (written, pieces): (Vec<String>, Vec<&str>) = written_words(name).unzip();
        let single = written.len() == 1;
        // In a line of capitals every word looks like an abbreviation.
        let acronyms: Vec<Option<String>> =
            pieces.iter().map(|part| acronym(part).filter(|_| !shout || single)).collect();
        let words: Vec<String> = (written.iter().zip(&acronyms))
            .map(|(word, short)| {
                let long = short.as_ref().filter(|_| !single).and_then(|short| expand(short));
                long.unwrap_or_else(|| plain(word))
            })
            .collect();

        let has_sort = |words: &[String]| words.iter().any(|word| is_sort(word));
        let before = state_before(&written, &acronyms).filter(|&(_, len)| has_sort(&words[len..]));
        let after = state_after(&written).filter(|&(_, of)| before.is_none() && has_sort(&words[..of]));
        let own = match (before, after) {
            (Some((_, len)), _) => &words[len..],
            (None, Some((_, of))) => &words[..of],
            (None, None) => &words[..],
        };
        let core = core_of(&split(own));
        // `European Union` is no union of Europe's.
        let usual = organizations.by_name(&words.join(" "));
        let state = before.or(after).map(|(state, _)| state).filter(|_| usual.is_none());
        let core = usual.or_else(|| organizations.by_name(&core)).map_or(core.clone(), str::to_owned);
        Self {
            has_sort: core.split(' ').any(is_sort),
            is_common: core.split(' ').count() <= 2
                && core.split(' ').all(|word| is_sort(word) || COMMON.contains(word)),
            state,
            acronym: acronyms.into_iter().next().flatten().filter(|_| single),
            fullness: written.iter().filter(|word| !is_small(word)).count(),
            words: split(&words),
            core,
        }
    }
}

/// An abbreviation that was written out is several words.
fn split(words: &[String]) -> Vec<String> {
    words.iter().flat_map(|word| word.split(' ').map(str::to_owned)).collect()
}

/// A state that the name begins with, and how many words it takes.
fn state_before(words: &[String], short: &[Option<String>]) -> Option<(u16, usize)> {
    (1..words.len().min(5)).rev().find_map(|len| {
        let acronym = if len == 1 { short.first()?.as_deref() } else { None };
        Some((States::shipped().modifier(&words[..len].join(" "), acronym)?, len))
    })
}

/// A state that the name ends with after `of`, and where that begins.
fn state_after(words: &[String]) -> Option<(u16, usize)> {
    let mut ofs = (1..words.len()).filter(|&at| words[at] == "of").take(3);
    ofs.find_map(|of| {
        let rest = &words[of + 1..];
        let rest = if rest.first().is_some_and(|word| word == "the") { &rest[1..] } else { rest };
        Some((States::shipped().modifier(&rest.join(" "), None)?, of))
    })
}

word_classes! { NAME_WORDS:
    /// Words in the name of a ministry that say nothing of its field.
    static FIELD_SMALL = "field-small";
}

/// The usual names of fields that some states name differently.
static MINISTRIES: LazyLock<FxHashMap<&str, &str>> =
    LazyLock::new(|| MINISTRY_FIELDS.shipped().fields().map(|[field, usual]| (field, usual)).collect());

/// `ministry of foreign affair` as `foreign ministry`, `department of state` as `state department`.
fn core_of(words: &[String]) -> String {
    let sort = match words {
        [first, ..] if matches!(first.as_str(), "ministry" | "department") => first,
        [.., last] if matches!(last.as_str(), "ministry" | "department") => last,
        _ => return words.join(" "),
    };
    let field: Vec<&str> = (words.iter())
        .map(String::as_str)
        .filter(|word| word != sort && !FIELD_SMALL.contains(word))
        .collect();
    let field = field.join(" ");
    let field = MINISTRIES.get(&*field).copied().unwrap_or(&field);
    format!("{field} {sort}").trim().to_owned()
}

/// Letters that may abbreviate `words`: of all of them, and without the small ones.
pub(crate) fn initials(words: &[String]) -> [String; 2] {
    let letters = |small: bool| {
        (words.iter())
            .filter(|word| small || !is_small(word))
            .filter_map(|word| word.chars().next())
            .flat_map(char::to_uppercase)
            .collect::<String>()
    };
    [letters(true), letters(false)]
}

/// True if the letters of `acronym` stand in `name` in their order, the first and each later one at a word's start or
/// after a letter already matched in that word, as Schwartz and Hearst (2003) have it.
pub(crate) fn abbreviates(acronym: &str, words: &[String]) -> bool {
    let letters: Vec<char> = acronym.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let text: Vec<char> = words.join(" ").chars().collect();
    let starts = |i: usize| i == 0 || text[i - 1] == ' ';
    let mut end = text.len();
    for (n, letter) in letters.iter().enumerate().rev() {
        let found = (0..end).rev().find(|&i| text[i] == *letter && (n > 0 || starts(i)));
        let Some(found) = found else { return false };
        end = found;
    }
    !letters.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str) -> OrgName {
        OrgName::read(name, &Organizations::new(&[], &[]).unwrap(), &|short| {
            [("MRD", "motor rifle division"), ("UN", "united nation")]
                .iter()
                .find(|(acronym, _)| *acronym == short)
                .map(|(_, long)| (*long).to_owned())
        })
    }

    #[test]
    fn one_ministry_in_all_its_variants() {
        let first = read("Tajik Defense Ministry");
        assert_eq!(first.core, "defense ministry");
        for name in [
            "Defense Ministry of Tajikistan",
            "Tajikistani Ministry of Defence",
            "the Ministry of Defense of the Republic of Tajikistan",
            "Tajik Defence Ministry’s",
        ] {
            let thing = read(name);
            assert_eq!((&*thing.core, thing.state), (&*first.core, first.state), "{name}");
        }
        assert_eq!(read("Ministry of Foreign Affairs").core, "foreign ministry");
        assert_eq!(read("Ministry of the Interior").core, "interior ministry");
        assert_eq!(read("U.S. Department of State").core, "state department");
        assert!(read("U.S. State Department").state.is_some());
        assert_eq!(read("Ministry").core, "ministry");
    }

    #[test]
    fn a_state_is_part_of_an_organization_only() {
        for name in ["Indian Ocean", "Gulf of Mexico", "Sea of Japan", "South China Sea", "Kyiv Post"] {
            assert_eq!(read(name).state, None, "{name}");
        }
        assert!(read("China National Petroleum Corporation").state.is_some());
    }

    #[test]
    fn abbreviations_inside_are_written_out() {
        assert_eq!(read("201st MRD").core, read("201st Motor Rifle Division").core);
        assert_eq!(read("UN Security Council").core, read("United Nations Security Council").core);
        assert_eq!(read("RIA-Novosti").core, read("RIA Novosti").core);
        assert_eq!(read("MRD").acronym.as_deref(), Some("MRD"));
    }

    #[test]
    fn initials_and_letters() {
        let words = |name| read(name).words;
        assert_eq!(initials(&words("Committee for State Security")), ["CFSS", "CSS"]);
        assert!(abbreviates("ECOWAS", &words("Economic Community of West African States")));
        assert!(abbreviates("UNASUR", &words("Unión de Naciones Suramericanas")));
        assert!(!abbreviates("FAMa", &words("Malian Armed Forces")));
        assert!(!abbreviates("", &words("x")));
    }
}
