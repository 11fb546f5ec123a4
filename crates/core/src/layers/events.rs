use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::entity_names::EntityNames;
use super::{Citations, Cluster, Clusters, Entities, Places, Times, round_score};
use crate::{Layer, MergeOffsets, Span, SpanRecord, View};

/// What happens between two sides: the event types of PLOVER (<https://openeventdata.github.io/PLOVER>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum EventType {
    /// Agrees, signs, ratifies.
    Agree,
    /// Meets, visits, talks, negotiates.
    Consult,
    /// Praises, endorses, thanks, defends in words.
    Support,
    /// Gives in: releases, pardons, lifts a restriction.
    Concede,
    /// Works or trades with, joins, shares with.
    Cooperate,
    /// Gives help: money, arms, relief, training.
    Aid,
    /// Withdraws, retreats, lays down arms.
    Retreat,
    /// Asks, urges, demands, orders.
    Request,
    /// Blames, criticizes, condemns, sues.
    Accuse,
    /// Refuses, opposes, denies, vetoes.
    Reject,
    /// Threatens, warns.
    Threaten,
    /// Demonstrates, strikes, riots.
    Protest,
    /// Punishes without force: embargo, expulsion of diplomats, broken ties.
    Sanction,
    /// Deploys forces, exercises, raises an alert.
    Mobilize,
    /// Arrests, bans, seizes, blocks.
    Coerce,
    /// Attacks, kills, bombs, abducts.
    Assault,
}

impl EventType {
    /// Every type with its name in PLOVER, in PLOVER's order.
    pub const ALL: [(Self, &'static str); 16] = [
        (Self::Agree, "AGREE"),
        (Self::Consult, "CONSULT"),
        (Self::Support, "SUPPORT"),
        (Self::Concede, "CONCEDE"),
        (Self::Cooperate, "COOPERATE"),
        (Self::Aid, "AID"),
        (Self::Retreat, "RETREAT"),
        (Self::Request, "REQUEST"),
        (Self::Accuse, "ACCUSE"),
        (Self::Reject, "REJECT"),
        (Self::Threaten, "THREATEN"),
        (Self::Protest, "PROTEST"),
        (Self::Sanction, "SANCTION"),
        (Self::Mobilize, "MOBILIZE"),
        (Self::Coerce, "COERCE"),
        (Self::Assault, "ASSAULT"),
    ];

    /// The type of a name such as `ASSAULT`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
    }

    /// The name in PLOVER.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

/// Whether an event took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum EventStatus {
    /// The text says that it did.
    #[serde(rename = "happened")]
    Happened,
    /// It is under way.
    #[serde(rename = "under way")]
    UnderWay,
    /// Somebody will do it, plans to or is asked to.
    #[serde(rename = "planned")]
    Planned,
    /// Somebody says that it did not take place.
    #[serde(rename = "denied")]
    Denied,
    /// Somebody says so: an accusation, a report.
    #[serde(rename = "alleged")]
    Alleged,
}

/// One of the sides of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventParty {
    /// The words: a name, a pronoun, or a noun with the words before it (`the Israeli army`).
    pub span: Span,
    /// Index of the entity mention that names it, or that names what it belongs to.
    pub entity: Option<u32>,
    /// Index of the cluster that it is, or that it belongs to.
    pub cluster: Option<u32>,
    /// True if it only belongs to the entity or cluster: `the Israeli army` is not Israel.
    pub part: bool,
}

/// Who did what to whom.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What happens.
    pub kind: EventType,
    /// Whether it took place.
    pub status: EventStatus,
    /// The word that says so.
    pub trigger: Span,
    /// Index of the sentence.
    pub sentence: u32,
    /// Who does it.
    pub actors: Vec<EventParty>,
    /// To whom, or with whom.
    pub recipients: Vec<EventParty>,
    /// Index into [`Times::items`]: when.
    pub time: Option<u32>,
    /// Index of the entity mention that says where.
    pub place: Option<u32>,
    /// Index of the quotation in which it is said.
    pub quote: Option<u32>,
    /// Probability that type, an actor and a recipient are right.
    pub score: f32,
}

/// The events of a document, each once, in text order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Events {
    /// Sorted by trigger.
    pub items: Vec<Event>,
}

/// A side of an event in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventPartyRecord {
    /// Id of the entity mention that names it, or what it belongs to; null for a pronoun or for a noun without a name.
    pub entity: Option<String>,
    /// Id of the cluster.
    pub cluster: Option<String>,
    /// The name under which the cluster goes; null where no name is known.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-3 code, where the cluster is a state.
    pub country: Option<String>,
    /// True if the party only belongs to what is named: `the Israeli army` to Israel.
    pub part: bool,
    /// First position, 0-based, in the record's offset unit.
    pub start: u32,
    /// One past the last position.
    pub end: u32,
    /// The words.
    pub text: String,
}

/// When, in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventTimeRecord {
    /// Id of the expression of time.
    pub time: String,
    /// Its TIMEX3 value.
    pub value: String,
    /// As written.
    pub text: String,
}

/// Where, in the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventPlaceRecord {
    /// Id of the entity mention.
    pub entity: String,
    /// The name under which all its mentions go; null for a mention in no cluster.
    pub name: Option<String>,
    /// As written.
    pub text: String,
    /// Id of the place, with its coordinates; null where none is known.
    #[serde(default)]
    pub place: Option<String>,
}

/// An event in the output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EventRecord {
    /// `ev0`, `ev1`, ...
    pub id: String,
    /// PLOVER's event type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Whether it took place.
    pub status: EventStatus,
    /// The word that says so.
    pub trigger: SpanRecord,
    /// Id of the sentence.
    pub sentence: String,
    /// Who does it. Empty where the text does not say: `was arrested`.
    pub actors: Vec<EventPartyRecord>,
    /// To whom, or with whom. Where two act together, both are actors.
    pub recipients: Vec<EventPartyRecord>,
    /// When, if the sentence says so.
    pub time: Option<EventTimeRecord>,
    /// Where, if the sentence says so.
    pub place: Option<EventPlaceRecord>,
    /// Id of the quotation in which it is said.
    pub quote: Option<String>,
    /// Id of the citation that covers the sentence.
    pub citation: Option<String>,
    /// Probability that type, an actor and a recipient are right.
    pub score: f64,
}

impl Layer for Events {
    const NAME: &'static str = "events";
    const JOINS: bool = true;
    type Record = Vec<EventRecord>;

    fn record(&self, view: &View<'_>) -> Self::Record {
        let entities = view.layer::<Entities>();
        let clusters = view.layer::<Clusters>();
        let citations = view.layer::<Citations>();
        let of = clusters.map(|c| c.of_entities(entities.map_or(0, |layer| layer.items.len())));
        let known = EntityNames::new(view);
        let cluster = |i: Option<u32>| clusters?.items.get(i? as usize);
        let party = |party: &EventParty| {
            let named: Option<&Cluster> = cluster(party.cluster);
            let span = view.span(party.span);
            EventPartyRecord {
                entity: party.entity.map(|entity| format!("e{entity}")),
                cluster: party.cluster.map(|cluster| format!("c{cluster}")),
                name: named.map(|cluster| cluster.canonical.clone()),
                country: party.cluster.and_then(|cluster| known.country_of(cluster)),
                part: party.part,
                start: span.start,
                end: span.end,
                text: span.text,
            }
        };
        let place = |entity: u32| {
            let mention = entities.and_then(|layer| layer.items.get(entity as usize));
            let named = cluster(of.as_ref().and_then(|of| of.get(entity as usize).copied().flatten()));
            EventPlaceRecord {
                entity: format!("e{entity}"),
                name: named.map(|cluster| cluster.canonical.clone()),
                text: mention.map(|mention| view.span(mention.span).text).unwrap_or_default(),
                place: view.layer::<Places>().and_then(|p| p.of_entity(entity)).map(|i| format!("pl{i}")),
            }
        };
        let time = |i: u32| {
            let time = view.layer::<Times>()?.items.get(i as usize)?;
            let text = view.span(time.span).text;
            Some(EventTimeRecord { time: format!("t{i}"), value: time.value.clone(), text })
        };
        let record = |(i, event): (usize, &Event)| EventRecord {
            id: format!("ev{i}"),
            kind: event.kind,
            status: event.status,
            trigger: view.span(event.trigger),
            sentence: format!("s{}", event.sentence),
            actors: event.actors.iter().map(party).collect(),
            recipients: event.recipients.iter().map(party).collect(),
            time: event.time.and_then(time),
            place: event.place.map(place),
            quote: event.quote.map(|quote| format!("q{quote}")),
            citation: citations.and_then(|c| c.index_around(event.trigger)).map(|i| format!("ci{i}")),
            score: round_score(event.score),
        };
        self.items.iter().enumerate().map(record).collect()
    }

    fn rebase(&mut self, offsets: &MergeOffsets) {
        for event in &mut self.items {
            event.trigger = offsets.span(event.trigger);
            event.sentence += offsets.sentences;
            for party in event.actors.iter_mut().chain(&mut event.recipients) {
                party.span = offsets.span(party.span);
                party.entity = party.entity.map(|entity| entity + offsets.entities);
                party.cluster = party.cluster.map(|cluster| cluster + offsets.clusters);
            }
            event.time = event.time.map(|time| time + offsets.times);
            event.place = event.place.map(|entity| entity + offsets.entities);
            event.quote = event.quote.map(|quote| quote + offsets.quotes);
        }
    }

    fn append(&mut self, next: Self) {
        self.items.extend(next.items);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_have_plover_s_names() {
        assert_eq!(EventType::parse("COERCE"), Some(EventType::Coerce));
        assert_eq!(EventType::parse("coerce"), None);
        for (kind, name) in EventType::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), name);
            assert_eq!(kind.name(), name);
        }
    }
}
