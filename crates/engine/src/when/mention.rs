//! Whether the text mentions an entity.

use std::collections::HashSet;

use docmill_core::layers::{Clusters, Entities, Entity};
use docmill_core::schemars::{self, JsonSchema};
use docmill_core::{Document, LayerKey};
use serde::Deserialize;

use super::OneOf;

/// A mention of an entity for which everything that is given holds; with an empty table, any mention.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Mention {
    /// Type of the entity, such as `LOC`.
    label: Option<OneOf>,
    /// The mention as written in the text.
    text: Option<OneOf>,
    /// Name of the cluster. Needs the stage `names`.
    name: Option<OneOf>,
    /// ISO 3166-1 alpha-3 code of a mentioned state. Needs the stage `names`.
    country: Option<OneOf>,
}

impl Mention {
    pub fn requires(&self) -> Vec<LayerKey> {
        let mut layers = vec![LayerKey::of::<Entities>()];
        if self.name.is_some() || self.country.is_some() {
            layers.push(LayerKey::of::<Clusters>());
        }
        layers
    }

    pub fn is_in(&self, doc: &Document) -> bool {
        let Some(entities) = doc.layers().get::<Entities>() else { return false };
        let named = self.named(doc);
        let fits = |(i, entity): (usize, &Entity)| {
            let text = entity.span.slice(doc.text()).unwrap_or_default();
            self.label.as_ref().is_none_or(|labels| labels.has(&entity.label))
                && self.text.as_ref().is_none_or(|texts| texts.has(text))
                && named.as_ref().is_none_or(|named| named.contains(&(i as u32)))
        };
        entities.items.iter().enumerate().any(fits)
    }

    /// The mentions of entities with the given name and country, if the condition gives any.
    fn named(&self, doc: &Document) -> Option<HashSet<u32>> {
        if self.name.is_none() && self.country.is_none() {
            return None;
        }
        let clusters = doc.layers().get::<Clusters>().map_or(&[][..], |clusters| &clusters.items);
        let fits = clusters.iter().filter(|cluster| {
            let country = || cluster.country.as_deref();
            self.name.as_ref().is_none_or(|names| names.has(&cluster.canonical))
                && self.country.as_ref().is_none_or(|codes| country().is_some_and(|code| codes.has(code)))
        });
        Some(fits.flat_map(|cluster| &cluster.mentions).map(|mention| mention.entity).collect())
    }
}
