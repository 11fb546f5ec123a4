//! The names of the whole run, each once, by kind.

use std::collections::{BTreeMap, HashMap};

use docmill_core::layers::{ClusterRecord, EntityRecord, HolderKind};
use docmill_jsonl::Record;
use serde::{Serialize, Serializer};

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(crate) enum NameKind {
    Person,
    Organization,
    State,
    Place,
    /// A mention of another type.
    Other,
    /// A policy, a deal or an event that somebody is for or against.
    Issue,
    /// Words that are no name: `the minister`, the author.
    Unnamed,
}

impl NameKind {
    /// Of an entity mention in `cluster`.
    fn of(label: &str, cluster: Option<&ClusterRecord>) -> Self {
        match label {
            _ if cluster.is_some_and(ClusterRecord::is_state) => Self::State,
            "PER" => Self::Person,
            "ORG" => Self::Organization,
            "LOC" => Self::Place,
            _ => Self::Other,
        }
    }
}

impl Serialize for NameKind {
    /// A number, in the order of the variants: the script has their names.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(*self as u8)
    }
}

/// Names as the page's script reads them: two columns.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Names {
    text: Vec<String>,
    kind: Vec<NameKind>,
    #[serde(skip)]
    known: HashMap<(NameKind, String), u32>,
    /// How often a state goes under which name, by its number.
    #[serde(skip)]
    states: BTreeMap<u32, BTreeMap<String, u32>>,
}

impl Names {
    /// The number of a name.
    pub fn number(&mut self, kind: NameKind, text: &str) -> u32 {
        self.keyed(kind, text, text)
    }

    /// The number of a name that is the same as others with the same `key`.
    fn keyed(&mut self, kind: NameKind, key: &str, text: &str) -> u32 {
        let key = (kind, key.to_owned());
        if let Some(&known) = self.known.get(&key) {
            return known;
        }
        let number = self.text.len() as u32;
        self.known.insert(key, number);
        self.text.push(text.to_owned());
        self.kind.push(kind);
        number
    }

    /// The number of a state, whatever the document calls it.
    fn state(&mut self, code: &str, text: &str) -> u32 {
        let number = self.keyed(NameKind::State, code, text);
        *self.states.entry(number).or_default().entry(text.to_owned()).or_default() += 1;
        number
    }

    /// Gives states the name that they most often go under; of two, the first in the alphabet.
    pub fn finish(&mut self) {
        for (&number, names) in &self.states {
            let most = names.values().max().copied().unwrap_or_default();
            if let Some((name, _)) = names.iter().find(|(_, count)| **count == most) {
                self.text[number as usize].clone_from(name);
            }
        }
    }
}

/// The names of one document, as numbers in [`Names`].
#[derive(Debug)]
pub(crate) struct DocumentNames<'r> {
    record: &'r Record,
    entities: HashMap<&'r str, u32>,
}

impl<'r> DocumentNames<'r> {
    pub fn new(record: &'r Record, names: &mut Names) -> Self {
        let mut clusters: HashMap<&str, &ClusterRecord> = HashMap::new();
        for cluster in &record.clusters {
            for mention in &cluster.mentions {
                if let Some(entity) = &mention.entity {
                    clusters.insert(entity, cluster);
                }
            }
        }
        let mut number = |entity: &EntityRecord| {
            let cluster = clusters.get(entity.id.as_str()).copied();
            let label = cluster.map_or(entity.label.as_str(), |cluster| &cluster.label);
            let text = entity.canonical.as_deref().unwrap_or(&entity.text);
            let kind = NameKind::of(label, cluster);
            match cluster.and_then(|cluster| cluster.country.as_deref()) {
                Some(code) if kind == NameKind::State => names.state(code, text),
                _ => names.number(kind, text),
            }
        };
        let entities = record.entities.iter().map(|entity| (entity.id.as_str(), number(entity))).collect();
        Self { record, entities }
    }

    /// The number of an entity mention's name.
    pub fn entity(&self, id: Option<&str>) -> Option<u32> {
        self.entities.get(id?).copied()
    }

    /// The names that the text itself holds, without those in cited sources, sorted.
    pub fn in_text(&self) -> Vec<u32> {
        let own = self.record.entities.iter().filter(|entity| entity.citation.is_none());
        let mut numbers: Vec<u32> = own.filter_map(|entity| self.entity(Some(&entity.id))).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

/// How a holder of a stance is called that is no entity mention.
pub(crate) fn unnamed_holder(record: &Record, kind: HolderKind, text: Option<&str>) -> String {
    match (kind, text, &record.meta.author) {
        (HolderKind::Author, _, Some(author)) => format!("{author} (author)"),
        (HolderKind::Author, _, None) => "(author)".to_owned(),
        (_, Some(text), _) => text.to_owned(),
        (_, None, _) => "(no name)".to_owned(),
    }
}
