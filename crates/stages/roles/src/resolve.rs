//! The organization or state of a role where none stands beside it, and where what stands there is none.

use docmill_core::Span;
use docmill_core::layers::{OrganizationSource, Role, RoleStatus};
use rustc_hash::FxHashMap;

use crate::bodies::{Bodies, has_body};
use crate::extract::Found;
use crate::items::Kind;
use crate::scene::Scene;
use crate::states::{States, only_state, state};

/// What a document says of states, bodies and persons.
pub(crate) struct Resolver<'s, 'd> {
    scene: &'s Scene<'d>,
    states: States<'d>,
    bodies: Bodies,
    /// The states of persons, as far as they stand beside an office of theirs.
    of_person: FxHashMap<u32, &'d str>,
    /// Other organizations of persons, with the role that says so and how it is held.
    organizations: FxHashMap<u32, (u32, Span, RoleStatus)>,
}

impl<'s, 'd> Resolver<'s, 'd> {
    pub fn new(scene: &'s Scene<'d>) -> Self {
        let is_place = |i: usize| scene.clusters.items[i].label.starts_with("LOC");
        Self {
            scene,
            states: States::new(scene.text, scene.clusters, scene.entities),
            bodies: Bodies::new(scene.clusters, is_place),
            of_person: FxHashMap::default(),
            organizations: FxHashMap::default(),
        }
    }

    /// Takes in what stands beside a role.
    pub fn learn(&mut self, found: &Found) {
        let role = &found.role;
        let Some(organization) = role.organization else { return };
        let person = self.scene.cluster_of(role.person);
        let Some(state) = self.scene.cluster(organization).and_then(|cluster| cluster.country.as_deref())
        else {
            if let Some(person) = person {
                self.organizations.entry(person).or_insert((organization, role.role, role.status));
            }
            return;
        };
        if found.profession {
            return;
        }
        if found.of_state {
            self.states.learn(state, &self.scene.words(role));
        }
        if let Some(person) = person {
            self.of_person.entry(person).or_insert(state);
        }
    }

    /// Says whose a role is. True if nothing that stands beside it does.
    pub fn complete(&self, found: &mut Found) -> bool {
        let under = self.drop_what_is_none(found);
        let Found { role, of_state, profession } = found;
        let guessed = role.source.is_none();
        let office = self.scene.words(role);
        let noun = office.rsplit([' ', '-']).next().unwrap_or_default();
        let body = match role.words {
            // `party` is the one that the text names.
            Some(words) => {
                let last = words.slice(self.scene.text).and_then(|words| words.rsplit(' ').next());
                last.and_then(|word| self.bodies.of_word(&word.to_lowercase(), role.person))
            }
            None if guessed => self.bodies.of_office(noun, role.person),
            None => None,
        };
        if let Some(body) = body {
            role.organization = Some(body);
            role.source = Some(OrganizationSource::Document);
        }
        if role.source.is_none() && *of_state {
            self.complete_office(role, &office, under);
        }
        if role.source.is_none() && !*profession {
            self.complete_by_person(role, noun);
        }
        guessed
    }

    /// Takes away an owner that is no organization of the role. A person who is one, by the cluster: `Weiss's prime
    /// minister` is one of the state of Weiss.
    fn drop_what_is_none(&self, found: &mut Found) -> Option<u32> {
        let Found { role, of_state, profession } = found;
        let owner = role.organization;
        let is = |kind: Kind| owner.is_some_and(|owner| self.scene.kind(owner as usize) == kind);
        // A nationality is no organization; `Chief Cabinet Secretary` is none of a cabinet.
        let is_nation = *profession && is(Kind::State);
        let is_person = *of_state && !*profession && is(Kind::Person);
        let is_known = role.words.is_some() && only_state(&self.scene.words(role)).is_some();
        if is_nation || is_person || is_known {
            let nation = owner.filter(|_| is_nation).and_then(|owner| self.scene.cluster(owner));
            role.state = nation.and_then(|cluster| state(cluster.country.as_deref()?));
            (role.organization, role.words, role.source) = (None, None, None);
        }
        owner.filter(|_| is_person).and_then(|owner| self.scene.cluster_of(owner))
    }

    /// The state of an office: of the person, of `under`, of the office, of the text.
    fn complete_office(&self, role: &mut Role, office: &str, under: Option<u32>) {
        let of = |person: u32| self.of_person.get(&person).copied().or_else(|| self.listed(person));
        let of_person = self.scene.cluster_of(role.person).and_then(of).or_else(|| of(under?));
        let found = of_person.map(|state| (state, OrganizationSource::Person));
        let found = found.or_else(|| Some((only_state(office)?, OrganizationSource::Office)));
        let of_document = || self.states.of_office(office, role.person, role.sentence);
        let found = found.or_else(|| Some((of_document()?, OrganizationSource::Document)));
        if let Some((code, source)) = found {
            self.set(role, code, source);
        }
    }

    /// The organization of another role of the person, or the state that the person is known to lead.
    fn complete_by_person(&self, role: &mut Role, noun: &str) {
        let Some(person) = self.scene.cluster_of(role.person) else { return };
        // A former mayor was none of the union whose director he is.
        let known = self.organizations.get(&person).filter(|(_, said_by, status)| {
            *said_by != role.role && *status == role.status && !has_body(noun)
        });
        if let Some((organization, ..)) = known {
            role.organization = Some(*organization);
            role.source = Some(OrganizationSource::Person);
        } else if let Some(code) = self.listed(person) {
            self.set(role, code, OrganizationSource::Person);
        }
    }

    fn listed(&self, person: u32) -> Option<&'d str> {
        Some(&self.scene.clusters.items.get(person as usize)?.belongs.as_ref()?.country)
    }

    fn set(&self, role: &mut Role, code: &str, source: OrganizationSource) {
        role.organization = self.states.nearest(code, role.person);
        role.state = state(code);
        role.source = Some(source);
    }
}
