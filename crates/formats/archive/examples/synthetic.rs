//! Records of invented documents on standard output, to measure `docmill names` and `docmill graph` by:
//! `cargo run -p docmill-archive --example synthetic 200000 > synthetic.jsonl`.
//!
//! Each document names a date, two states, three persons with offices, two organizations and two places, mentions each
//! twice, and has two stances, an event and a quotation. One name in four is drawn from a few hundred, the others from a
//! number that grows with the archive, as names in news do.

use std::io::{self, BufWriter, Write};

use serde_json::{Value as Json, json};

/// Numbers that look drawn, the same on each run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    fn number(&mut self, of: u64) -> u64 {
        if self.below(4) == 0 { self.below(300) } else { self.below(of) }
    }
}

const STATES: [(&str, &str); 8] = [
    ("Russia", "RUS"),
    ("Tajikistan", "TJK"),
    ("China", "CHN"),
    ("Iran", "IRN"),
    ("France", "FRA"),
    ("Kenya", "KEN"),
    ("Chile", "CHL"),
    ("Japan", "JPN"),
];
const PARTS: [&str; 10] = ["ba", "do", "ke", "li", "mu", "na", "ro", "sa", "ti", "vu"];

/// A word for a number.
fn word(mut number: u64) -> String {
    let mut word = String::new();
    while word.is_empty() || number > 0 {
        word += PARTS[(number % 10) as usize];
        number /= 10;
    }
    word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect()
}

fn record(i: u64, documents: u64) -> Json {
    let mut draw = Draw(i);
    let mut names: Vec<(String, &str, Option<&str>)> = Vec::new();
    let first = draw.below(8) as usize;
    for state in [first, (first + 1 + draw.below(7) as usize) % 8] {
        let (name, code) = STATES[state];
        names.push((name.into(), "LOC", Some(code)));
    }
    for _ in 0..3 {
        let number = draw.number(documents / 2 + 1);
        names.push((format!("{} {}", word(number % 40), word(number)), "PER", None));
    }
    for _ in 0..2 {
        names.push((format!("{} Bank", word(draw.number(documents / 8 + 1))), "ORG", None));
    }
    for _ in 0..2 {
        names.push((word(draw.number(documents / 8 + 1)), "LOC", None));
    }
    let mut entities = Vec::new();
    let mut clusters = Vec::new();
    for (c, (name, label, country)) in names.iter().enumerate() {
        let mut mentions = Vec::new();
        for half in 0..2 {
            let (id, start) = (format!("e{}", half * names.len() + c), 20 * (half * names.len() + c));
            let end = start + name.len();
            entities.push(
                json!({ "id": id, "start": start, "end": end, "text": name, "label": label, "score": 0.9,
                "sentence": "s0", "canonical": name, "cluster": format!("c{c}"), "citation": null }),
            );
            mentions.push(json!({ "entity": id, "form": "name", "start": start, "end": end, "text": name }));
        }
        clusters.push(json!({ "id": format!("c{c}"), "canonical": name, "label": label, "country": country,
            "mentions": mentions }));
    }
    entities.sort_by_key(|entity| entity["start"].as_u64());
    let party = |c: usize| {
        json!({ "entity": format!("e{c}"), "cluster": format!("c{c}"), "name": names[c].0,
        "country": names[c].2, "part": false, "start": 0, "end": 1, "text": names[c].0 })
    };
    let span = json!({ "start": 0, "end": 400, "text": "it" });
    let roles: Vec<Json> = (2..4)
        .map(|c| {
            json!({ "person": { "entity": format!("e{c}"), "name": names[c].0, "text": names[c].0 },
                "role": { "start": 0, "end": 1, "text": "minister" }, "status": "current", "sentence": "s0",
                "organization": { "entity": "e0", "name": names[0].0, "text": names[0].0 }, "evidence": span })
        })
        .collect();
    let stance = |id: &str, from: usize, to: usize| {
        json!({ "id": id, "holder": { "kind": "entity", "entity": format!("e{from}"), "text": names[from].0 },
            "target": { "kind": "entity", "entity": format!("e{to}"), "text": names[to].0 }, "polarity": "against",
            "score": 0.9, "relation": null, "modality": "asserted", "sentence": "s0", "evidence": span })
    };
    json!({
        "schema_version": "2.1", "run_id": "synthetic", "id": format!("{i}.txt"), "status": "ok", "error": null,
        "duplicate": null,
        "source": { "path": format!("{i}.txt"), "member": null, "line": null, "sha256": null, "bytes": 0,
            "encoding": null, "replaced": 0 },
        "meta": { "title": null, "publication": null, "volume": null, "issue": null, "author": null, "extra": [],
            "date": format!("20{:02}-{:02}-{:02}", i % 20, 1 + i % 12, 1 + i % 28) },
        "language": "en", "offset_unit": "codepoint", "text": null, "sentences": [], "tokens": [],
        "entities": entities, "clusters": clusters, "roles": roles,
        "sentiment": { "document": null, "sentences": [], "entities": [] },
        "stances": [stance("st0", 0, 1), stance("st1", 2, 0)],
        "quotes": [{ "id": "q0", "kind": "direct", "act": "speech", "content": span, "cue": null, "continues": null,
            "speaker": { "start": 0, "end": 1, "text": names[2].0, "entity": "e2" } }],
        "citations": [],
        "events": [{ "id": "ev0", "type": "CONSULT", "status": "happened", "trigger": span, "sentence": "s0",
            "actors": [party(0)], "recipients": [party(1)], "time": null, "place": null, "quote": null,
            "citation": null, "score": 0.8 }],
    })
}

fn main() -> io::Result<()> {
    let documents = std::env::args().nth(1).and_then(|number| number.parse().ok()).unwrap_or(1000);
    let mut out = BufWriter::new(io::stdout().lock());
    for i in 0..documents {
        writeln!(out, "{}", record(i, documents))?;
    }
    out.flush()
}
