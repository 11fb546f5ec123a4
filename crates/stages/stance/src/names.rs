//! Which mentions name one thing, and what kind of thing.

use docmill_core::Document;
use docmill_core::layers::{Clusters, Entities, Entity};

use crate::vocabulary;

/// What a pronoun or a definite noun can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Person,
    Organization,
    State,
}

/// The names of the entity mentions, and their clusters if the document has some.
pub(crate) struct Names<'d> {
    entities: &'d [Entity],
    texts: Vec<&'d str>,
    clusters: Option<(&'d Clusters, Vec<Option<u32>>)>,
}

impl<'d> Names<'d> {
    pub fn new(doc: &'d Document, entities: &'d Entities) -> Self {
        let clusters = doc.layers().get::<Clusters>();
        Self {
            entities: &entities.items,
            texts: entities.items.iter().map(|e| e.span.slice(doc.text()).unwrap_or_default()).collect(),
            clusters: clusters.map(|clusters| (clusters, clusters.of_entities(entities.items.len()))),
        }
    }

    /// Whether two mentions are one: by their clusters, else by their names; a longer name ends with the shorter.
    pub fn same(&self, i: usize, j: usize) -> bool {
        let (Some(a), Some(b)) = (self.texts.get(i), self.texts.get(j)) else { return false };
        let person = |i: usize| self.entities.get(i).is_some_and(|e| &*e.label == "PER");
        let shorter = person(i) && person(j) && (a.ends_with(b) || b.ends_with(a));
        i == j || a == b || shorter || self.cluster(i).is_some_and(|c| self.cluster(j) == Some(c))
    }

    /// Whether a mention is of a kind. A place is a state if its cluster is one, or if nothing is known of clusters.
    pub fn is(&self, i: usize, kind: Kind) -> bool {
        let Some(entity) = self.entities.get(i) else { return false };
        match kind {
            Kind::Person => &*entity.label == "PER",
            Kind::Organization => {
                let first = self.texts.get(i).and_then(|name| name.split([' ', '-', '’', '\'']).next());
                &*entity.label == "ORG" || first.is_some_and(vocabulary::is_organization)
            }
            Kind::State => match &self.clusters {
                Some((clusters, _)) => {
                    let cluster = self.cluster(i).and_then(|c| clusters.items.get(c as usize));
                    cluster.is_some_and(|cluster| cluster.country.is_some())
                }
                None => &*entity.label == "LOC",
            },
        }
    }

    fn cluster(&self, i: usize) -> Option<u32> {
        self.clusters.as_ref()?.1.get(i).copied()?
    }
}
