//! A record with what its tables look up.

use std::borrow::Cow;
use std::collections::HashMap;

use docmill_core::layers::{ClusterRecord, EntityRecord, EventPlaceRecord, PlaceRecord};
use docmill_jsonl::{LayerItem, Record};

/// A record, its entities and clusters by id, and the items of other people's layers.
#[derive(Debug)]
pub struct View<'r> {
    /// The record.
    pub record: &'r Record,
    entities: HashMap<&'r str, &'r EntityRecord>,
    clusters: HashMap<&'r str, &'r ClusterRecord>,
    /// The items of other people's layers, one after another.
    pub layer_items: Vec<LayerItem<'r>>,
}

impl<'r> View<'r> {
    /// Looks at a record.
    pub fn new(record: &'r Record) -> Self {
        let entities = record.entities.iter().map(|entity| (entity.id.as_str(), entity)).collect();
        let clusters = record.clusters.iter().map(|cluster| (cluster.id.as_str(), cluster)).collect();
        Self { record, entities, clusters, layer_items: record.layer_items().collect() }
    }

    /// The mention with this id.
    pub fn entity(&self, id: &str) -> Option<&'r EntityRecord> {
        self.entities.get(id).copied()
    }

    /// The cluster with this id.
    pub fn cluster(&self, id: &str) -> Option<&'r ClusterRecord> {
        self.clusters.get(id).copied()
    }

    /// The name of a mention: the one that all mentions of its thing go by, else its words.
    pub fn name(&self, entity: Option<&str>) -> Option<Cow<'r, str>> {
        let entity = self.entity(entity?)?;
        Some(entity.canonical.as_ref().unwrap_or(&entity.text).into())
    }

    /// The place that an event's place is.
    pub fn place(&self, of: &EventPlaceRecord) -> Option<&'r PlaceRecord> {
        let id = of.place.as_deref()?;
        // `pl7` is the eighth; another program may have written other ids.
        let at = id.strip_prefix("pl").and_then(|number| number.parse::<usize>().ok());
        let found = at.and_then(|at| self.record.places.get(at)).filter(|place| place.id == id);
        found.or_else(|| self.record.places.iter().find(|place| place.id == id))
    }

    /// The code of the state that a mention names.
    pub fn country(&self, entity: Option<&str>) -> Option<Cow<'r, str>> {
        let cluster = self.entity(entity?)?.cluster.as_deref()?;
        self.clusters.get(cluster)?.country.as_deref().map(Cow::Borrowed)
    }
}
