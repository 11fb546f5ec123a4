//! The names of a document, each with the key that it is filed under.

use rustc_hash::FxHashMap;

use crate::group::fit;
use crate::sighting::Sighting;

/// The names of a document with their keys.
#[derive(Debug, Default)]
pub(crate) struct Filed<'r> {
    /// Key, kind included, and what the document says.
    pub names: Vec<(String, Sighting)>,
    by_key: FxHashMap<String, Vec<usize>>,
    /// For each cluster its name.
    of_cluster: Vec<Option<usize>>,
    /// Clusters by their ids and by those of their mentions.
    by_id: FxHashMap<&'r str, usize>,
    by_entity: FxHashMap<&'r str, usize>,
}

impl<'r> Filed<'r> {
    /// None yet, of a document with these clusters.
    pub fn new(by_id: FxHashMap<&'r str, usize>, by_entity: FxHashMap<&'r str, usize>) -> Self {
        Self { by_id, by_entity, ..Self::default() }
    }

    /// Adds the name of the next cluster, if it has one. A name that is here already counts once, so that documents are
    /// counted once.
    pub fn add(&mut self, found: Option<(String, Sighting)>) {
        let name = found.map(|(key, sighting)| self.add_name(key, sighting));
        self.of_cluster.push(name);
    }

    fn add_name(&mut self, key: String, sighting: Sighting) -> usize {
        let of_key = self.by_key.entry(key.clone()).or_default();
        let fits = |&&i: &&usize| {
            let own = &self.names[i].1;
            fit(own.country.as_deref(), sighting.country.as_deref())
                && fit(own.mark.as_deref(), sighting.mark.as_deref())
        };
        if let Some(&i) = of_key.iter().find(fits) {
            self.names[i].1.add(sighting);
            return i;
        }
        of_key.push(self.names.len());
        self.names.push((key, sighting));
        self.names.len() - 1
    }

    /// The name of an entity mention.
    pub fn entity(&self, id: Option<&str>) -> Option<usize> {
        self.of_cluster.get(*self.by_entity.get(id?)?).copied().flatten()
    }

    /// The name of a cluster.
    pub fn cluster(&self, id: Option<&str>) -> Option<usize> {
        self.of_cluster.get(*self.by_id.get(id?)?).copied().flatten()
    }
}
