//! A document as this stage looks at it.

use docmill_core::layers::{Citations, Cluster, Clusters, Entities, Role};
use docmill_core::{Document, StageError};

use crate::items::Kind;

/// The text with its names.
pub(crate) struct Scene<'d> {
    pub text: &'d str,
    pub entities: &'d Entities,
    pub clusters: &'d Clusters,
    citations: Option<&'d Citations>,
    of: Vec<Option<u32>>,
}

impl<'d> Scene<'d> {
    pub fn new(doc: &'d Document) -> Result<Self, StageError> {
        let entities = doc.require::<Entities>()?;
        let clusters = doc.require::<Clusters>()?;
        let of = clusters.of_entities(entities.items.len());
        Ok(Self { text: doc.text(), entities, clusters, citations: doc.layers().get::<Citations>(), of })
    }

    /// The index of a mention's cluster.
    pub fn cluster_of(&self, mention: u32) -> Option<u32> {
        self.of.get(mention as usize).copied().flatten()
    }

    /// A mention's cluster.
    pub fn cluster(&self, mention: u32) -> Option<&'d Cluster> {
        self.clusters.items.get(self.cluster_of(mention)? as usize)
    }

    /// What a mention is of.
    pub fn kind(&self, mention: usize) -> Kind {
        let cluster = self.cluster(mention as u32);
        let entity = &self.entities.items[mention];
        let label = cluster.map_or(&entity.label, |cluster| &cluster.label);
        let is = |sort: &str| label.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(sort));
        let cited = || self.citations.is_some_and(|c| c.index_around(entity.span).is_some());
        if is("per") {
            if cited() { Kind::Other } else { Kind::Person }
        } else if is("loc") || cluster.is_some_and(|cluster| cluster.country.is_some()) {
            Kind::State
        } else {
            Kind::Other
        }
    }

    /// The words of a role in lower case.
    pub fn words(&self, role: &Role) -> String {
        role.role.slice(self.text).unwrap_or_default().to_lowercase()
    }
}
