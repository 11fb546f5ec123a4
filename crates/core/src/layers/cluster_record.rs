use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::countries::countries;
use super::{
    ClusterMention, Clusters, CountrySource, Entities, MentionForm, Mentions, RoleStatus, Roles,
    UnnamedMention,
};
use crate::{Layer, MergeOffsets, Span, View};

/// A cluster in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterRecord {
    /// `c0`, `c1`, ...
    pub id: String,
    /// The name under which all its mentions go; of a cluster without a name, its longest noun phrase.
    pub canonical: String,
    /// False if no mention of it is a name: `a widow`, later `she`. Such clusters stand behind those with a name.
    #[serde(default = "yes")]
    pub named: bool,
    /// Type of the thing.
    pub label: String,
    /// ISO 3166-1 alpha-3 code of the state that the cluster is (`TJK`; `XKX`, user-assigned, for Kosovo), or that a person
    /// or an organization belongs to, if the text or a list says so plainly; null for everything else, also for a town.
    pub country: Option<String>,
    /// What the country is known from; `state` if the cluster is the state. Not in records before version 2.1, where only
    /// states had a country.
    #[serde(default)]
    pub country_source: Option<CountrySource>,
    /// The first office or profession that the text gives a person and that is not former: `secretary general`; `roles` has
    /// all of them. Not in records before version 2.1.
    #[serde(default)]
    pub title: Option<String>,
    /// Its mentions, in text order.
    pub mentions: Vec<ClusterMentionRecord>,
}

impl ClusterRecord {
    /// True for a state. Records before version 2.1 have no source, and a country for states alone.
    pub fn is_state(&self) -> bool {
        self.country.is_some() && self.country_source.is_none_or(|source| source == CountrySource::State)
    }
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
    /// First position of the whole noun phrase: `the minister of defence who resigned` for `the minister`.
    #[serde(default)]
    pub phrase_start: u32,
    /// One past the last position of the whole noun phrase.
    #[serde(default)]
    pub phrase_end: u32,
}

/// Records of before had clusters with names alone.
fn yes() -> bool {
    true
}

/// What a mention's record is made of.
#[derive(Debug, Clone, Copy)]
struct Shown {
    span: Span,
    phrase: Span,
    entity: Option<u32>,
    form: MentionForm,
}

impl Shown {
    fn record(self, view: &View<'_>) -> ClusterMentionRecord {
        let span = view.span(self.span);
        ClusterMentionRecord {
            entity: self.entity.map(|entity| format!("e{entity}")),
            form: self.form,
            start: span.start,
            end: span.end,
            text: span.text,
            phrase_start: view.position(self.phrase.start),
            phrase_end: view.position(self.phrase.end),
        }
    }
}

impl Layer for Clusters {
    const NAME: &'static str = "clusters";
    const JOINS: bool = true;
    type Record = Vec<ClusterRecord>;

    fn record(&self, view: &View<'_>) -> Self::Record {
        let entities = view.layer::<Entities>();
        let mentions = view.layer::<Mentions>();
        let span_of = |entity: u32| entities.and_then(|e| e.items.get(entity as usize)).map(|e| e.span);
        let mut of_cluster: Vec<Vec<Shown>> = vec![Vec::new(); self.items.len()];
        for (members, cluster) in of_cluster.iter_mut().zip(&self.items) {
            members.extend(cluster.mentions.iter().map(|&ClusterMention { entity, form }| {
                let span = span_of(entity).unwrap_or(Span::new(0, 0));
                let phrase = mentions.and_then(|m| m.of_names.get(entity as usize)).copied().unwrap_or(span);
                Shown { span, phrase, entity: Some(entity), form }
            }));
        }
        for mention in mentions.map_or(&[][..], |mentions| &mentions.items).iter().filter(|m| !m.relative) {
            if let Some(members) = of_cluster.get_mut(mention.cluster as usize) {
                let (span, phrase, form) = (mention.span, mention.phrase, mention.form);
                members.push(Shown { span, phrase, entity: None, form });
            }
        }
        let mut titles: HashMap<u32, Span> = HashMap::new();
        let of_entity = self.of_entities(entities.map_or(0, |entities| entities.items.len()));
        for role in view.layer::<Roles>().map_or(&[][..], |roles| &roles.items) {
            let held = role.status != RoleStatus::Former;
            if let Some(cluster) = of_entity.get(role.person as usize).copied().flatten().filter(|_| held) {
                titles.entry(cluster).or_insert(role.role);
            }
        }
        let countries = countries(view);
        let title = |cluster: u32| titles.get(&cluster).map(|span| view.span(*span).text);
        let named = self.items.iter().zip(of_cluster).zip(0..).map(|((cluster, mut members), i)| {
            members.sort_by_key(|shown| (shown.span, shown.entity));
            ClusterRecord {
                id: String::new(),
                canonical: cluster.canonical.clone(),
                named: true,
                label: cluster.label.to_string(),
                country: countries[i as usize].as_ref().map(|belongs| belongs.country.to_string()),
                country_source: countries[i as usize].as_ref().map(|belongs| belongs.source),
                title: title(i),
                mentions: members.into_iter().map(|shown| shown.record(view)).collect(),
            }
        });
        let unnamed = mentions.map_or(&[][..], |mentions| &mentions.unnamed);
        let unnamed = unnamed.iter().filter(|cluster| cluster.shown).map(|cluster| {
            let shown = |&UnnamedMention { span, phrase, form }: &UnnamedMention| {
                Shown { span, phrase, entity: None, form }.record(view)
            };
            ClusterRecord {
                id: String::new(),
                canonical: cluster.canonical.clone(),
                named: false,
                label: cluster.label.to_string(),
                country: None,
                country_source: None,
                title: None,
                mentions: cluster.mentions.iter().map(shown).collect(),
            }
        });
        let numbered = named.chain(unnamed).enumerate();
        numbered.map(|(i, record)| ClusterRecord { id: format!("c{i}"), ..record }).collect()
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
