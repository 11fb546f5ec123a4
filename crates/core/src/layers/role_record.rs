use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::entity_names::EntityNames;
use super::{Entities, Mentions, OrganizationSource, Role, RoleStatus, Roles};
use crate::{Layer, MergeOffsets, SpanRecord, View};

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
