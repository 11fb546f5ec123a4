//! What all documents say of one name.

use std::collections::BTreeMap;

use crate::corrections::Corrections;
use crate::row::{AliasCount, Counts, Merge, NameKind, NameRow, RoleSpan, Rule};
use crate::sighting::{Sighting, Spot};

/// Office, organization, status.
type Role = (String, Option<String>, String);

/// What all documents say of one name.
#[derive(Debug, Default)]
pub(crate) struct Sum {
    /// Documents by rule and name.
    pub names: BTreeMap<(Rule, String), u64>,
    aliases: BTreeMap<String, u64>,
    roles: BTreeMap<Role, Days>,
    place: Option<Spot>,
    days: Days,
    counts: Counts,
}

/// First and last day, and how many documents.
#[derive(Debug, Clone, Default)]
struct Days {
    first: Option<String>,
    last: Option<String>,
    documents: u64,
}

impl Days {
    fn add(&mut self, other: &Self) {
        if let Some(first) = &other.first
            && self.first.as_ref().is_none_or(|own| first < own)
        {
            self.first = Some(first.clone());
        }
        if other.last > self.last {
            self.last.clone_from(&other.last);
        }
        self.documents += other.documents;
    }
}

impl Sum {
    /// How many documents.
    pub fn documents(&self) -> u64 {
        self.days.documents
    }

    /// Adds what a document says.
    pub fn add(&mut self, sighting: Sighting) {
        let days = Days { first: sighting.date.clone(), last: sighting.date, documents: 1 };
        *self.names.entry((sighting.rule, sighting.name)).or_default() += 1;
        for (name, count) in sighting.aliases {
            *self.aliases.entry(name).or_default() += count;
        }
        for role in sighting.roles {
            self.roles.entry(role).or_default().add(&days);
        }
        self.place = self.place.take().or(sighting.place);
        self.days.add(&days);
        self.counts.add(sighting.counts);
    }

    /// Adds another; `rule` says why, if its own rules do not.
    pub fn merge(&mut self, other: Self, rule: Option<Rule>) {
        for ((own, name), count) in other.names {
            *self.names.entry((rule.unwrap_or(own), name)).or_default() += count;
        }
        for (name, count) in other.aliases {
            *self.aliases.entry(name).or_default() += count;
        }
        for (role, days) in other.roles {
            self.roles.entry(role).or_default().add(&days);
        }
        self.place = self.place.take().or(other.place);
        self.days.add(&other.days);
        self.counts.add(other.counts);
    }

    /// The row.
    pub fn row(
        self,
        kind: NameKind,
        id: String,
        country: Option<String>,
        ambiguous: bool,
        corrections: &Corrections,
    ) -> NameRow {
        let mut by_name: BTreeMap<&str, u64> = BTreeMap::new();
        for ((_, name), documents) in &self.names {
            *by_name.entry(name).or_default() += documents;
        }
        // The one that most documents have; of several the longest, of these the first.
        let most = by_name.iter().max_by(|(a, x), (b, y)| (*x, a.len(), b).cmp(&(*y, b.len(), a)));
        let most = most.map(|(name, _)| (*name).to_owned()).unwrap_or_default();
        let renamed = by_name.keys().find_map(|name| corrections.renamed(kind, name)).map(str::to_owned);
        let mut aliases: Vec<AliasCount> =
            self.aliases.into_iter().map(|(name, count)| AliasCount { name, count }).collect();
        aliases.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        let role = |((role, organization, status), days): (Role, Days)| RoleSpan {
            role,
            organization,
            status,
            first: days.first,
            last: days.last,
            documents: days.documents,
        };
        NameRow {
            id,
            kind,
            name: renamed.unwrap_or(most),
            country,
            ambiguous,
            geonames: self.place.as_ref().and_then(|spot| spot.geonames),
            latitude: self.place.as_ref().map(|spot| spot.latitude),
            longitude: self.place.as_ref().map(|spot| spot.longitude),
            aliases,
            merges: (self.names.into_iter())
                .map(|((rule, name), documents)| Merge { rule, name, documents })
                .collect(),
            roles: self.roles.into_iter().map(role).collect(),
            first: self.days.first,
            last: self.days.last,
            documents: self.days.documents,
            counts: self.counts,
        }
    }
}
