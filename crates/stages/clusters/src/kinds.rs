//! What sort of name each mention is: of a state, a town of government, a person, or something else.

use docmill_core::layers::MentionForm;
use docmill_lexicon::lists::NAME_WORDS;
use docmill_lexicon::word_classes;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::acronyms::{Definitions, definitions};
use crate::context::Context;
use crate::evidence::{Evidence, is_person};
use crate::fold::{acronym, words};
use crate::metonymy::{Reading, is_of_town, read};
use crate::namesakes::{Meaning, Namesakes, may_be_short, short_name};
use crate::organizations::{Organizations, key};
use crate::person::PersonName;
use crate::settings::NamesSettings;
use crate::states::{Stated, States};

/// What sort of name a mention is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// Of a state, or of its government.
    State(u16, MentionForm),
    /// A capital or a seat as a place, by its number, with its usual spelling.
    Town(u16, &'static str),
    /// A town for the organization that sits in it, by the organization's name: `Brussels`.
    Body(&'static str),
    /// Of a person, with the title in or before the mention.
    Person(PersonName, Option<&'static str>),
    /// Of anything else.
    OrgName,
}

/// All mentions of a document by sort, with the abbreviations that it explains.
pub(crate) fn kinds(
    scene: &Context<'_>,
    settings: &NamesSettings,
    organizations: &Organizations,
) -> (Vec<Kind>, Definitions) {
    let facts = Evidence::new(scene, settings.spellings);
    let definitions = definitions(scene, |i| is_person(&scene.entities[i].label));
    let mut table: FxHashMap<&str, Option<Stated>> = FxHashMap::default();
    let mut kinds = Vec::with_capacity(scene.entities.len());
    let mut namesakes = Namesakes::default();
    let mut before = Reading::Open;
    for i in 0..scene.entities.len() {
        let cited = scene.cited(i);
        let surface = scene.surface(i);
        let stated = *table.entry(surface).or_insert_with(|| stated(surface, &definitions));
        let stated = stated.filter(|_| !facts.is_person_after_all(scene, i));
        let stated = match stated.map(|stated| namesakes.meaning(scene, i, stated)) {
            Some(Meaning::Other(state)) => stated.map(|stated| Stated { state, ..stated }),
            Some(Meaning::Namesake) => None,
            Some(Meaning::Usual) | None => stated,
        };
        // Asked for capitals only, and for what may be joined to one by `and`.
        let asked = stated.is_some_and(|stated| stated.town > 0) || joins(scene.gap(i));
        let reading = if asked { place_or_government(scene, i, before) } else { Reading::Open };
        kinds.push(match stated {
            // A newspaper may be called after a state; a town in a citation is where the news comes from.
            Some(stated) if cited && stated.town == 0 => Kind::OrgName,
            Some(stated) if stated.town > 0 => {
                let town = cited || !settings.governments || reading == Reading::Town;
                if town {
                    Kind::Town(stated.town, stated.name)
                } else {
                    stated.body.map_or(Kind::State(stated.state, stated.form), Kind::Body)
                }
            }
            Some(stated) if stated.form == MentionForm::Demonym && is_language(scene, i) => Kind::OrgName,
            Some(stated) => Kind::State(stated.state, stated.form),
            // Models take `Daesh` for a person at times.
            None if is_known(surface, organizations) => Kind::OrgName,
            None => facts.person(scene, i).map_or(Kind::OrgName, |(name, title)| Kind::Person(name, title)),
        });
        before = reading;
    }
    short_names(scene, &mut kinds);
    (kinds, definitions)
}

/// True for a name of an organization by the table.
fn is_known(surface: &str, organizations: &Organizations) -> bool {
    organizations.by_name(&key(surface)).is_some()
}

/// `the North` where the text names North Korea.
fn short_names(scene: &Context<'_>, kinds: &mut [Kind]) {
    let open = |kind: &Kind| *kind == Kind::OrgName;
    let short: Vec<usize> =
        (0..kinds.len()).filter(|&i| open(&kinds[i]) && may_be_short(scene.surface(i))).collect();
    if short.is_empty() {
        return;
    }
    let state = |kind: &Kind| if let Kind::State(state, _) = kind { Some(*state) } else { None };
    let named: FxHashSet<u16> = kinds.iter().filter_map(state).collect();
    for i in short {
        if let Some(state) = short_name(scene.surface(i), &named) {
            kinds[i] = Kind::State(state, MentionForm::Short);
        }
    }
}

/// The state that a mention names by the table, unless the document explains the abbreviation otherwise. What hangs on
/// it by a hyphen is no part of the name: `U.S.-led`.
fn stated(surface: &str, definitions: &Definitions) -> Option<Stated> {
    let name = match surface.rsplit_once('-') {
        Some((name, tail)) if tail.chars().all(char::is_lowercase) => name,
        _ => surface,
    };
    let name =
        ["pro-", "anti-", "Pro-", "Anti-"].iter().find_map(|side| name.strip_prefix(side)).unwrap_or(name);
    if let Some(short) = acronym(name)
        && let Some(stated) = States::shipped().by_acronym(&short)
    {
        return (!definitions.contains_key(&short)).then_some(stated);
    }
    States::shipped().by_words(&words(name).join(" "))
}

/// Whether the words around speak for a place, for any mention: the next one may be joined to it.
fn place_or_government(scene: &Context<'_>, mention: usize, before: Reading) -> Reading {
    let surface = scene.surface(mention);
    match surface.rsplit_once('-').map(|(_, tail)| tail) {
        Some(tail) if is_of_town(tail) => return Reading::Town,
        Some(tail) if tail.starts_with(char::is_lowercase) => return Reading::Government,
        _ => {}
    }
    let around = scene.around(mention);
    let joined = joins(mention.checked_sub(1).and_then(|before| scene.gap(before)));
    let shout = surface.chars().any(char::is_uppercase) && !surface.chars().any(char::is_lowercase);
    read(&around, shout, if joined { before } else { Reading::Open })
}

word_classes! { NAME_WORDS:
    /// Words between two names that are read alike.
    static PLACE_JOINTS = "place-joint";
    /// Words before the name of a language.
    static LANGUAGE = "language";
}

/// True if two mentions with `gap` between them are read alike.
fn joins(gap: Option<&str>) -> bool {
    gap.is_some_and(|gap| PLACE_JOINTS.contains(gap.trim()))
}

/// `in Russian` and no noun after it.
fn is_language(scene: &Context<'_>, mention: usize) -> bool {
    let around = scene.around(mention);
    let spoken = LANGUAGE.contains(around.before(0));
    spoken && !around.after(0).starts_with(char::is_alphabetic)
}
