//! Entities of `FollowTheMoney` (<https://followthemoney.tech>), one JSON object a line, as `ftm` and Aleph read them.
//!
//! What a document says stays apart from whom it means: a `Mention` has the name as the document has it, and `resolved`
//! leads to the `Person`, `Organization` or `PublicBody` (a state or one of its bodies) that the rules made of it.

use std::path::Path;

use docmill_jsonl::Record;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::error::ArchiveError;
use crate::facts::{Fact, FactKind, Side};
use crate::row::{NameKind, NameRow, Rule};
use crate::text_file::TextFile;
use crate::words::short_codes;

/// Entities on their way to a file.
#[derive(Debug)]
pub(crate) struct Ftm {
    file: TextFile,
    codes: FxHashMap<&'static str, String>,
}

impl Ftm {
    /// Begins the file.
    pub fn create(path: &Path) -> Result<Self, ArchiveError> {
        Ok(Self { file: TextFile::create(path)?, codes: short_codes() })
    }

    /// Adds a document.
    pub fn article(&mut self, record: &Record) -> Result<(), ArchiveError> {
        let meta = &record.meta;
        let mut properties = Properties::default();
        properties.add("title", meta.title.clone());
        properties.add("fileName", Some(record.id.clone()));
        properties.add("publisher", meta.publication.clone());
        properties.add("author", meta.author.clone());
        properties.add("publishedAt", meta.date.as_deref().and_then(date));
        self.write(&article_id(&record.id), "Article", &properties)
    }

    /// Adds a name.
    pub fn name(&mut self, row: &NameRow) -> Result<(), ArchiveError> {
        let mut properties = Properties::default();
        properties.add("name", Some(row.name.clone()));
        for alias in row.aliases.iter().filter(|alias| alias.name != row.name) {
            properties.add("alias", Some(alias.name.clone()));
        }
        properties.add("country", self.code(row.country.as_deref()));
        if row.ambiguous {
            properties.add("notes", Some("Several entities may have this name.".to_owned()));
        }
        for role in row.roles.iter().filter(|_| row.kind == NameKind::Person) {
            properties.add("position", Some(role.role.clone()));
        }
        if row.kind == NameKind::Place {
            properties.add("latitude", row.latitude.map(|degrees| degrees.to_string()));
            properties.add("longitude", row.longitude.map(|degrees| degrees.to_string()));
        }
        let body = row.merges.iter().any(|merge| merge.rule == Rule::StateBody);
        self.write(&row.id, schema_of(row.kind, body), &properties)
    }

    /// Adds a fact. Places are targets of links alone: what is mentioned, takes part in an event or has an office is a
    /// person or a body in this model; where an event takes place is its `location`.
    pub fn fact(&mut self, fact: &Fact) -> Result<(), ArchiveError> {
        let of = |side: Side| {
            let ends = fact.ends.iter().filter(move |end| {
                let link = matches!(fact.kind, FactKind::For | FactKind::Against | FactKind::Quote);
                end.side == side && (end.kind != NameKind::Place || link)
            });
            ends.map(|end| end.id.clone()).collect::<Vec<_>>()
        };
        let (sources, targets) = (of(Side::Source), of(Side::Target));
        let mut properties = Properties::default();
        let (key, schema, [source, target]) = match fact.kind {
            FactKind::Mention => {
                let Some(end) = fact.ends.iter().find(|end| end.kind != NameKind::Place) else {
                    return Ok(());
                };
                properties.add("document", Some(article_id(&fact.source)));
                properties.add("detectedSchema", Some(schema_of(end.kind, false).to_owned()));
                properties.add("contextCountry", self.code(end.country.as_deref()));
                for name in &fact.texts {
                    properties.add("name", Some(name.clone()));
                }
                ("m", "Mention", ["resolved", ""])
            }
            FactKind::For | FactKind::Against => {
                let side = if fact.kind == FactKind::For { "for" } else { "against" };
                properties.add("role", Some(format!("{side}, by {}", fact.label)));
                ("l", "UnknownLink", ["subject", "object"])
            }
            FactKind::Quote => {
                properties.add("role", Some("speaks of".to_owned()));
                ("l", "UnknownLink", ["subject", "object"])
            }
            FactKind::Role => {
                properties.add("role", Some(fact.label.clone()));
                properties.add("status", fact.status.clone());
                ("l", "Membership", ["member", "organization"])
            }
            FactKind::Event => {
                properties.add("name", Some(fact.label.clone()));
                properties.add("keywords", fact.status.clone());
                properties.add("location", fact.place.clone());
                ("v", "Event", ["organizer", "involved"])
            }
        };
        let linked = !sources.is_empty() && (!targets.is_empty() || target.is_empty());
        if !linked && fact.kind != FactKind::Event || (sources.is_empty() && targets.is_empty()) {
            return Ok(());
        }
        for id in sources {
            properties.add(source, Some(id));
        }
        for id in targets {
            properties.add(target, Some(id));
        }
        if fact.kind != FactKind::Mention {
            properties.add("proof", Some(article_id(&fact.source)));
            properties.add("date", fact.time.as_deref().and_then(date));
            for text in &fact.texts {
                properties.add("summary", Some(text.clone()));
            }
        }
        let id = hash(key, &format!("{}\n{}", fact.source, fact.number));
        self.write(&id, schema, &properties)
    }

    fn code(&self, code: Option<&str>) -> Option<String> {
        self.codes.get(code?).cloned()
    }

    fn write(&mut self, id: &str, schema: &str, properties: &Properties) -> Result<(), ArchiveError> {
        let entity = json!({ "id": id, "schema": schema, "properties": properties.0 });
        self.file.write(&(entity.to_string() + "\n"))
    }

    /// Ends the file.
    pub fn finish(self) -> Result<(), ArchiveError> {
        self.file.finish()
    }
}

/// Values by property.
#[derive(Debug, Default)]
struct Properties(Map<String, Value>);

impl Properties {
    fn add(&mut self, name: &str, value: Option<String>) {
        let Some(value) = value.filter(|value| !value.trim().is_empty()) else { return };
        let values = self.0.entry(name).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(values) = values {
            let value = Value::String(value);
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }
}

fn schema_of(kind: NameKind, body: bool) -> &'static str {
    match kind {
        NameKind::Person => "Person",
        NameKind::Organization if !body => "Organization",
        NameKind::Organization | NameKind::State => "PublicBody",
        NameKind::Place => "Address",
    }
}

fn article_id(id: &str) -> String {
    hash("d", id)
}

fn hash(key: &str, text: &str) -> String {
    let digest = Sha256::digest(text);
    let number = digest.iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
    format!("{key}{number:016x}")
}

/// A day, month or year of the calendar; other TIMEX3 values (`2005-W37`, `P3D`) are none.
fn date(value: &str) -> Option<String> {
    let digits = |text: &str, length: usize| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    let mut parts = value.split('-');
    let year = parts.next().is_some_and(|year| digits(year, 4));
    let rest: Vec<&str> = parts.collect();
    (year && rest.len() < 3 && rest.iter().all(|part| digits(part, 2))).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_years_are_dates() {
        for (value, is) in
            [("2005-09-13", true), ("2005-09", true), ("2005", true), ("2005-W37", false), ("P3D", false)]
        {
            assert_eq!(date(value).is_some(), is, "{value}");
        }
    }
}
