use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::MentionForm;

/// One mention in a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClusterMention {
    /// Index of the entity mention.
    pub entity: u32,
    /// How it names the thing.
    pub form: MentionForm,
}

/// What a country is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CountrySource {
    /// The thing is the state: `Tajikistan`, `Dushanbe` for its government.
    State,
    /// The state is part of the name: `Tajik Defence Ministry`.
    Name,
    /// The state stands beside a name: `the Russian foreign ministry`.
    Beside,
    /// The lists `leaders` and `organizations`.
    List,
    /// An office of a person: `Russian foreign minister`.
    Role,
}

/// The state that a person or an organization belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belonging {
    /// ISO 3166-1 alpha-3 code.
    pub country: Arc<str>,
    /// What it is known from.
    pub source: CountrySource,
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
    /// The state that it belongs to, if it is none itself and the names around it or a list tell.
    pub belongs: Option<Belonging>,
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
}
