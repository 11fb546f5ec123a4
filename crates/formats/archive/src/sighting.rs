//! What one document says of a name.

use docmill_core::layers::{MentionForm, PlaceForm, PlaceRecord, StancePolarity};
use docmill_jsonl::Record;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::row::{Counts, NameKind, Rule};
use crate::words::{Lists, fold};

/// A name in a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sighting {
    pub kind: NameKind,
    /// The name under which the document's mentions go.
    pub name: String,
    pub country: Option<String>,
    /// What tells it from others of its name and country: a person's field of office, a place's number.
    pub mark: Option<String>,
    /// Day of the document.
    pub date: Option<String>,
    /// Names as written, with how often.
    pub aliases: Vec<(String, u64)>,
    /// Words, organization, status; each once.
    pub roles: Vec<(String, Option<String>, String)>,
    pub place: Option<Spot>,
    pub counts: Counts,
    /// Why it is filed where it is.
    pub rule: Rule,
}

impl Sighting {
    /// Adds another name of the same document that is filed at the same place.
    pub fn add(&mut self, other: Self) {
        self.country = self.country.take().or(other.country);
        self.mark = self.mark.take().or(other.mark);
        self.place = self.place.take().or(other.place);
        for (name, count) in other.aliases {
            match self.aliases.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => *known += count,
                None => self.aliases.push((name, count)),
            }
        }
        for role in other.roles {
            if !self.roles.contains(&role) {
                self.roles.push(role);
            }
        }
        self.counts.add(other.counts);
    }
}

/// A place of the gazetteer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Spot {
    pub name: String,
    pub geonames: Option<u32>,
    pub latitude: f64,
    pub longitude: f64,
}

/// The names of a document.
pub(crate) struct Sightings<'r> {
    record: &'r Record,
    /// One for each cluster that is a person, organization, state or place and not only a cited outlet.
    pub of_cluster: Vec<Option<Sighting>>,
    /// Clusters by their ids and by those of their mentions.
    pub by_id: FxHashMap<&'r str, usize>,
    pub by_entity: FxHashMap<&'r str, usize>,
}

impl<'r> Sightings<'r> {
    /// Those of a record.
    pub fn new(record: &'r Record, lists: &Lists) -> Self {
        let cited: FxHashSet<&str> = (record.entities.iter())
            .filter(|entity| entity.citation.is_some())
            .map(|entity| entity.id.as_str())
            .collect();
        let places: FxHashMap<&str, &PlaceRecord> = (record.places.iter())
            .filter(|place| place.form == PlaceForm::Name)
            .filter_map(|place| Some((place.entity.as_deref()?, place)))
            .collect();
        let (mut by_id, mut by_entity) = (FxHashMap::default(), FxHashMap::default());
        let mut of_cluster = Vec::with_capacity(record.clusters.len());
        // A day; `2005-09` is none.
        let date = record.meta.date.as_ref().filter(|date| date.len() == 10);
        for (i, cluster) in record.clusters.iter().enumerate() {
            by_id.insert(cluster.id.as_str(), i);
            let mentions =
                cluster.mentions.iter().filter_map(|mention| Some((mention, mention.entity.as_deref()?)));
            by_entity.extend(mentions.clone().map(|(_, entity)| (entity, i)));
            let own = mentions.filter(|(_, entity)| !cited.contains(entity));
            // Persons and organizations may have the country that they belong to.
            let is_state = |code: &str| lists.state(&fold(&cluster.canonical)) == Some(code);
            let kind = match (cluster.country.as_deref(), cluster.label.as_str()) {
                (_, "PER") => Some(NameKind::Person),
                (Some(code), "ORG") if !is_state(code) => Some(NameKind::Organization),
                (Some(_), _) if cluster.is_state() => Some(NameKind::State),
                (_, "ORG") => Some(NameKind::Organization),
                (_, "LOC") => Some(NameKind::Place),
                _ => None,
            };
            let Some(kind) = kind.filter(|_| cluster.named && own.clone().next().is_some()) else {
                of_cluster.push(None);
                continue;
            };
            let mut aliases: Vec<(String, u64)> = Vec::new();
            for (mention, _) in own.clone() {
                if matches!(mention.form, MentionForm::Name | MentionForm::Short | MentionForm::Acronym) {
                    match aliases.iter_mut().find(|(known, _)| *known == mention.text) {
                        Some((_, count)) => *count += 1,
                        None => aliases.push((mention.text.clone(), 1)),
                    }
                }
            }
            let is_place = matches!(kind, NameKind::Place | NameKind::State);
            let place = own.clone().filter(|_| is_place).find_map(|(_, entity)| places.get(entity));
            let mark = place.filter(|_| kind == NameKind::Place).map(|place| match place.geonames {
                Some(number) => format!("#{number}"),
                None => format!("{:.1},{:.1}", place.latitude, place.longitude),
            });
            of_cluster.push(Some(Sighting {
                kind,
                name: cluster.canonical.clone(),
                country: cluster.country.clone().or_else(|| place?.country.clone()),
                mark,
                date: date.cloned(),
                aliases,
                roles: Vec::new(),
                place: place.map(|place| Spot {
                    name: place.name.clone(),
                    geonames: place.geonames,
                    latitude: place.latitude,
                    longitude: place.longitude,
                }),
                counts: Counts { mentions: own.count() as u64, ..Counts::default() },
                rule: Rule::FullName,
            }));
        }
        let mut sightings = Self { record, of_cluster, by_id, by_entity };
        sightings.add_roles(lists);
        sightings.add_counts();
        sightings
    }

    /// Index of the cluster of an entity mention.
    pub fn entity(&self, id: Option<&str>) -> Option<usize> {
        self.by_entity.get(id?).copied()
    }

    /// Index of the cluster with this id.
    pub fn cluster(&self, id: Option<&str>) -> Option<usize> {
        self.by_id.get(id?).copied()
    }

    fn add_roles(&mut self, lists: &Lists) {
        for role in &self.record.roles {
            let Some(person) = self.entity(Some(&role.person.entity)) else { continue };
            let organization = role.organization.as_ref();
            let of = self.entity(organization.and_then(|organization| organization.entity.as_deref()));
            let of = of.and_then(|of| self.of_cluster.get(of)?.as_ref());
            let country = of.and_then(|of| match of.kind {
                NameKind::Person => None,
                NameKind::State | NameKind::Place => of.country.clone(),
                NameKind::Organization if of.country.is_some() => of.country.clone(),
                NameKind::Organization => lists.state_body(&fold(&of.name))?.1.map(str::to_owned),
            });
            let name = organization.and_then(|of| of.name.clone().or_else(|| of.text.clone()));
            let status = match serde_json::to_value(role.status) {
                Ok(serde_json::Value::String(status)) => status,
                _ => String::new(),
            };
            let Some(Some(person)) = self.of_cluster.get_mut(person) else { continue };
            if person.kind == NameKind::Person {
                person.country = person.country.take().or(country);
                person.mark = person.mark.take().or_else(|| lists.field(&role.role.text).map(str::to_owned));
                let found = (role.role.text.to_lowercase(), name, status);
                if !person.roles.contains(&found) {
                    person.roles.push(found);
                }
            }
        }
    }

    fn count(&mut self, cluster: Option<usize>, add: impl FnOnce(&mut Counts)) {
        if let Some(Some(sighting)) = cluster.and_then(|cluster| self.of_cluster.get_mut(cluster)) {
            add(&mut sighting.counts);
        }
    }

    fn add_counts(&mut self) {
        let record = self.record;
        for stance in &record.stances {
            let favors = match stance.polarity {
                StancePolarity::Favor => true,
                StancePolarity::Against => false,
                StancePolarity::Neutral => continue,
            };
            self.count(self.entity(stance.holder.entity.as_deref()), |counts| {
                *(if favors { &mut counts.holds_for } else { &mut counts.holds_against }) += 1;
            });
            self.count(self.entity(stance.target.entity.as_deref()), |counts| {
                *(if favors { &mut counts.meets_for } else { &mut counts.meets_against }) += 1;
            });
        }
        for event in &record.events {
            for actor in &event.actors {
                self.count(self.cluster(actor.cluster.as_deref()), |counts| counts.acts += 1);
            }
            for recipient in &event.recipients {
                self.count(self.cluster(recipient.cluster.as_deref()), |counts| counts.receives += 1);
            }
            let place = event.place.as_ref().map(|place| place.entity.as_str());
            self.count(self.entity(place), |counts| counts.hosts += 1);
        }
        for quote in record.quotes.iter().filter(|quote| quote.continues.is_none()) {
            let speaker = quote.speaker.as_ref().and_then(|speaker| speaker.entity.as_deref());
            self.count(self.entity(speaker), |counts| counts.quotes += 1);
        }
    }
}
