//! The running stage.

use std::collections::hash_map::Entry;

use docmill_core::layers::{
    Citations, Clusters, Entities, OrganizationSource, Role, RoleStatus, Roles, Syntax, Tokens,
};
use docmill_core::{Document, Span, Stage, StageError};
use rustc_hash::FxHashMap;

use crate::bodies::{Bodies, has_body};
use crate::extract::{Found, roles};
use crate::items::{Kind, items};
use crate::offices::Offices;
use crate::states::{States, only_state, state};

/// Adds roles to documents with entities.
pub(crate) struct RolesStage {
    pub offices: Offices,
}

impl Stage for RolesStage {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let entities = doc.require::<Entities>()?;
        let tokens = doc.require::<Tokens>()?;
        let clusters = doc.require::<Clusters>()?;
        let citations = doc.layers().get::<Citations>();
        let of = clusters.of_entities(entities.items.len());
        let cluster = |i: usize| clusters.items.get(of.get(i).copied().flatten()? as usize);
        let person = |role: &Role| of.get(role.person as usize).copied().flatten();
        let kind = |i: usize| {
            let label = cluster(i).map_or(&entities.items[i].label, |cluster| &cluster.label);
            let is = |sort: &str| label.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(sort));
            let cited = || citations.is_some_and(|c| c.index_around(entities.items[i].span).is_some());
            if is("per") {
                if cited() { Kind::Other } else { Kind::Person }
            } else if is("loc") || cluster(i).is_some_and(|cluster| cluster.country.is_some()) {
                Kind::State
            } else {
                Kind::Other
            }
        };
        let syntax = doc.layers().get::<Syntax>();
        let mut states = States::new(doc.text(), clusters, entities);
        // The states of persons, as far as they stand beside an office of theirs.
        let mut known: FxHashMap<u32, &str> = FxHashMap::default();
        // Other organizations of persons, with the role that says so.
        let mut organizations: FxHashMap<u32, (u32, Span, RoleStatus)> = FxHashMap::default();
        let is_place = |i: usize| clusters.items[i].label.starts_with("LOC");
        let bodies = Bodies::new(clusters, is_place);
        let mut all: Vec<Found> = Vec::new();
        for sentence in 0..tokens.sentences() {
            let items = items(doc.text(), tokens, syntax, sentence, entities, &kind, &self.offices);
            if !items.iter().any(|item| item.person) {
                continue;
            }
            for found in roles(&items, sentence as u32) {
                let state = found.role.organization.and_then(|of| cluster(of as usize)?.country.as_deref());
                if let (Some(state), false) = (state, found.profession) {
                    if found.of_state {
                        states.learn(state, &words(doc.text(), &found.role));
                    }
                    if let Some(person) = person(&found.role) {
                        known.entry(person).or_insert(state);
                    }
                }
                if let (Some(organization), Some(person), None) =
                    (found.role.organization, person(&found.role), state)
                {
                    organizations.entry(person).or_insert((organization, found.role.role, found.role.status));
                }
                all.push(found);
            }
        }
        let mut told = Told::default();
        for Found { mut role, of_state, profession } in all {
            let person = person(&role);
            let owner = role.organization.filter(|_| of_state && !profession);
            // `Weiss's prime minister` is one of the state of Weiss.
            let under = owner.filter(|&owner| kind(owner as usize) == Kind::Person);
            let under = under.and_then(|owner| of.get(owner as usize).copied().flatten());
            // A nationality is no organization; `Chief Cabinet Secretary` is none of a cabinet.
            let is_nation =
                profession && role.organization.is_some_and(|of| kind(of as usize) == Kind::State);
            let is_known = role.words.is_some() && only_state(&words(doc.text(), &role)).is_some();
            if under.is_some() || is_nation || is_known {
                let nation = role.organization.filter(|_| is_nation);
                let nation = nation.and_then(|of| cluster(of as usize)?.country.as_deref());
                role.state = nation.and_then(state);
                (role.organization, role.words, role.source) = (None, None, None);
            }
            let guessed = role.source.is_none();
            if let Some(words) = role.words {
                let last = words.slice(doc.text()).and_then(|words| words.rsplit(' ').next());
                let body = last.and_then(|word| bodies.of_word(&word.to_lowercase(), role.person));
                if let Some(body) = body {
                    role.organization = Some(body);
                    role.source = Some(OrganizationSource::Document);
                }
            }
            let noun = words(doc.text(), &role);
            let noun = noun.rsplit([' ', '-']).next().unwrap_or_default();
            let body = if guessed { bodies.of_office(noun, role.person) } else { None };
            if let Some(body) = body {
                role.organization = Some(body);
                role.source = Some(OrganizationSource::Document);
            }
            if role.source.is_none() && of_state {
                let office = words(doc.text(), &role);
                let of_person = || {
                    let of = |person: u32| {
                        let listed =
                            || Some(&*clusters.items.get(person as usize)?.belongs.as_ref()?.country);
                        known.get(&person).copied().or_else(listed)
                    };
                    person.and_then(of).or_else(|| of(under?))
                };
                let of_document = || states.of_office(&office, role.person, role.sentence);
                let found = of_person().map(|state| (state, OrganizationSource::Person));
                let found = found.or_else(|| Some((only_state(&office)?, OrganizationSource::Office)));
                let found = found.or_else(|| Some((of_document()?, OrganizationSource::Document)));
                if let Some((code, source)) = found {
                    role.organization = states.nearest(code, role.person);
                    role.state = state(code);
                    role.source = Some(source);
                }
            }
            if role.source.is_none() && !profession {
                let known = person.and_then(|person| organizations.get(&person));
                let listed = person.and_then(|person| clusters.items[person as usize].belongs.as_ref());
                // A former mayor was none of the union whose director he is.
                let known = known.filter(|(_, said_by, status)| {
                    *said_by != role.role && *status == role.status && !has_body(noun)
                });
                if let Some((organization, ..)) = known {
                    role.organization = Some(*organization);
                    role.source = Some(OrganizationSource::Person);
                } else if let Some(belongs) = listed {
                    role.organization = states.nearest(&belongs.country, role.person);
                    role.state = state(&belongs.country);
                    role.source = Some(OrganizationSource::Person);
                }
            }
            told.add(doc.text(), person, role, guessed);
        }
        let roles = Roles { items: told.items };
        doc.layers_mut().insert(roles);
        Ok(())
    }
}

/// The words of a role in lower case.
fn words(text: &str, role: &Role) -> String {
    role.role.slice(text).unwrap_or_default().to_lowercase()
}

/// The roles so far, each once for a person.
#[derive(Default)]
struct Told {
    items: Vec<Role>,
    known: FxHashMap<(Option<u32>, u32, String), (usize, bool)>,
}

impl Told {
    /// Adds a role of a person, by the person's cluster; one that is known already replaces it if
    /// the organization stands beside it only now. `guessed`: the organization does not stand beside the role.
    fn add(&mut self, text: &str, cluster: Option<u32>, role: Role, guessed: bool) {
        let words = words(text, &role);
        let alone = if cluster.is_some() { 0 } else { role.person };
        match self.known.entry((cluster, alone, words)) {
            Entry::Occupied(mut known) => {
                let (at, open) = *known.get();
                if open && !guessed && role.source.is_some() {
                    self.items[at] = role;
                    known.insert((at, false));
                }
            }
            Entry::Vacant(free) => {
                free.insert((self.items.len(), guessed || role.source.is_none()));
                self.items.push(role);
            }
        }
    }
}
