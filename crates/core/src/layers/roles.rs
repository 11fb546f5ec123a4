use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Span;

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
