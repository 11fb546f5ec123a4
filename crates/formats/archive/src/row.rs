//! A row: a person, organization, state or place of the archive.

use serde::{Deserialize, Serialize};

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NameKind {
    /// A person.
    Person,
    /// An organization.
    Organization,
    /// A state or territory with a country code.
    State,
    /// Any other place.
    Place,
}

impl NameKind {
    /// Every kind with its name.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Person, "person"),
        (Self::Organization, "organization"),
        (Self::State, "state"),
        (Self::Place, "place"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

/// Why names of several documents are one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// They have one country code.
    CountryCode,
    /// They have one number in GeoNames, or one place without a number.
    SamePlace,
    /// They have one full name, one country and no fields of office that differ.
    FullName,
    /// They have one full name. This one's country or field is unknown, and only one other fits.
    OnlyOther,
    /// They are a body that every state has, of one state: `Russian Defense Ministry`, `Defense Ministry of Russia`.
    StateBody,
    /// They are one word; the row may be several persons.
    OneWord,
    /// The list `organizations` has them as names of one organization.
    KnownAlias,
    /// A file of corrections says so.
    Correction,
}

impl Rule {
    /// Every rule with its name.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::CountryCode, "country-code"),
        (Self::SamePlace, "same-place"),
        (Self::FullName, "full-name"),
        (Self::OnlyOther, "only-other"),
        (Self::StateBody, "state-body"),
        (Self::OneWord, "one-word"),
        (Self::KnownAlias, "known-alias"),
        (Self::Correction, "correction"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(rule, _)| *rule == self).map_or("", |(_, name)| name)
    }
}

/// A way in which a name is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AliasCount {
    /// As written.
    pub name: String,
    /// Mentions.
    pub count: u64,
}

/// A name that belongs to the row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// Why.
    pub rule: Rule,
    /// The name that documents have.
    pub name: String,
    /// How many documents.
    pub documents: u64,
}

/// An office, and when texts tell of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleSpan {
    /// Its words, in lower case.
    pub role: String,
    /// The organization or state that it belongs to.
    pub organization: Option<String>,
    /// `current`, `former`, `acting` or `designate`.
    pub status: String,
    /// Date of the first document that tells it.
    pub first: Option<String>,
    /// Of the last.
    pub last: Option<String>,
    /// How many documents.
    pub documents: u64,
}

/// How often something was told of a name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Mentions in entities.
    pub mentions: u64,
    /// Stances that it holds for somebody or something.
    pub holds_for: u64,
    /// Stances that it holds against.
    pub holds_against: u64,
    /// Stances for it.
    pub meets_for: u64,
    /// Stances against it.
    pub meets_against: u64,
    /// Events that it is an actor of.
    pub acts: u64,
    /// Events that it is a recipient of.
    pub receives: u64,
    /// Events that take place there.
    pub hosts: u64,
    /// Quotations of it.
    pub quotes: u64,
}

impl Counts {
    /// Adds others.
    pub fn add(&mut self, other: Self) {
        self.mentions += other.mentions;
        self.holds_for += other.holds_for;
        self.holds_against += other.holds_against;
        self.meets_for += other.meets_for;
        self.meets_against += other.meets_against;
        self.acts += other.acts;
        self.receives += other.receives;
        self.hosts += other.hosts;
        self.quotes += other.quotes;
    }
}

/// A person, organization, state or place of the archive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NameRow {
    /// The same on each run: made of kind, name, country and, where that is not enough, field of office or place.
    pub id: String,
    /// What it is.
    pub kind: NameKind,
    /// The name that most documents have, or what a correction says.
    pub name: String,
    /// ISO 3166-1 alpha-3 code: of the state, of the place's country, of the state that a person's roles belong to.
    pub country: Option<String>,
    /// True for a person known by one word alone and for a body that every state has, without the state: the row may be
    /// several.
    pub ambiguous: bool,
    /// Number in GeoNames.
    pub geonames: Option<u32>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Ways to write it, the most frequent first.
    pub aliases: Vec<AliasCount>,
    /// The names that documents have for it, each with the rule that brought it here.
    pub merges: Vec<Merge>,
    /// Offices of a person.
    pub roles: Vec<RoleSpan>,
    /// Date of the first document.
    pub first: Option<String>,
    /// Of the last.
    pub last: Option<String>,
    /// How many documents name it.
    pub documents: u64,
    /// How often.
    #[serde(flatten)]
    pub counts: Counts,
}
