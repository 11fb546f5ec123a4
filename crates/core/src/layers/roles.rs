use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::entity_names::EntityNames;
use super::{Entities, Mentions};
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

/// What the organization or state of a role is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OrganizationSource {
    /// The words beside the role: `Russian defence minister`, `leader of the party`.
    Text,
    /// Another role of the same person, or the list `leaders`.
    Person,
    /// The office, which one state alone has: `Home Secretary` (list `state_offices`).
    Office,
    /// The state that the text is about.
    Document,
}

/// A state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleState {
    /// ISO 3166-1 alpha-3 code.
    pub code: &'static str,
    /// Conventional short name.
    pub name: &'static str,
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
    /// The words for an organization that has no name there: `government` of `government spokesman`, `its` of `its leader`.
    pub words: Option<Span>,
    /// The state that it belongs to, where no words say it; of a profession the nationality, where there is no source.
    pub state: Option<RoleState>,
    /// What the organization or state is known from; nothing if it is not known.
    pub source: Option<OrganizationSource>,
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

/// The organization or state of a role in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RoleOrganizationRecord {
    /// Id of the entity mention; null where the words are no name, or no words say it.
    pub entity: Option<String>,
    /// The name under which all its mentions go; null where it is not known.
    pub name: Option<String>,
    /// The words: a name, a noun (`government`) or a pronoun (`its`); null where no words say it.
    pub text: Option<String>,
    /// ISO 3166-1 alpha-3 code of the state that it is or belongs to. Not in records before version 2.1, as `source`.
    #[serde(default)]
    pub country: Option<String>,
    /// What it is known from.
    #[serde(default)]
    pub source: Option<OrganizationSource>,
}

/// A role in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RoleRecord {
    /// Who holds it.
    pub person: RolePartyRecord,
    /// The words of the role.
    pub role: SpanRecord,
    /// The organization or state that it belongs to, if that is known.
    pub organization: Option<RoleOrganizationRecord>,
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
        let mentions = view.layer::<Mentions>();
        let names = EntityNames::new(view);
        let text = |entity: u32| {
            let mention = entities.and_then(|layer| layer.items.get(entity as usize));
            mention.map(|mention| view.span(mention.span).text).unwrap_or_default()
        };
        let organization = |role: &Role| {
            let source = role.source;
            if let Some(entity) = role.organization {
                return Some(RoleOrganizationRecord {
                    entity: Some(format!("e{entity}")),
                    name: names.name(Some(entity)),
                    text: Some(text(entity)),
                    country: names.country(Some(entity)),
                    source,
                });
            }
            if let Some(words) = role.words {
                let meant = mentions.and_then(|mentions| mentions.of_span(words));
                let meant = meant.map(|mention| mention.cluster);
                let name = meant.and_then(|cluster| names.of_cluster(cluster));
                let written = view.span(words).text;
                // A pronoun says nothing unless one knows for what it stands.
                if name.is_some() || !PRONOUNS.contains(&&*written.to_lowercase()) {
                    return Some(RoleOrganizationRecord {
                        entity: None,
                        name: name.map(|cluster| cluster.canonical.clone()),
                        text: Some(written),
                        country: meant.and_then(|cluster| names.country_of(cluster)),
                        source,
                    });
                }
            }
            let state = role.state.filter(|_| source.is_some())?;
            Some(RoleOrganizationRecord {
                entity: None,
                name: Some(state.name.to_owned()),
                text: None,
                country: Some(state.code.to_owned()),
                source,
            })
        };
        let record = |role: &Role| RoleRecord {
            person: RolePartyRecord {
                entity: format!("e{}", role.person),
                name: names.name(Some(role.person)),
                text: text(role.person),
            },
            role: view.span(role.role),
            organization: organization(role),
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
            role.words = role.words.map(|words| offsets.span(words));
            role.role = offsets.span(role.role);
            role.evidence = offsets.span(role.evidence);
            role.sentence += offsets.sentences;
        }
    }

    fn append(&mut self, next: Self) {
        self.items.extend(next.items);
    }
}

/// Words that stand for an organization named elsewhere.
const PRONOUNS: [&str; 3] = ["its", "their", "our"];
