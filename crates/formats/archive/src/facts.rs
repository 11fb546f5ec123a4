//! What a document says between names: facts, each with the names that take part.

use docmill_core::layers::{Basis, StancePolarity};
use docmill_jsonl::Record;
use serde::{Deserialize, Serialize};

use crate::filed::Filed;
use crate::row::NameKind;

/// What a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum FactKind {
    /// A document names it.
    Mention,
    /// A stance for; its label is `words` or `deeds`.
    For,
    /// A stance against.
    Against,
    /// An event; its label is PLOVER's type.
    Event,
    /// An office; its label is the office.
    Role,
    /// A quotation in which the target is named.
    Quote,
}

impl FactKind {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mention => "MENTION",
            Self::For => "FOR",
            Self::Against => "AGAINST",
            Self::Event => "EVENT",
            Self::Role => "ROLE",
            Self::Quote => "QUOTE",
        }
    }
}

/// A fact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Fact {
    /// Number of the document in the archive.
    pub document: u64,
    /// What tells it from all others: the document's id and the fact's place in it.
    pub source: String,
    pub number: usize,
    /// Day of the document.
    pub day: Option<String>,
    pub kind: FactKind,
    pub label: String,
    /// Whether an event took place or an office is held.
    pub status: Option<String>,
    /// TIMEX3 value of an event.
    pub time: Option<String>,
    /// Name of an event's place.
    pub place: Option<String>,
    /// The words.
    pub texts: Vec<String>,
    /// Names that take part.
    #[serde(skip)]
    pub ends: Vec<End>,
}

/// Which part a name has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Side {
    Source,
    Target,
}

/// A name that takes part in a fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct End {
    pub side: Side,
    /// Id of its row.
    pub id: String,
    pub kind: NameKind,
    pub country: Option<String>,
}

/// A fact with the names that take part, by their number in the document.
pub(crate) type Found = (Fact, Vec<(Side, usize)>);

/// Collects the facts of a document.
pub(crate) struct Facts<'r> {
    record: &'r Record,
    filed: &'r Filed<'r>,
    document: u64,
    found: Vec<Found>,
}

impl<'r> Facts<'r> {
    /// Those of a record whose names are filed.
    pub fn of(record: &'r Record, filed: &'r Filed<'r>, document: u64, mentions: bool) -> Vec<Found> {
        let mut facts = Self { record, filed, document, found: Vec::new() };
        if mentions {
            facts.add_mentions();
        }
        facts.add_stances();
        facts.add_events();
        facts.add_roles();
        facts.add_quotes();
        facts.found
    }

    fn add(&mut self, kind: FactKind, label: &str, ends: Vec<(Side, usize)>) -> &mut Fact {
        let fact = Fact {
            document: self.document,
            source: self.record.id.clone(),
            number: self.found.len(),
            day: self.record.meta.date.clone().filter(|date| date.len() == 10),
            kind,
            label: label.to_owned(),
            status: None,
            time: None,
            place: None,
            texts: Vec::new(),
            ends: Vec::new(),
        };
        self.found.push((fact, ends));
        let last = self.found.len() - 1;
        &mut self.found[last].0
    }

    fn add_mentions(&mut self) {
        for (i, (_, sighting)) in self.filed.names.iter().enumerate() {
            let mut texts = vec![sighting.name.clone()];
            texts.extend(
                sighting
                    .aliases
                    .iter()
                    .map(|(alias, _)| alias.clone())
                    .filter(|alias| *alias != sighting.name),
            );
            self.add(FactKind::Mention, "", vec![(Side::Source, i)]).texts = texts;
        }
    }

    fn add_stances(&mut self) {
        for stance in &self.record.stances {
            let kind = match stance.polarity {
                StancePolarity::Favor => FactKind::For,
                StancePolarity::Against => FactKind::Against,
                StancePolarity::Neutral => continue,
            };
            let label = match stance.basis {
                Basis::Words => "words",
                Basis::Deeds => "deeds",
            };
            let holder = self.filed.entity(stance.holder.entity.as_deref());
            let target = self.filed.entity(stance.target.entity.as_deref());
            if let (Some(holder), Some(target)) = (holder, target)
                && holder != target
            {
                let ends = vec![(Side::Source, holder), (Side::Target, target)];
                self.add(kind, label, ends).texts = vec![stance.evidence.text.clone()];
            }
        }
    }

    fn add_events(&mut self) {
        for event in &self.record.events {
            let mut ends: Vec<(Side, usize)> = Vec::new();
            for (side, parties) in [(Side::Source, &event.actors), (Side::Target, &event.recipients)] {
                for party in parties {
                    let name = self.filed.cluster(party.cluster.as_deref());
                    if let Some(name) = name.filter(|name| !ends.contains(&(side, *name))) {
                        ends.push((side, name));
                    }
                }
            }
            if ends.is_empty() {
                continue;
            }
            let status = match serde_json::to_value(event.status) {
                Ok(serde_json::Value::String(status)) => Some(status),
                _ => None,
            };
            let fact = self.add(FactKind::Event, event.kind.name(), ends);
            fact.status = status;
            fact.time = event.time.as_ref().map(|time| time.value.clone());
            fact.place =
                event.place.as_ref().map(|place| place.name.clone().unwrap_or_else(|| place.text.clone()));
            fact.texts = vec![event.trigger.text.clone()];
        }
    }

    fn add_roles(&mut self) {
        for role in &self.record.roles {
            let person = self.filed.entity(Some(&role.person.entity));
            let of = role.organization.as_ref().and_then(|of| self.filed.entity(of.entity.as_deref()));
            if let (Some(person), Some(of)) = (person, of)
                && person != of
            {
                let status = match serde_json::to_value(role.status) {
                    Ok(serde_json::Value::String(status)) => Some(status),
                    _ => None,
                };
                let ends = vec![(Side::Source, person), (Side::Target, of)];
                let fact = self.add(FactKind::Role, &role.role.text.to_lowercase(), ends);
                fact.status = status;
                fact.texts = vec![role.evidence.text.clone()];
            }
        }
    }

    fn add_quotes(&mut self) {
        for quote in &self.record.quotes {
            let speaker = quote.speaker.as_ref().and_then(|speaker| speaker.entity.as_deref());
            let Some(speaker) = self.filed.entity(speaker) else { continue };
            let entities = &self.record.entities;
            let first = entities.partition_point(|entity| entity.start < quote.content.start);
            let inside = entities.iter().skip(first).take_while(|entity| entity.start < quote.content.end);
            let mut named: Vec<usize> =
                inside.filter_map(|entity| self.filed.entity(Some(&entity.id))).collect();
            named.sort_unstable();
            named.dedup();
            named.retain(|name| *name != speaker);
            if !named.is_empty() {
                let mut ends = vec![(Side::Source, speaker)];
                ends.extend(named.into_iter().map(|name| (Side::Target, name)));
                self.add(FactKind::Quote, "", ends).texts = vec![quote.content.text.clone()];
            }
        }
    }
}
