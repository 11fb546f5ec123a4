//! The running stage.

use std::cmp::Ordering;
use std::collections::hash_map::Entry;

use docmill_core::layers::{Citations, Cluster, Clusters, Entities, Role, Roles, Tokens};
use docmill_core::{Document, Stage, StageError};
use rustc_hash::FxHashMap;

use crate::extract::roles;
use crate::items::{Kind, items};
use crate::offices::Offices;

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
        let main = main_state(clusters);
        // The states of persons, as far as they stand beside an office of theirs.
        let mut states: FxHashMap<u32, u32> = FxHashMap::default();
        let mut found = Found::default();
        for sentence in 0..tokens.sentences() {
            let items = items(doc.text(), tokens, sentence, entities, &kind, &self.offices);
            if !items.iter().any(|item| item.person) {
                continue;
            }
            for (mut role, of_state) in roles(&items, sentence as u32) {
                let person = of.get(role.person as usize).copied().flatten();
                if of_state {
                    let known = person.and_then(|person| states.get(&person)).copied();
                    let state = || main.or_else(|| most_named_before(clusters, role.person));
                    role.organization =
                        known.or_else(|| state().and_then(|state| nearest(state, role.person)));
                } else if let (Some(person), Some(state)) = (person, role.organization)
                    && cluster(state as usize).is_some_and(|cluster| cluster.country.is_some())
                {
                    states.entry(person).or_insert(state);
                }
                found.add(doc.text(), person, role, of_state);
            }
        }
        let roles = Roles { items: found.items };
        doc.layers_mut().insert(roles);
        Ok(())
    }
}

/// The state that a document is about: the one named most, if no other is named half as often.
fn main_state(clusters: &Clusters) -> Option<&Cluster> {
    let states = || clusters.items.iter().filter(|cluster| cluster.country.is_some());
    let most = states().reduce(|a, b| if b.mentions.len() > a.mentions.len() { b } else { a })?;
    let rival =
        states().any(|other| !std::ptr::eq(other, most) && 2 * other.mentions.len() > most.mentions.len());
    (!rival).then_some(most)
}

/// The state named most before a mention; none if two are named as often. Among a bounded number, so that the time is
/// linear.
fn most_named_before(clusters: &Clusters, mention: u32) -> Option<&Cluster> {
    let states = clusters.items.iter().filter(|cluster| cluster.country.is_some()).take(MOST_STATES);
    let so_far = |state: &Cluster| state.mentions.partition_point(|this| this.entity < mention);
    let mut most: (usize, Option<&Cluster>) = (0, None);
    for state in states {
        let count = so_far(state);
        match count.cmp(&most.0) {
            Ordering::Greater => most = (count, Some(state)),
            Ordering::Equal => most.1 = None,
            Ordering::Less => {}
        }
    }
    most.1
}

/// States among which the one of an office is looked for.
const MOST_STATES: usize = 64;

/// The last mention of a cluster before another mention, or else its first.
fn nearest(cluster: &Cluster, mention: u32) -> Option<u32> {
    let before = cluster.mentions.partition_point(|this| this.entity < mention);
    cluster.mentions.get(before.saturating_sub(1)).map(|this| this.entity)
}

/// The roles so far, each once for a person.
#[derive(Default)]
struct Found {
    items: Vec<Role>,
    known: FxHashMap<(Option<u32>, u32, String), (usize, bool)>,
}

impl Found {
    /// Adds a role of a person, by the person's cluster; one that is known already replaces it if
    /// the organization stands beside it only now. `guessed`: the organization does not stand beside the role.
    fn add(&mut self, text: &str, cluster: Option<u32>, role: Role, guessed: bool) {
        let words = role.role.slice(text).unwrap_or_default().to_lowercase();
        let alone = if cluster.is_some() { 0 } else { role.person };
        match self.known.entry((cluster, alone, words)) {
            Entry::Occupied(mut known) => {
                let (at, open) = *known.get();
                if open && !guessed && role.organization.is_some() {
                    self.items[at] = role;
                    known.insert((at, false));
                }
            }
            Entry::Vacant(free) => {
                free.insert((self.items.len(), guessed || role.organization.is_none()));
                self.items.push(role);
            }
        }
    }
}
