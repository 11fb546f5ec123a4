//! What a whole document tells about single words: whether they name a person.

use docmill_lexicon::lists::NAME_WORDS;
use docmill_lexicon::word_classes;
use rustc_hash::FxHashSet;

use crate::context::Context;
use crate::fold::{acronym, words};
use crate::person::{PersonName, title_of};

/// The names of persons in a document.
pub(crate) struct Evidence {
    spellings: bool,
    /// What each mention labelled as a person reads as.
    names: Vec<Option<PersonName>>,
    /// Surnames and other words of persons' names of two words and more.
    surnames: FxHashSet<String>,
    others: FxHashSet<String>,
    /// Single words that are mentions of something else than a person.
    things: FxHashSet<String>,
}

impl Evidence {
    pub fn new(scene: &Context<'_>, spellings: bool) -> Self {
        let mut facts = Self {
            spellings,
            names: Vec::with_capacity(scene.entities.len()),
            surnames: FxHashSet::default(),
            others: FxHashSet::default(),
            things: FxHashSet::default(),
        };
        for (i, entity) in scene.entities.iter().enumerate() {
            let surface = scene.surface(i);
            if !is_person(&entity.label) {
                if is_word(surface) {
                    facts.things.insert(words(surface).join(" "));
                }
                facts.names.push(None);
                continue;
            }
            let name = PersonName::read(surface, spellings);
            if let Some(name) = name.as_ref().filter(|name| name.words.len() > 1) {
                facts.surnames.insert(name.surname().to_owned());
                facts.others.extend(name.others.iter().cloned());
            }
            facts.names.push(name);
        }
        facts
    }

    /// True if a mention is of a person though a state or a town has its name.
    pub fn is_person_after_all(&self, scene: &Context<'_>, mention: usize) -> bool {
        let Some(name) = &self.names[mention] else { return false };
        name.title.is_some()
            || title_before(scene, mention).is_some()
            || self.surnames.contains(name.surname())
            || self.others.contains(name.surname())
            || (GIVEN.contains(name.surname()) && !self.things.contains(name.surname()))
    }

    /// The name of a person, if the mention is one, with the title in or before it: by its label, unless the same word is
    /// labelled otherwise too and no full name has it; or as the surname of somebody named in full.
    pub fn person(&self, scene: &Context<'_>, mention: usize) -> Option<(PersonName, Option<&'static str>)> {
        let surface = scene.surface(mention);
        let name = match &self.names[mention] {
            Some(name) => {
                let twin = || is_word(surface) && self.things.contains(&words(surface).join(" "));
                let known = || self.surnames.contains(name.surname()) || self.others.contains(name.surname());
                let titled = || name.title.is_some() || title_before(scene, mention).is_some();
                (name.words.len() > 1 || known() || titled() || !twin()).then(|| name.clone())
            }
            None if self.surnames.is_empty() || !is_word(surface) || acronym(surface).is_some() => None,
            None => {
                let place = || IN.contains(scene.around(mention).before(0));
                let name = PersonName::read(surface, self.spellings);
                name.filter(|name| {
                    self.surnames.contains(name.surname()) && !scene.cited(mention) && !place()
                })
            }
        }?;
        let title = name.title.or_else(|| title_before(scene, mention));
        Some((name, title))
    }
}

/// True for the labels that models give to persons.
pub(crate) fn is_person(label: &str) -> bool {
    label.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("per"))
}

fn is_word(surface: &str) -> bool {
    !surface.contains(char::is_whitespace)
}

/// The title right before a mention: `President`, `Gen.`, `Prime Minister`.
fn title_before(scene: &Context<'_>, mention: usize) -> Option<&'static str> {
    let around = scene.around(mention);
    let stop = usize::from(around.before(0) == ".");
    title_of(around.before(stop))
}

word_classes! { NAME_WORDS:
    /// Given names that towns and states share.
    static GIVEN = "given";
    /// Words before the name of a place, not of a person.
    static IN = "in";
}
