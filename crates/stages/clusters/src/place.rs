//! A capital's name: the town, or the government in it.
//!
//! News names a government by its capital far oftener than grammar tells, so the government is what is left when
//! nothing speaks for the town: a preposition of place, a verb of motion, a dateline, a thing that only towns have.

use crate::scene::{Around, is_possessive};
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

/// How the words around read a mention. `shout`: the mention is all in capitals. `conjunct`: how the mention just before
/// reads, if a comma or `and` joins the two.
pub(crate) fn read(around: &Around<'_>, shout: bool, conjunct: Reading) -> Reading {
    if is_dateline(around, shout) {
        return Reading::Town;
    }
    let after = around.after(0).to_lowercase();
    if is_possessive(&after) {
        let owned = around.after(1).to_lowercase();
        let town = OF_TOWNS.contains(&&*owned) || OF_TOWNS.contains(&&*around.after(2).to_lowercase());
        return if town { Reading::Town } else { Reading::Government };
    }
    if OF_TOWNS.contains(&&*after) || (after == "," && is_gloss(around)) {
        return Reading::Town;
    }
    if OF_GOVERNMENTS.contains(&&*after) {
        return Reading::Government;
    }
    match by_words_before(around) {
        Reading::Open => conjunct,
        told => told,
    }
}

/// `MOSCOW, May 3 —`, `Moscow (Interfax) —`, `MOSCOW -`.
fn is_dateline(around: &Around<'_>, shout: bool) -> bool {
    around.opens_paragraph
        && match around.after(0) {
            "—" | "–" | "-" | "--" => true,
            "(" => shout,
            "," => shout || MONTHS.iter().any(|month| around.after(1).starts_with(month)),
            _ => false,
        }
}

/// `Moscow, Russia`; `Dushanbe, the Tajik capital`.
fn is_gloss(around: &Around<'_>) -> bool {
    let next = around.after(1);
    let state = || States::shipped().modifier(&next.to_lowercase(), None).is_some();
    (next.starts_with(char::is_uppercase) && state() && matches!(around.after(2), "," | "." | ")" | ""))
        || (matches!(next, "the" | "a") && (2..5).any(|n| matches!(around.after(n), "capital" | "city")))
}

fn by_words_before(around: &Around<'_>) -> Reading {
    // Words that may stand between a preposition and a town.
    let skipped = (0..3).take_while(|&n| BETWEEN.contains(&&*around.before(n).to_lowercase())).count();
    let word = |n: usize| around.before(skipped + n).to_lowercase();
    let town = |told: bool| if told { Reading::Town } else { Reading::Government };
    let near = |list: &[&str]| (1..6).any(|n| list.contains(&&*word(n)));
    match &*word(0) {
        "in" => town(!TRUSTED.contains(&&*word(1))),
        "at" | "near" | "outside" | "inside" | "around" | "across" | "throughout" | "via" | "through"
        | "into" | "outskirts" | "downtown" | "capital" | "city" | "beyond" => Reading::Town,
        "from" => town(near(&FROM_TOWNS)),
        "to" | "for" | "toward" | "towards" => town(near(&MOTION)),
        "of" => town(OF_TOWNS.contains(&&*word(1))),
        "between" => town(LINES.contains(&&*word(1))),
        "with" | "against" | "by" | "on" | "among" | "than" | "both" | "about" | "that" => {
            Reading::Government
        }
        verb if GOING.contains(&verb) => Reading::Town,
        _ => Reading::Open,
    }
}

const BETWEEN: [&str; 8] = ["the", "central", "downtown", "nearby", "distant", "wartime", "rainy", "snowy"];
/// `confidence in Moscow`.
const TRUSTED: [&str; 8] =
    ["confidence", "trust", "faith", "interest", "disappointment", "believe", "believes", "trusts"];
/// What runs between towns.
const LINES: [&str; 12] = [
    "road", "roads", "railway", "highway", "line", "train", "trains", "flight", "flights", "pipeline",
    "distance", "route",
];
/// Verbs whose object is a place.
const GOING: [&str; 22] = [
    "visit",
    "visits",
    "visited",
    "visiting",
    "left",
    "leave",
    "leaves",
    "leaving",
    "reach",
    "reached",
    "reaching",
    "enter",
    "entered",
    "entering",
    "toured",
    "captured",
    "seized",
    "bombed",
    "shelled",
    "besieged",
    "evacuated",
    "retook",
];
/// Words before `to`, `for`, `toward` that move somebody.
const MOTION: [&str; 43] = [
    "visit",
    "visits",
    "visited",
    "trip",
    "trips",
    "travel",
    "travels",
    "travelled",
    "traveled",
    "traveling",
    "flew",
    "fly",
    "flies",
    "flying",
    "flown",
    "flight",
    "flights",
    "go",
    "goes",
    "went",
    "going",
    "return",
    "returns",
    "returned",
    "returning",
    "came",
    "come",
    "comes",
    "coming",
    "journey",
    "road",
    "route",
    "drove",
    "drive",
    "train",
    "trains",
    "moved",
    "left",
    "leaves",
    "departed",
    "bound",
    "invited",
    "arrival",
];
/// Words before `from` that leave a town or report out of it.
const FROM_TOWNS: [&str; 40] = [
    "flew",
    "fly",
    "flying",
    "flight",
    "flights",
    "return",
    "returned",
    "returning",
    "returns",
    "arrived",
    "arriving",
    "arrives",
    "travelled",
    "traveled",
    "drove",
    "departed",
    "departing",
    "fled",
    "back",
    "home",
    "reported",
    "reporting",
    "reports",
    "wrote",
    "writes",
    "writing",
    "broadcast",
    "spoke",
    "answered",
    "speaking",
    "kilometers",
    "kilometres",
    "km",
    "miles",
    "road",
    "railway",
    "train",
    "trains",
    "away",
    "expelled",
];
/// What a town has and a government has not; also before `of`.
const OF_TOWNS: [&str; 60] = [
    "airport",
    "suburb",
    "suburbs",
    "street",
    "streets",
    "underground",
    "metro",
    "subway",
    "mayor",
    "mayors",
    "city",
    "town",
    "center",
    "centre",
    "outskirts",
    "north",
    "south",
    "east",
    "west",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "residents",
    "neighborhood",
    "neighborhoods",
    "hotel",
    "hotels",
    "bureau",
    "office",
    "offices",
    "university",
    "conference",
    "summit",
    "declaration",
    "protocol",
    "airfield",
    "station",
    "district",
    "region",
    "oblast",
    "province",
    "railway",
    "ring",
    "siege",
    "fall",
    "battle",
    "bombing",
    "bazaar",
    "market",
    "time",
    "correspondent",
    "suburban",
    "restaurant",
    "prison",
    "court",
    "kilometers",
    "miles",
    "archbishop",
    "patriarch",
];
/// What a government has.
const OF_GOVERNMENTS: [&str; 12] = [
    "government",
    "regime",
    "leadership",
    "authorities",
    "officials",
    "administration",
    "elite",
    "elites",
    "diplomats",
    "policymakers",
    "cabinet",
    "policy",
];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
