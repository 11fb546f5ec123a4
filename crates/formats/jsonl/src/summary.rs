//! What an output holds, counted.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::record::RecordStatus;
use crate::{JsonlError, Reader};

/// What an output holds, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Records.
    pub documents: u64,
    /// Records with status `failed`.
    pub failed: u64,
    /// Failures by stage; those without one are under `input`.
    pub failed_by_stage: BTreeMap<String, u64>,
    /// Documents that a stage did not run on, by stage.
    pub skipped_by_stage: BTreeMap<String, u64>,
    /// Records marked as doubles of earlier documents, by kind.
    pub duplicates: BTreeMap<String, u64>,
    /// Documents that are not in the output, if its `run.json` is there to say.
    pub left_out: Option<LeftOut>,
    /// Bytes of the documents as they were read.
    pub source_bytes: u64,
    /// Bytes of the records, before compression.
    pub record_bytes: u64,
    /// Sentences.
    pub sentences: u64,
    /// Entity mentions by type.
    pub entities: BTreeMap<String, u64>,
    /// Stances by polarity.
    pub stances: BTreeMap<String, u64>,
    /// Quotations by kind.
    pub quotes: BTreeMap<String, u64>,
    /// Citations by outlet.
    pub citations: BTreeMap<String, u64>,
    /// The names that are mentioned most, most frequent first.
    pub names: Vec<Name>,
    /// Documents by language, where it could be told.
    pub languages: BTreeMap<String, u64>,
    /// Events by type.
    pub events: BTreeMap<String, u64>,
    /// Who is quoted most, most frequent first.
    pub speakers: Vec<Counted>,
    /// Who is for or against whom most often, most frequent first.
    pub sides: Vec<Counted>,
}

/// Something and how often it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// What: a name, or `HOLDER against TARGET`.
    pub what: String,
    /// How often.
    pub times: u64,
}

/// What was counted and is not listed whole.
#[derive(Default)]
struct Tallies {
    names: Names,
    speakers: BTreeMap<String, u64>,
    sides: BTreeMap<String, u64>,
}

/// Documents that were read and left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Taken out by a stage on purpose.
    pub filtered: u64,
    /// Doubles of earlier documents.
    pub duplicates: u64,
}

/// A name and how often it is mentioned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Name {
    /// The canonical name, where mentions have one, else their words.
    pub name: String,
    /// Type of the entity.
    pub label: String,
    /// Mentions.
    pub mentions: u64,
    /// Records that mention it.
    pub documents: u64,
}

impl Summary {
    /// Counts all records; lists the `top` names. Memory grows with the number of different names and outlets, not
    /// with the number of records.
    ///
    /// # Errors
    /// Those of [`Reader::next_line`], and a line that is no record.
    pub fn read(mut reader: Reader, top: usize) -> Result<Self, JsonlError> {
        let mut summary = Self::default();
        let mut tallies = Tallies::default();
        while let Some((line, bytes)) = reader.next_line()? {
            let message = match serde_json::from_slice(bytes) {
                Ok(record) => {
                    summary.record_bytes += bytes.len() as u64 + 1;
                    summary.add(&record, &mut tallies);
                    continue;
                }
                Err(error) => format!("not a docmill record: {error}"),
            };
            return Err(JsonlError::Line { path: reader.path().to_owned(), line, message });
        }
        summary.names = tallies.names.top(top);
        summary.speakers = most(tallies.speakers, top);
        summary.sides = most(tallies.sides, top);
        Ok(summary)
    }

    fn add(&mut self, record: &CountedRecord<'_>, tallies: &mut Tallies) {
        self.documents += 1;
        if record.status == RecordStatus::Failed {
            self.failed += 1;
            let stage = record.error.as_ref().and_then(|error| error.stage.as_deref());
            count(&mut self.failed_by_stage, stage.unwrap_or("input"));
        }
        record.skipped.iter().for_each(|skipped| count(&mut self.skipped_by_stage, &skipped.stage));
        if let Some(duplicate) = &record.duplicate {
            count(&mut self.duplicates, &duplicate.kind);
        }
        self.source_bytes += record.source.bytes;
        self.sentences += record.sentences.len() as u64;
        let types = record.types();
        for entity in &record.entities {
            count(&mut self.entities, &entity.label);
            let label = types.get(&*entity.id).copied().unwrap_or(&entity.label);
            tallies.names.add(entity, label, self.documents);
        }
        if let Some(language) = &record.language {
            count(&mut self.languages, language);
        }
        record.events.iter().for_each(|event| count(&mut self.events, &event.kind));
        for stance in &record.stances {
            count(&mut self.stances, &stance.polarity);
            if let (Some(holder), Some(target)) = (record.name(&stance.holder), record.name(&stance.target)) {
                let verb = if stance.polarity == "favor" { "for" } else { "against" };
                count(&mut tallies.sides, &format!("{holder} {verb} {target}"));
            }
        }
        for quote in &record.quotes {
            count(&mut self.quotes, &quote.kind);
            if let Some(speaker) = quote.speaker.as_ref().and_then(|speaker| record.name(speaker)) {
                count(&mut tallies.speakers, speaker);
            }
        }
        record.citations.iter().for_each(|citation| count(&mut self.citations, &citation.outlet));
    }
}

/// The most frequent ones.
fn most(counts: BTreeMap<String, u64>, top: usize) -> Vec<Counted> {
    let mut all: Vec<Counted> = counts.into_iter().map(|(what, times)| Counted { what, times }).collect();
    // By name where the counts are equal: the map's order, which the sort keeps.
    all.sort_by_key(|counted| std::cmp::Reverse(counted.times));
    all.truncate(top);
    all
}

fn count(counts: &mut BTreeMap<String, u64>, key: &str) {
    match counts.get_mut(key) {
        Some(count) => *count += 1,
        None => drop(counts.insert(key.to_owned(), 1)),
    }
}

/// Names by type and word.
#[derive(Default)]
struct Names(BTreeMap<String, BTreeMap<String, Tally>>);

#[derive(Default)]
struct Tally {
    mentions: u64,
    documents: u64,
    /// Number of the record that mentioned it last.
    last: u64,
}

impl Names {
    /// Counts a mention; `label` is the type of what it names: `Chinese` is the state, like `China`.
    fn add(&mut self, entity: &CountedEntity<'_>, label: &str, record: u64) {
        let name = entity.canonical.as_ref().unwrap_or(&entity.text);
        if !self.0.contains_key(label) {
            self.0.insert(label.to_owned(), BTreeMap::new());
        }
        let Some(names) = self.0.get_mut(label) else { return };
        let mentions = match names.get_mut(&**name) {
            Some(mentions) => mentions,
            None => names.entry(name.to_string()).or_default(),
        };
        mentions.mentions += 1;
        mentions.documents += u64::from(mentions.last != record);
        mentions.last = record;
    }

    fn top(self, top: usize) -> Vec<Name> {
        let mut all: Vec<Name> = Vec::new();
        for (label, names) in self.0 {
            all.extend(names.into_iter().map(|(name, counts)| Name {
                name,
                label: label.clone(),
                mentions: counts.mentions,
                documents: counts.documents,
            }));
        }
        // By name where the counts are equal: the map's order, which the sort keeps.
        all.sort_by_key(|name| std::cmp::Reverse((name.mentions, name.documents)));
        all.truncate(top);
        all
    }
}

/// The keys of [`crate::Record`] that are counted; the others are passed over.
#[derive(Deserialize)]
struct CountedRecord<'a> {
    status: RecordStatus,
    #[serde(borrow)]
    error: Option<CountedError<'a>>,
    #[serde(borrow, default)]
    skipped: Vec<CountedSkip<'a>>,
    #[serde(borrow, default)]
    duplicate: Option<CountedDuplicate<'a>>,
    source: CountedSource,
    sentences: Vec<IgnoredAny>,
    #[serde(borrow)]
    entities: Vec<CountedEntity<'a>>,
    #[serde(borrow)]
    stances: Vec<CountedStance<'a>>,
    #[serde(borrow)]
    quotes: Vec<CountedQuote<'a>>,
    #[serde(borrow)]
    citations: Vec<CountedCitation<'a>>,
    #[serde(borrow, default)]
    language: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    events: Vec<CountedEvent<'a>>,
    #[serde(borrow, default)]
    clusters: Vec<CountedCluster<'a>>,
}

impl CountedRecord<'_> {
    /// For each mention by a name, the type of what it names.
    fn types(&self) -> HashMap<&str, &str> {
        let mentions = |cluster: &'_ CountedCluster<'_>| cluster.mentions.len();
        let mut types = HashMap::with_capacity(self.clusters.iter().map(mentions).sum());
        for cluster in &self.clusters {
            let named = cluster.mentions.iter().filter_map(|mention| mention.entity.as_deref());
            types.extend(named.map(|entity| (entity, &*cluster.label)));
        }
        types
    }

    /// The name of a party: that of the entity it is, if it is one.
    fn name(&self, party: &CountedParty<'_>) -> Option<&str> {
        let id = party.entity.as_deref()?;
        // `e12` is the twelfth after the first.
        let at: usize = id.get(1..)?.parse().ok()?;
        let entity = self.entities.get(at).filter(|entity| entity.id == id)?;
        Some(entity.canonical.as_deref().unwrap_or(&entity.text))
    }
}

/// Who speaks, holds a stance, or is its target; a mention of a cluster.
#[derive(Deserialize)]
struct CountedParty<'a> {
    #[serde(borrow)]
    entity: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct CountedCluster<'a> {
    #[serde(borrow)]
    label: Cow<'a, str>,
    #[serde(borrow)]
    mentions: Vec<CountedParty<'a>>,
}

#[derive(Deserialize)]
struct CountedEvent<'a> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
}

#[derive(Deserialize)]
struct CountedError<'a> {
    #[serde(borrow)]
    stage: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct CountedSkip<'a> {
    #[serde(borrow)]
    stage: Cow<'a, str>,
}

#[derive(Deserialize)]
struct CountedDuplicate<'a> {
    #[serde(borrow)]
    kind: Cow<'a, str>,
}

#[derive(Deserialize)]
struct CountedSource {
    bytes: u64,
}

#[derive(Deserialize)]
struct CountedEntity<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    label: Cow<'a, str>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow)]
    canonical: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct CountedStance<'a> {
    #[serde(borrow)]
    holder: CountedParty<'a>,
    #[serde(borrow)]
    target: CountedParty<'a>,
    #[serde(borrow)]
    polarity: Cow<'a, str>,
}

#[derive(Deserialize)]
struct CountedQuote<'a> {
    #[serde(borrow)]
    speaker: Option<CountedParty<'a>>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
}

#[derive(Deserialize)]
struct CountedCitation<'a> {
    #[serde(borrow)]
    outlet: Cow<'a, str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_one_name_and_sides_are_counted() {
        let record = r#"{
            "status": "ok", "error": null, "source": {"bytes": 40}, "sentences": [], "quotes": [], "citations": [],
            "entities": [
                {"id": "e0", "label": "LOC", "text": "China", "canonical": "China"},
                {"id": "e1", "label": "MISC", "text": "Chinese", "canonical": "China"},
                {"id": "e2", "label": "LOC", "text": "Laos", "canonical": "Laos"}
            ],
            "clusters": [
                {"label": "LOC", "mentions": [{"entity": "e0"}, {"entity": "e1"}, {"entity": null}]},
                {"label": "LOC", "mentions": [{"entity": "e2"}]}
            ],
            "stances": [
                {"holder": {"entity": "e1"}, "target": {"entity": "e2"}, "polarity": "favor"},
                {"holder": {"entity": "e2"}, "target": {"entity": "e0"}, "polarity": "against"},
                {"holder": {"entity": null}, "target": {"entity": "e0"}, "polarity": "against"}
            ]
        }"#;
        let mut summary = Summary::default();
        let mut tallies = Tallies::default();
        summary.add(&serde_json::from_str(record).unwrap(), &mut tallies);
        let names: Vec<_> = tallies.names.top(5).into_iter().map(|n| (n.name, n.label, n.mentions)).collect();
        let name = |name: &str, mentions| (name.to_owned(), "LOC".to_owned(), mentions);
        assert_eq!(names, [name("China", 2), name("Laos", 1)]);
        let sides: Vec<String> = most(tallies.sides, 5).into_iter().map(|side| side.what).collect();
        assert_eq!(sides, ["China for Laos", "Laos against China"]);
    }
}
