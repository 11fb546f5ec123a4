use super::{Cluster, Clusters, Entities};
use crate::View;

/// The names under which the entity mentions of a document go, for records that refer to mentions.
pub(super) struct EntityNames<'d> {
    clusters: Option<&'d Clusters>,
    of_entity: Vec<Option<u32>>,
}

impl<'d> EntityNames<'d> {
    pub fn new(view: &View<'d>) -> Self {
        let clusters = view.layer::<Clusters>();
        let of_entity = clusters.zip(view.layer::<Entities>()).map(|(c, e)| c.of_entities(e.items.len()));
        Self { clusters, of_entity: of_entity.unwrap_or_default() }
    }

    fn cluster(&self, entity: Option<u32>) -> Option<&'d Cluster> {
        let cluster = self.of_entity.get(entity? as usize).copied().flatten()?;
        self.clusters?.items.get(cluster as usize)
    }

    /// The canonical name of a mention's cluster.
    pub fn name(&self, entity: Option<u32>) -> Option<String> {
        self.cluster(entity).map(|cluster| cluster.canonical.clone())
    }

    /// The country of a mention's cluster.
    pub fn country(&self, entity: Option<u32>) -> Option<String> {
        self.cluster(entity)?.country.as_deref().map(str::to_owned)
    }
}
