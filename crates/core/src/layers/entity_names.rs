use super::countries::countries;
use super::{Belonging, Cluster, Clusters, Entities};
use crate::View;

/// The names under which the entity mentions of a document go, for records that refer to mentions.
pub(super) struct EntityNames<'d> {
    clusters: Option<&'d Clusters>,
    of_entity: Vec<Option<u32>>,
    countries: Vec<Option<Belonging>>,
}

impl<'d> EntityNames<'d> {
    pub fn new(view: &View<'d>) -> Self {
        let clusters = view.layer::<Clusters>();
        let of_entity = clusters.zip(view.layer::<Entities>()).map(|(c, e)| c.of_entities(e.items.len()));
        Self { clusters, of_entity: of_entity.unwrap_or_default(), countries: countries(view) }
    }

    fn cluster(&self, entity: Option<u32>) -> Option<u32> {
        self.of_entity.get(entity? as usize).copied().flatten()
    }

    /// The canonical name of a mention's cluster.
    pub fn name(&self, entity: Option<u32>) -> Option<String> {
        self.of_cluster(self.cluster(entity)?).map(|cluster| cluster.canonical.clone())
    }

    /// The country that a mention's cluster is or belongs to.
    pub fn country(&self, entity: Option<u32>) -> Option<String> {
        self.country_of(self.cluster(entity)?)
    }

    /// The country that a cluster is or belongs to.
    pub fn country_of(&self, cluster: u32) -> Option<String> {
        Some(self.countries.get(cluster as usize)?.as_ref()?.country.to_string())
    }

    /// A cluster by its number.
    pub fn of_cluster(&self, cluster: u32) -> Option<&'d Cluster> {
        self.clusters?.items.get(cluster as usize)
    }
}
