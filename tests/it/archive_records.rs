//! Records of small invented articles, for what reads the records of a whole archive.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

/// A record under way. Names are added first, and spoken of by their number.
pub struct Article {
    id: String,
    date: Option<String>,
    entities: Vec<Json>,
    clusters: Vec<Json>,
    lists: BTreeMap<&'static str, Vec<Json>>,
}

pub fn article(id: &str, date: &str) -> Article {
    let date = (!date.is_empty()).then(|| date.to_owned());
    Article { id: id.into(), date, entities: Vec::new(), clusters: Vec::new(), lists: BTreeMap::new() }
}

impl Article {
    /// A name with the ways in which it is written; a state has its code.
    pub fn name(mut self, label: &str, country: Option<&str>, written: &[&str]) -> Self {
        let cluster = format!("c{}", self.clusters.len());
        let mut mentions = Vec::new();
        for (i, text) in written.iter().enumerate() {
            let (id, start) = (format!("e{}", self.entities.len()), 100 * self.entities.len());
            let end = start + text.chars().count();
            let form = if i == 0 { "name" } else { "short" };
            mentions.push(json!({ "entity": id, "form": form, "start": start, "end": end, "text": text }));
            self.entities.push(json!({ "id": id, "start": start, "end": end, "text": text, "label": label,
                "score": 0.9, "sentence": "s0", "canonical": written[0], "cluster": cluster, "citation": null }));
        }
        self.clusters
            .push(json!({ "id": cluster, "canonical": written[0], "label": label, "country": country,
            "mentions": mentions }));
        self
    }

    /// The first mention of a name.
    fn entity(&self, name: usize) -> String {
        self.clusters[name]["mentions"][0]["entity"].as_str().unwrap().to_owned()
    }

    fn add(&mut self, list: &'static str, item: Json) {
        self.lists.entry(list).or_default().push(item);
    }

    pub fn place(mut self, name: usize, geonames: u32, gazetteer: &str, country: &str, at: [f64; 2]) -> Self {
        let id = format!("pl{}", self.lists.get("places").map_or(0, Vec::len));
        let entity = self.entity(name);
        self.add(
            "places",
            json!({ "id": id, "entity": entity, "start": 0, "end": 1, "text": "x", "form": "name",
            "geonames": geonames, "name": gazetteer, "feature": "town", "country": country, "admin1": null,
            "latitude": at[0], "longitude": at[1], "score": 0.9, "margin": 0.5, "candidates": 2 }),
        );
        self
    }

    pub fn role(mut self, person: usize, role: &str, organization: Option<usize>) -> Self {
        let party = |entity: String| json!({ "entity": entity, "name": null, "text": "x" });
        let organization = organization.map(|name| party(self.entity(name)));
        let person = party(self.entity(person));
        self.add(
            "roles",
            json!({ "person": person, "role": { "start": 0, "end": 1, "text": role }, "status": "current",
            "organization": organization, "sentence": "s0", "evidence": span() }),
        );
        self
    }

    pub fn stance(mut self, holder: usize, polarity: &str, target: usize) -> Self {
        let id = format!("st{}", self.lists.get("stances").map_or(0, Vec::len));
        let (holder, target) = (self.entity(holder), self.entity(target));
        self.add("stances", json!({ "id": id, "holder": { "kind": "entity", "entity": holder, "text": "x" },
            "target": { "kind": "entity", "entity": target, "text": "x", "start": 0, "end": 1 }, "polarity": polarity,
            "score": 0.9, "basis": "deeds", "relation": null, "modality": "asserted", "sentence": "s0",
            "evidence": span() }));
        self
    }

    pub fn event(mut self, kind: &str, actors: &[usize], recipients: &[usize], place: Option<usize>) -> Self {
        let id = format!("ev{}", self.lists.get("events").map_or(0, Vec::len));
        let party = |name: &usize| {
            json!({ "entity": self.entity(*name), "cluster": format!("c{name}"),
            "name": self.clusters[*name]["canonical"], "country": self.clusters[*name]["country"], "part": false,
            "start": 0, "end": 1, "text": "x" })
        };
        let place = place.map(|name| {
            json!({ "entity": self.entity(name), "name": self.clusters[name]["canonical"],
            "text": "x", "place": "pl0" })
        });
        let event = json!({ "id": id, "type": kind, "status": "happened", "trigger": span(), "sentence": "s0",
            "actors": actors.iter().map(party).collect::<Vec<_>>(),
            "recipients": recipients.iter().map(party).collect::<Vec<_>>(),
            "time": { "time": "t0", "value": "2005-09-13", "text": "Tuesday" }, "place": place, "quote": null,
            "citation": null, "score": 0.8 });
        self.add("events", event);
        self
    }

    /// Words that begin before the first name and end behind the last.
    pub fn quote(mut self, speaker: usize) -> Self {
        let id = format!("q{}", self.lists.get("quotes").map_or(0, Vec::len));
        let speaker = json!({ "start": 0, "end": 1, "text": "x", "entity": self.entity(speaker) });
        let content = json!({ "start": 0, "end": 100_000, "text": "it is <so> & so" });
        self.add(
            "quotes",
            json!({ "id": id, "kind": "direct", "act": "speech", "content": content,
            "speaker": speaker, "cue": null, "continues": null }),
        );
        self
    }

    /// The record's line.
    pub fn line(self) -> String {
        let list = |name: &str| self.lists.get(name).cloned().unwrap_or_default();
        let record = json!({
            "schema_version": "2.1", "run_id": "r", "id": self.id, "status": "ok", "error": null, "duplicate": null,
            "source": { "path": self.id, "member": null, "line": null, "sha256": null, "bytes": 0, "encoding": null,
                "replaced": 0 },
            "meta": { "title": format!("About {}", self.id), "publication": null, "volume": null, "issue": null,
                "date": self.date, "author": null, "extra": [] },
            "language": "en", "offset_unit": "codepoint", "text": null, "sentences": [], "tokens": [],
            "entities": self.entities, "clusters": self.clusters, "roles": list("roles"),
            "sentiment": { "document": null, "sentences": [], "entities": [] }, "stances": list("stances"),
            "quotes": list("quotes"), "citations": [], "places": list("places"), "events": list("events"),
        });
        record.to_string() + "\n"
    }
}

fn span() -> Json {
    json!({ "start": 0, "end": 1, "text": "x" })
}
