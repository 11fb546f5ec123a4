//! Names of states and capitals that mean something else: `Cairo, Illinois`, the Georgia of Atlanta, the agency Sana.
//!
//! The list `regions` has the regions that stand behind a town, `namesakes` the words that decide between two
//! bearers of one name, `short_names` names that are a state's only beside others (`the North`).

use std::sync::LazyLock;

use docmill_lexicon::lists::{NAMESAKES, REGIONS, SHORT_NAMES};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::context::{Around, Context};
use crate::states::{Stated, States};

/// What a name of a state means in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The state that the table says.
    Usual,
    /// Another state, by its index.
    Other(u16),
    /// No state.
    Namesake,
}

struct Row {
    state: u16,
    other: Option<u16>,
    for_other: FxHashSet<&'static str>,
    for_state: FxHashSet<&'static str>,
}

/// The state of a short name, and the states that must and must not be named.
type ShortName = (u16, Vec<u16>, Vec<u16>);

struct Tables {
    /// Names of regions, without full stops: whether in full, and the code of the state.
    regions: FxHashMap<&'static str, (bool, &'static str)>,
    namesakes: FxHashMap<&'static str, Row>,
    short: FxHashMap<&'static str, ShortName>,
}

fn tables() -> &'static Tables {
    static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables {
        regions: regions(),
        namesakes: NAMESAKES.shipped().fields().filter_map(namesake).collect(),
        short: SHORT_NAMES.shipped().fields().filter_map(short).collect(),
    });
    &TABLES
}

fn regions() -> FxHashMap<&'static str, (bool, &'static str)> {
    let mut found = FxHashMap::default();
    for [name, short, code] in REGIONS.shipped().fields() {
        found.insert(name, (true, code));
        for short in short.split('|').filter(|short| !short.is_empty()) {
            found.insert(short, (false, code));
        }
    }
    found
}

fn namesake([name, code, other, for_other, for_state]: [&'static str; 5]) -> Option<(&'static str, Row)> {
    let set = |list: &'static str| list.split('|').collect();
    let row = Row {
        state: index(code)?,
        other: index(other),
        for_other: set(for_other),
        for_state: set(for_state),
    };
    Some((name, row))
}

fn short([name, code, with, without]: [&'static str; 4]) -> Option<(&'static str, ShortName)> {
    let list = |codes: &str| codes.split('|').filter_map(index).collect();
    Some((name, (index(code)?, list(with), list(without))))
}

fn index(code: &str) -> Option<u16> {
    States::shipped().rows.iter().position(|row| row.code == Some(code)).map(|at| at as u16)
}

/// A region right behind the mention, after a comma, with the code of its state; `Georgia` not, which is a state's name
/// too. A name that a list has after it is none: `Paris, Quebec and Rome`.
fn region_behind(around: &Around<'_>) -> Option<&'static str> {
    if around.after(0) != "," {
        return None;
    }
    let mut written = String::new();
    (1..4).find_map(|n| {
        if n > 1 {
            written.push(' ');
        }
        written.push_str(around.after(n));
        let name: String = written.chars().filter(|&c| c != '.').collect();
        let (whole, code) = tables().regions.get(name.as_str()).copied()?;
        let marked = whole || written.contains('.') || written.chars().all(char::is_uppercase);
        let goes_on = match around.after(n + 1) {
            "," => around.after(n + 2).starts_with(char::is_uppercase),
            "." | ")" | "" | ";" | ":" | "(" | "'s" | "’s" => false,
            _ => whole,
        };
        (marked && !goes_on).then_some(code)
    })
}

/// The words of a document, gathered when one is first asked for.
#[derive(Default)]
pub(crate) struct Namesakes<'d> {
    words: Option<FxHashSet<&'d str>>,
}

impl<'d> Namesakes<'d> {
    /// What a mention that the table knows as `stated` means.
    pub fn meaning(&mut self, scene: &Context<'d>, mention: usize, stated: Stated) -> Meaning {
        let around = scene.around(mention);
        let code = States::shipped().rows[stated.state as usize].code;
        if region_behind(&around).is_some_and(|region| code != Some(region)) {
            return Meaning::Namesake;
        }
        // `Athens, Georgia`: a region that is a state's namesake itself.
        if around.after(0) == "," && code != Some("GEO") && around.after(1) == "Georgia" {
            let georgia = tables().namesakes.get("Georgia");
            let lists = matches!(around.after(2), "and" | "or");
            if georgia.is_some_and(|row| !lists && self.is_other(scene, mention, row)) {
                return Meaning::Namesake;
            }
        }
        let surface = scene.surface(mention);
        let bare = surface.strip_suffix("'s").or_else(|| surface.strip_suffix("’s")).unwrap_or(surface);
        let row = tables().namesakes.get(bare).filter(|row| row.state == stated.state);
        match row.map(|row| (self.is_other(scene, mention, row), row.other)) {
            Some((true, Some(other))) => Meaning::Other(other),
            Some((true, None)) => Meaning::Namesake,
            Some((false, _)) | None => Meaning::Usual,
        }
    }

    /// True if the words of the mention's sentence, or else those of the document, speak for the other bearer.
    fn is_other(&mut self, scene: &Context<'d>, mention: usize, row: &Row) -> bool {
        let near =
            |of: &FxHashSet<&str>| scene.sentence_words(mention).filter(|word| of.contains(word)).count();
        let (other, state) = (near(&row.for_other), near(&row.for_state));
        if other != state {
            return other > state;
        }
        let words = self.words.get_or_insert_with(|| scene.words().collect());
        let all = |of: &FxHashSet<&str>| of.iter().filter(|word| words.contains(**word)).count();
        all(&row.for_other) > all(&row.for_state)
    }
}

/// The state that a short name such as `the North` stands for where `named` states are.
pub(crate) fn short_name(surface: &str, named: &FxHashSet<u16>) -> Option<u16> {
    let (state, with, without) = tables().short.get(bare(surface))?;
    let fits =
        with.iter().any(|state| named.contains(state)) && !without.iter().any(|state| named.contains(state));
    fits.then_some(*state)
}

fn bare(surface: &str) -> &str {
    ["the ", "The "].iter().find_map(|article| surface.strip_prefix(article)).unwrap_or(surface)
}

/// True if the surface is a short name that may be a state's.
pub(crate) fn may_be_short(surface: &str) -> bool {
    tables().short.contains_key(bare(surface))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::words;

    #[test]
    fn every_line_of_the_tables_is_read() {
        for [name, state, other] in NAMESAKES.shipped().fields() {
            assert!(index(state).is_some() && (other == "-" || index(other).is_some()), "{name}");
            let stated = States::shipped().by_words(&words(name).join(" "));
            assert_eq!(stated.map(|stated| stated.state), index(state), "{name}");
        }
        for [name, state, with, without] in SHORT_NAMES.shipped().fields() {
            let codes = [state].into_iter().chain(with.split('|')).chain(without.split('|'));
            assert!(codes.into_iter().all(|code| index(code).is_some()), "{name}");
        }
        for [name, _, state] in REGIONS.shipped().fields() {
            assert!(index(state).is_some(), "{name}");
        }
    }
}
