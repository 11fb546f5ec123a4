use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Cluster, Clusters, Entities, MentionForm, Mentions};
use crate::{Layer, MergeOffsets, Span, View};

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
