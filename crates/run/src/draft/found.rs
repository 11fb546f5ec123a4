//! What a look at an archive finds.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use docmill_input::Item;
use docmill_lexicon::lists::FIELD_NAMES;
use serde_json::Value;

/// A field whose texts are shorter (characters, on average) is hardly the text of a document.
const SHORTEST: u64 = 80;
/// Fields that are counted.
const COUNTED: usize = 1000;

/// Ends of names of compressed files.
const PACKED: [&str; 8] = ["gz", "gzip", "zst", "zstd", "bz2", "xz", "tgz", "txz"];

/// What was found.
#[derive(Default)]
pub(super) struct Found {
    pub documents: u64,
    /// Documents that are records with fields.
    pub records: u64,
    kinds: BTreeMap<String, u64>,
    /// Fields of records: how many have one, and how long their texts are together.
    fields: BTreeMap<String, (u64, u64)>,
}

impl Found {
    /// Counts a document.
    pub fn add(&mut self, item: &Item, fields: Option<Vec<(String, Value)>>) {
        self.documents += 1;
        let source = item.source();
        let name = source.member.as_deref().unwrap_or(&source.path);
        let name = name.rsplit('/').next().unwrap_or(name);
        let kind = name.split_once('.').filter(|(stem, _)| !stem.is_empty());
        let kind = kind.and_then(|(_, ends)| ends.rsplit('.').find(|end| !PACKED.contains(end)));
        let kind =
            kind.map_or_else(|| "without an extension".to_owned(), |end| format!(".{}", end.to_lowercase()));
        *self.kinds.entry(kind).or_default() += 1;
        let Some(fields) = fields else { return };
        self.records += 1;
        for (name, value) in fields {
            self.field(&name, &value, 0);
        }
    }

    fn field(&mut self, name: &str, value: &Value, depth: usize) {
        let length = match value {
            Value::Object(fields) if depth < 3 => {
                for (key, value) in fields {
                    self.field(&format!("{name}.{key}"), value, depth + 1);
                }
                return;
            }
            Value::Null => return,
            Value::String(text) => text.chars().count(),
            Value::Array(items) => {
                items.iter().filter_map(Value::as_str).map(|text| text.chars().count()).sum()
            }
            other => other.to_string().len(),
        };
        if self.fields.len() < COUNTED || self.fields.contains_key(name) {
            let (times, all) = self.fields.entry(name.to_owned()).or_default();
            *times += 1;
            *all += length as u64;
        }
    }

    /// The fields by name, with the number of records that have them.
    pub fn fields(&self) -> impl Iterator<Item = (&str, u64)> {
        self.fields.iter().map(|(name, (times, _))| (name.as_str(), *times))
    }

    /// The average length of a field's texts.
    pub fn mean(&self, name: &str) -> u64 {
        self.fields.get(name).map_or(0, |(times, all)| all / (*times).max(1))
    }

    /// The field for each fact of a document.
    pub fn names(&self) -> BTreeMap<&'static str, String> {
        let mut names: BTreeMap<&'static str, String> = BTreeMap::new();
        for [role, name] in FIELD_NAMES.shipped().fields() {
            // A path counts by its last part: `article.body`.
            let is_it = |field: &&String| {
                field.rsplit('.').next().is_some_and(|last| last.eq_ignore_ascii_case(name))
            };
            let often = |field: &&String| self.fields.get(*field).map_or(0, |(times, _)| *times);
            let nearest = self
                .fields
                .keys()
                .filter(is_it)
                .max_by_key(|field| (often(field), Reverse(field.matches('.').count())));
            let Some(field) = nearest else { continue };
            if role == "text" && self.mean(field) < SHORTEST / 2 || names.values().any(|taken| taken == field)
            {
                continue;
            }
            // A likelier name loses to one that far more records have.
            let rarer = |taken: &String| often(&taken) * 2 < often(&field);
            if names.get(role).is_none_or(rarer) {
                names.insert(role, field.clone());
            }
        }
        if !names.contains_key("text") {
            let longest = self.fields.keys().max_by_key(|name| self.mean(name));
            if let Some(longest) = longest.filter(|name| self.mean(name) >= SHORTEST) {
                names.retain(|_, name| name != longest);
                names.insert("text", longest.clone());
            }
        }
        names
    }

    /// `500 .jsonl, 12 .pdf`.
    pub fn kinds(&self) -> String {
        let mut kinds: Vec<(&String, &u64)> = self.kinds.iter().collect();
        kinds.sort_by_key(|(_, count)| Reverse(**count));
        kinds.iter().map(|(kind, count)| format!("{count} {kind}")).collect::<Vec<_>>().join(", ")
    }
}
