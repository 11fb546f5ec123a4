use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Citations, Clusters, round_score};
use crate::{Layer, MergeOffsets, Span, View};

/// One mention of a named entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// The mention.
    pub span: Span,
    /// Type, as the model names it: PER, ORG, LOC, MISC for the shipped one.
    pub label: Arc<str>,
    /// Confidence in [0, 1]: the mean over the mention's words of the probability of the word's tag.
    pub score: f32,
    /// Index of its sentence.
    pub sentence: u32,
}

/// The entity mentions of a document, in text order and without overlap.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entities {
    /// In text order.
    pub items: Vec<Entity>,
}

/// An entity mention in the output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EntityRecord {
    /// `e0`, `e1`, ...
    pub id: String,
    /// First position, 0-based, in the record's offset unit.
    pub start: u32,
    /// One past the last position.
    pub end: u32,
    /// The mention itself.
    pub text: String,
    /// Type of the entity.
    pub label: String,
    /// Confidence in [0, 1].
    pub score: f64,
    /// Id of its sentence.
    pub sentence: String,
    /// The name under which all mentions of the same thing in this document go.
    pub canonical: Option<String>,
    /// Id shared by those mentions.
    pub cluster: Option<String>,
    /// Id of the citation it is part of, so that counts can leave cited outlets out.
    pub citation: Option<String>,
}

impl Layer for Entities {
    const NAME: &'static str = "entities";
    const JOINS: bool = true;
    type Record = Vec<EntityRecord>;

    fn record(&self, view: &View<'_>) -> Self::Record {
        let citations = view.layer::<Citations>();
        let clusters = view.layer::<Clusters>().map(|c| (c, c.of_entities(self.items.len())));
        let record = |(i, entity): (usize, &Entity)| {
            let span = view.span(entity.span);
            let cluster = clusters.as_ref().and_then(|(c, of)| Some((of[i]?, &c.items[of[i]? as usize])));
            EntityRecord {
                id: format!("e{i}"),
                start: span.start,
                end: span.end,
                text: span.text,
                label: entity.label.to_string(),
                score: round_score(entity.score),
                sentence: format!("s{}", entity.sentence),
                canonical: cluster.map(|(_, cluster)| cluster.canonical.clone()),
                cluster: cluster.map(|(i, _)| format!("c{i}")),
                citation: citations.and_then(|c| c.index_around(entity.span)).map(|i| format!("ci{i}")),
            }
        };
        self.items.iter().enumerate().map(record).collect()
    }

    fn rebase(&mut self, offsets: &MergeOffsets) {
        for entity in &mut self.items {
            entity.span = offsets.span(entity.span);
            entity.sentence += offsets.sentences;
        }
    }

    fn append(&mut self, next: Self) {
        self.items.extend(next.items);
    }
}

impl Clusters {
    /// The last entity mention of a cluster before byte `at`; the cluster's first if there is none. Costs a binary
    /// search.
    pub fn name_before(&self, cluster: u32, entities: &Entities, at: u32) -> Option<u32> {
        let mentions = &self.items.get(cluster as usize)?.mentions;
        let starts = |entity: u32| entities.items.get(entity as usize).map_or(u32::MAX, |e| e.span.start);
        let before = mentions.partition_point(|mention| starts(mention.entity) < at);
        mentions.get(before.saturating_sub(1)).map(|mention| mention.entity)
    }
}
