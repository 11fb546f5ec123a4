//! A capital's name: the town, or the government in it.
//!
//! News names a government by its capital far oftener than grammar tells, so the government is what is left when
//! nothing speaks for the town: a preposition of place, a verb of motion, a dateline, a thing that only towns have. The
//! words that speak for one are in the list `town_cues`.

use std::sync::LazyLock;

use docmill_lexicon::lists::{NAME_WORDS, TOWN_CUES};
use docmill_lexicon::word_classes;
use rustc_hash::FxHashSet;

use crate::context::{Around, is_possessive};
use crate::states::States;

/// What speaks for one reading of a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A town on the map.
    Town,
    /// A government.
    Government,
    /// Nothing speaks for either.
    Open,
}

/// What a word of the list `town_cues` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Cue {
    Between,
    Side,
    Trust,
    Line,
    Going,
    Motion,
    Leaving,
    Ground,
    Taking,
    Town,
    Context,
    Power,
    Place,
    Goal,
    Party,
    Hyphen,
}

impl Cue {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "between" => Self::Between,
            "side" => Self::Side,
            "trust" => Self::Trust,
            "line" => Self::Line,
            "going" => Self::Going,
            "motion" => Self::Motion,
            "leaving" => Self::Leaving,
            "ground" => Self::Ground,
            "taking" => Self::Taking,
            "town" => Self::Town,
            "scene" => Self::Context,
            "power" => Self::Power,
            "place" => Self::Place,
            "goal" => Self::Goal,
            "party" => Self::Party,
            "hyphen" => Self::Hyphen,
            _ => return None,
        })
    }

    /// True if `word`, in lower case, is listed under this cue.
    fn has(self, word: &str) -> bool {
        static CUES: LazyLock<FxHashSet<(&str, Cue)>> = LazyLock::new(|| {
            TOWN_CUES.shipped().fields().filter_map(|[word, cue]| Some((word, Cue::parse(cue)?))).collect()
        });
        CUES.contains(&(word, self))
    }
}

/// How the words around read a mention. `shout`: the mention is all in capitals. `conjunct`: how the mention just before
/// reads, if a comma or `and` joins the two.
pub(crate) fn read(around: &Around<'_>, shout: bool, conjunct: Reading) -> Reading {
    if is_dateline(around, shout) {
        return Reading::Town;
    }
    let after = around.after(0).to_lowercase();
    if is_possessive(&after) {
        let thing = |n: usize| Cue::Town.has(&around.after(n).to_lowercase());
        let side = Cue::Side.has(&around.before(0).to_lowercase());
        return if side || thing(1) || thing(2) { Reading::Town } else { Reading::Government };
    }
    if Cue::Town.has(&after)
        || Cue::Context.has(&after)
        || (after == "," && is_gloss(around))
        || is_apposition(around)
    {
        return Reading::Town;
    }
    if Cue::Power.has(&after) {
        return Reading::Government;
    }
    by_words_before(around).or(conjunct)
}

impl Reading {
    fn or(self, other: Self) -> Self {
        if self == Self::Open { other } else { self }
    }
}

/// `MOSCOW, May 3 —`, `Moscow (Interfax) —`, `MOSCOW -`, `MOSCOW: Reporting`, `Beijing, 19 Mar (XINHUA)`.
fn is_dateline(around: &Around<'_>, shout: bool) -> bool {
    let dated = || {
        let month = |n: usize| MONTHS.iter().any(|month| around.after(n).starts_with(month));
        month(1) || (month(2) && around.after(1).starts_with(|c: char| c.is_ascii_digit()))
    };
    let opens = around.opens_paragraph || matches!(around.before(0), "]" | "/");
    // A line of key words may stand before it.
    (shout && matches!(around.after(0), "—" | "–" | "--"))
        || (opens
            && match around.after(0) {
                "—" | "–" | "-" | "--" | "/" => true,
                "(" | ":" => shout,
                "," => shout || dated(),
                _ => false,
            })
}

/// `Moscow, Russia`; `Colombo, Sri Lanka`; `Dushanbe, the Tajik capital`.
fn is_gloss(around: &Around<'_>) -> bool {
    let next = around.after(1);
    let ends =
        |n: usize| matches!(around.after(n), "," | "." | ")" | "" | "–" | "—" | "-" | "--" | "(" | ";");
    let state = |len: usize| {
        let words: Vec<String> = (1..=len).map(|n| around.after(n).to_lowercase()).collect();
        ends(len + 1) && States::shipped().modifier(&words.join(" "), None).is_some()
    };
    (next.starts_with(char::is_uppercase) && (1..4).any(state))
        || (matches!(next, "the" | "a") && (2..5).any(|n| matches!(around.after(n), "capital" | "city")))
}

/// `the capital, Manila`; `in the Federal Capital Territory (FCT), Abuja`.
fn is_apposition(around: &Around<'_>) -> bool {
    let near = || (1..6).any(|n| around.before(n).eq_ignore_ascii_case("capital"));
    matches!(around.before(0), "," | "(" | "-") && near()
}

/// True for what a hyphen joins to the name of a town: `Moscow-based`.
pub(crate) fn is_of_town(tail: &str) -> bool {
    Cue::Hyphen.has(tail)
}

fn by_words_before(around: &Around<'_>) -> Reading {
    if matches!(around.before(0), "-" | "‑") && matches!(around.before(1), "pro" | "anti" | "Pro" | "Anti")
    {
        return Reading::Government;
    }
    // Words that may stand between a preposition and a town.
    let between = |n: &usize| Cue::Between.has(&around.before(*n).to_lowercase());
    let skipped = (0..3).take_while(between).count();
    let word = |n: usize| around.before(skipped + n).to_lowercase();
    let town = |is_town: bool| if is_town { Reading::Town } else { Reading::Government };
    let near = |cue: Cue| (1..6).any(|n| cue.has(&word(n)));
    // `from Kismayo to Nairobi`
    let near_from = (2..4).any(|n| word(n) == "from");
    match &*word(0) {
        side if Cue::Side.has(side) => Reading::Town,
        "in" => town(!Cue::Trust.has(&word(1))),
        place if Cue::Place.has(place) => Reading::Town,
        "from" => town(near(Cue::Leaving)),
        goal if Cue::Goal.has(goal) => town(near(Cue::Motion) || near_from),
        "of" => town([Cue::Town, Cue::Context, Cue::Side].iter().any(|cue| cue.has(&word(1)))),
        "between" => town(Cue::Line.has(&word(1))),
        "on" => town((1..4).any(|n| Cue::Ground.has(&word(n)))),
        "over" if Cue::Taking.has(&word(1)) => Reading::Town,
        party if Cue::Party.has(party) => Reading::Government,
        verb if Cue::Going.has(verb) => Reading::Town,
        _ if (0..skipped).any(|n| around.before(n).eq_ignore_ascii_case("both")) => Reading::Government,
        _ => Reading::Open,
    }
}

word_classes! { NAME_WORDS:
    /// How the names of months begin.
    static MONTHS = "month";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_cues_is_read() {
        for [word, cue] in TOWN_CUES.shipped().fields() {
            assert!(Cue::parse(cue).is_some_and(|cue| cue.has(word)), "{word} {cue}");
        }
        assert!(!Cue::Town.has("government"));
    }
}
