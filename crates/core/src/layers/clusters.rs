use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Entities, Mentions};
use crate::{Layer, MergeOffsets, Span, View};

/// How a mention names its thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MentionForm {
    /// A name in full: `Nikolai Bordyuzha`, `Russia`, `Russian Federation`, `Defense Ministry of Tajikistan`.
    Name,
    /// Part of the name: a surname, a name with initials, `the Ministry`.
    Short,
    /// Initials or another abbreviation: `CSTO`, `U.S.`.
    Acronym,
    /// An adjective or the people, for the state: `Tajik`, `Tajiks`.
    Demonym,
    /// A capital, for the government in it: `Moscow denied this`.
    Capital,
    /// A building, a street or another town, for the government in it: `the Kremlin`.
    Seat,
    /// A pronoun: `he`, `its`, `who`. Not a name, so no entity mention.
    Pronoun,
    /// A noun phrase without a name: `the minister`, `his government`. No entity mention either.
    Nominal,
}

/// One mention in a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClusterMention {
    /// Index of the entity mention.
    pub entity: u32,
    /// How it names the thing.
    pub form: MentionForm,
}

/// All mentions of one thing in a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// The name under which they go: the fullest one in the document, or the conventional short name of a state.
    pub canonical: String,
    /// Type of the thing, as the entity mentions have it.
    pub label: Arc<str>,
    /// ISO 3166-1 alpha-3 code, if the thing is a state that has one.
    pub country: Option<Arc<str>>,
    /// In text order, at least one.
    pub mentions: Vec<ClusterMention>,
}

/// What the entity mentions of a document name, in text order of the first mention. Each entity mention is in one
/// cluster at most.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Clusters {
    /// In text order of the first mention.
    pub items: Vec<Cluster>,
}

impl Clusters {
    /// For each of `entities` mentions, the index of its cluster.
    pub fn of_entities(&self, entities: usize) -> Vec<Option<u32>> {
        let mut found = vec![None; entities];
        for (i, cluster) in self.items.iter().enumerate() {
            for mention in &cluster.mentions {
                if let Some(slot) = found.get_mut(mention.entity as usize) {
                    *slot = Some(i as u32);
                }
            }
        }
        found
    }

    /// The entity mention of a cluster that stands last before byte `at`; the cluster's first if none does. Costs a binary
    /// search.
    pub fn name_before(&self, cluster: u32, entities: &Entities, at: u32) -> Option<u32> {
        let mentions = &self.items.get(cluster as usize)?.mentions;
        let starts = |entity: u32| entities.items.get(entity as usize).map_or(u32::MAX, |e| e.span.start);
        let before = mentions.partition_point(|mention| starts(mention.entity) < at);
        mentions.get(before.saturating_sub(1)).map(|mention| mention.entity)
    }
}

/// A cluster in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterRecord {
    /// `c0`, `c1`, ...
    pub id: String,
    /// The name under which all its mentions go.
    pub canonical: String,
    /// Type of the thing.
    pub label: String,
    /// ISO 3166-1 alpha-3 code of the state that the cluster is (`TJK`; `XKX`, user-assigned, for Kosovo); null for
    /// everything else, also for a ministry or a town of a state.
    pub country: Option<String>,
    /// Its mentions, in text order.
    pub mentions: Vec<ClusterMentionRecord>,
}

/// A mention of a cluster in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterMentionRecord {
    /// Id of the entity mention; null for a pronoun and for a noun phrase without a name.
    pub entity: Option<String>,
    /// How it names the thing.
    pub form: MentionForm,
    /// First position, 0-based, in the record's offset unit. Not in records before version 2.0, as the two keys behind it.
    #[serde(default)]
    pub start: u32,
    /// One past the last position.
    #[serde(default)]
    pub end: u32,
    /// The mention as written.
    #[serde(default)]
    pub text: String,
}

impl Layer for Clusters {
    const NAME: &'static str = "clusters";
    const JOINS: bool = true;
    type Record = Vec<ClusterRecord>;

    fn record(&self, view: &View<'_>) -> Self::Record {
        let entities = view.layer::<Entities>();
        let mut of_cluster: Vec<Vec<(Span, Option<u32>, MentionForm)>> = vec![Vec::new(); self.items.len()];
        for (members, cluster) in of_cluster.iter_mut().zip(&self.items) {
            let span = |entity: u32| entities.and_then(|e| e.items.get(entity as usize)).map(|e| e.span);
            let named = cluster.mentions.iter();
            members
                .extend(named.map(|m| (span(m.entity).unwrap_or(Span::new(0, 0)), Some(m.entity), m.form)));
        }
        for mention in view.layer::<Mentions>().map_or(&[][..], |mentions| &mentions.items) {
            if let Some(members) = of_cluster.get_mut(mention.cluster as usize) {
                members.push((mention.span, None, mention.form));
            }
        }
        for members in &mut of_cluster {
            members.sort_by_key(|(span, entity, _)| (*span, *entity));
        }
        let mention = |&(span, entity, form): &(Span, Option<u32>, MentionForm)| {
            let span = view.span(span);
            let entity = entity.map(|entity| format!("e{entity}"));
            ClusterMentionRecord { entity, form, start: span.start, end: span.end, text: span.text }
        };
        let record = |(i, cluster): (usize, &Cluster)| ClusterRecord {
            id: format!("c{i}"),
            canonical: cluster.canonical.clone(),
            label: cluster.label.to_string(),
            country: cluster.country.as_deref().map(str::to_owned),
            mentions: of_cluster[i].iter().map(mention).collect(),
        };
        self.items.iter().enumerate().map(record).collect()
    }

    /// Clusters of two windows are not merged: the stage computes clusters again from all mentions, see
    /// [`StageConfig::whole_document`](crate::StageConfig::whole_document).
    fn rebase(&mut self, offsets: &MergeOffsets) {
        let mentions = self.items.iter_mut().flat_map(|cluster| &mut cluster.mentions);
        mentions.for_each(|mention| mention.entity += offsets.entities);
    }

    fn append(&mut self, next: Self) {
        self.items.extend(next.items);
    }
}
