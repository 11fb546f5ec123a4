//! The running stage.

use std::collections::hash_map::Entry;

use docmill_core::layers::{Role, Roles, Syntax, Tokens};
use docmill_core::{Document, Stage, StageError};
use rustc_hash::FxHashMap;

use crate::extract::{Found, roles};
use crate::items::items;
use crate::offices::Offices;
use crate::resolve::Resolver;
use crate::scene::Scene;

/// Adds roles to documents with entities.
pub(crate) struct RolesStage {
    pub offices: Offices,
}

impl Stage for RolesStage {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let scene = Scene::new(doc)?;
        let tokens = doc.require::<Tokens>()?;
        let syntax = doc.layers().get::<Syntax>();
        let kind = |mention: usize| scene.kind(mention);
        let mut resolver = Resolver::new(&scene);
        let mut all: Vec<Found> = Vec::new();
        for sentence in 0..tokens.sentences() {
            let items = items(scene.text, tokens, syntax, sentence, scene.entities, &kind, &self.offices);
            if !items.iter().any(|item| item.person) {
                continue;
            }
            for found in roles(&items, sentence as u32) {
                resolver.learn(&found);
                all.push(found);
            }
        }
        let mut told = Told::default();
        for mut found in all {
            let guessed = resolver.complete(&mut found);
            let words = scene.words(&found.role);
            told.add(words, scene.cluster_of(found.role.person), found.role, guessed);
        }
        let roles = Roles { items: told.items };
        doc.layers_mut().insert(roles);
        Ok(())
    }
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
    fn add(&mut self, words: String, cluster: Option<u32>, role: Role, guessed: bool) {
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
