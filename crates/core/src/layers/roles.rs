use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Clusters, Entities};
use crate::{Layer, MergeOffsets, Span, SpanRecord, View};

/// Whether a role is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RoleStatus {
    /// At the time of the text.
    Current,
    /// No more: `former`, `late`, `ousted`.
    Former,
    /// For the time being: `acting`, `interim`.
    Acting,
    /// Not yet: `elect`, `designate`.
    Designate,
}

/// An office, profession or membership of a named person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// Index of the entity mention of the person.
    pub person: u32,
    /// The words of the role: `defense minister`.
    pub role: Span,
    /// Index of the entity mention of the organization or state that it belongs to.
    pub organization: Option<u32>,
    /// Whether it is held.
    pub status: RoleStatus,
    /// Index of the sentence.
    pub sentence: u32,
    /// From the first to the last word that expresses it.
    pub evidence: Span,
}

/// The roles of a document, each once for a person, in text order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roles {
    /// In text order.
    pub items: Vec<Role>,
}

/// A party to a role in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RolePartyRecord {
    /// Id of the entity mention.
    pub entity: String,
    /// The name under which all its mentions go; null for a mention in no cluster.
    pub name: Option<String>,
    /// The mention as written.
    pub text: String,
}

/// A role in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RoleRecord {
    /// Who holds it.
    pub person: RolePartyRecord,
    /// The words of the role.
    pub role: SpanRecord,
    /// The organization or state that it belongs to, if the text names it beside the role.
    pub organization: Option<RolePartyRecord>,
    /// Whether it is held.
    pub status: RoleStatus,
    /// Id of the sentence.
    pub sentence: String,
    /// The words that say so.
    pub evidence: SpanRecord,
}

impl Layer for Roles {
    const NAME: &'static str = "roles";
    const JOINS: bool = true;
    type Record = Vec<RoleRecord>;

    fn record(&self, view: &View<'_>) -> Self::Record {
        let entities = view.layer::<Entities>();
        let clusters = view.layer::<Clusters>();
        let of = clusters.map(|c| c.of_entities(entities.map_or(0, |layer| layer.items.len())));
        let party = |entity: u32| {
            let mention = entities.and_then(|layer| layer.items.get(entity as usize));
            let cluster = of.as_ref().and_then(|of| of.get(entity as usize).copied().flatten());
            let cluster = cluster.and_then(|c| clusters?.items.get(c as usize));
            RolePartyRecord {
                entity: format!("e{entity}"),
                name: cluster.map(|cluster| cluster.canonical.clone()),
                text: mention.map(|mention| view.span(mention.span).text).unwrap_or_default(),
            }
        };
        let record = |role: &Role| RoleRecord {
            person: party(role.person),
            role: view.span(role.role),
            organization: role.organization.map(party),
            status: role.status,
            sentence: format!("s{}", role.sentence),
            evidence: view.span(role.evidence),
        };
        self.items.iter().map(record).collect()
    }

    fn rebase(&mut self, offsets: &MergeOffsets) {
        for role in &mut self.items {
            role.person += offsets.entities;
            role.organization = role.organization.map(|entity| entity + offsets.entities);
            role.role = offsets.span(role.role);
            role.evidence = offsets.span(role.evidence);
            role.sentence += offsets.sentences;
        }
    }

    fn append(&mut self, next: Self) {
        self.items.extend(next.items);
    }
}
