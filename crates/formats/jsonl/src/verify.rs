//! Whether lines keep their promises.

use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};

use docmill_core::OffsetUnit;
use serde_json::{Map, Value};

use crate::record::{Record, SCHEMA_VERSION};
use crate::{JsonlError, Reader};

/// Problems that are listed; all are counted.
const LISTED: usize = 100;

/// Something that a line promises and does not keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub path: PathBuf,
    /// 1-based line; 0 if it concerns the whole file.
    pub line: u64,
    /// Where in the record, as a JSON pointer.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.path.display())?;
        if self.line > 0 {
            write!(f, "{}:", self.line)?;
        }
        write!(f, " {}{}{}", self.pointer, if self.pointer.is_empty() { "" } else { ": " }, self.message)
    }
}

/// What a verification found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Lines read.
    pub lines: u64,
    /// Records with status `ok`.
    pub ok: u64,
    /// Records with status `failed`.
    pub failed: u64,
    /// Spans whose text was compared with their slice of the document.
    pub spans: u64,
    /// Spans of records without text, which could not be compared.
    pub unchecked_spans: u64,
    /// Problems found.
    pub problem_count: u64,
    /// The first hundred of them.
    pub problems: Vec<Problem>,
    /// The file at hand.
    path: PathBuf,
}

impl Report {
    /// True if every line keeps its promises.
    pub fn is_clean(&self) -> bool {
        self.problem_count == 0
    }

    /// The figures in one line.
    pub fn summary(&self) -> String {
        let mut summary = format!(
            "{} lines ({} ok, {} failed), {} spans checked, {} problems",
            self.lines, self.ok, self.failed, self.spans, self.problem_count
        );
        if self.unchecked_spans > 0 {
            summary += &format!("; {} spans of records without text not checked", self.unchecked_spans);
        }
        summary
    }

    /// Adds what is wrong with a file as a whole.
    pub(crate) fn add_whole(&mut self, path: &Path, error: &JsonlError) {
        match error {
            JsonlError::Changed { path, why } => {
                self.add_problem(path, format!("changed since it was written: {why}"));
            }
            other => self.add_problem(path, other.to_string()),
        }
    }

    pub(crate) fn add_problem(&mut self, path: &Path, message: String) {
        path.clone_into(&mut self.path);
        self.add(0, "", message);
    }

    fn add(&mut self, line: u64, pointer: &str, message: impl Into<String>) {
        self.problem_count += 1;
        if self.problems.len() < LISTED {
            let (path, pointer) = (self.path.clone(), pointer.to_owned());
            self.problems.push(Problem { path, line, pointer, message: message.into() });
        }
    }
}

/// Checks every line: the record's shape, that every span's text is its slice of the document, that ids are unique,
/// and that what is referred to is there, in the record or, for duplicates, before it.
///
/// Ids are remembered as 64-bit hashes: 8 bytes a record, and a false alarm in one of four billion files of 100,000
/// records.
///
/// # Errors
/// If the file cannot be read. What is wrong inside it is in the report.
pub fn verify(mut reader: Reader) -> Result<Report, JsonlError> {
    let mut report = Report::default();
    let mut ids = HashSet::new();
    let hasher = RandomState::new();
    let required = required_keys()?;
    let mut keys: Option<Vec<String>> = None;
    while let Some((line, bytes)) = reader.next_line()? {
        report.lines += 1;
        let value = serde_json::from_slice(bytes);
        if report.path != reader.path() {
            reader.path().clone_into(&mut report.path);
        }
        let value: Value = match value {
            Ok(value) => value,
            Err(error) => {
                report.add(line, "", format!("not JSON: {error}"));
                continue;
            }
        };
        if let Some(version) = foreign_version(&value) {
            let message = format!(
                "version {version}, this program knows {SCHEMA_VERSION}; use the docmill that wrote it"
            );
            report.add(line, "/schema_version", message);
            continue;
        }
        if let Err(error) = Record::deserialize_from(&value) {
            report.add(line, "", format!("not a docmill record: {error}"));
            continue;
        }
        let Value::Object(record) = &value else { continue };
        check_shape(record, &required, &mut keys, line, &mut report);
        let id = record.get("id").and_then(Value::as_str).unwrap_or_default();
        if !ids.insert(hasher.hash_one(id)) {
            report.add(line, "/id", format!("`{id}` is the id of an earlier record too"));
        }
        check_duplicate(record, |first| ids.contains(&hasher.hash_one(first)), line, &mut report);
        match record.get("status").and_then(Value::as_str) {
            Some("ok") => report.ok += 1,
            _ => report.failed += 1,
        }
        let slicer = Slicer::of(record);
        check_spans(&value, slicer.as_ref(), &mut Pointer::default(), line, &mut report);
        check_references(record, line, &mut report);
        check_heads(record, line, &mut report);
    }
    Ok(report)
}

impl Record {
    fn deserialize_from(value: &Value) -> Result<Self, serde_json::Error> {
        serde::Deserialize::deserialize(value)
    }
}

/// The version of a record of a later major version. What earlier ones lack has defaults.
fn foreign_version(record: &Value) -> Option<&str> {
    let major = |version: &str| version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    let version = record.get("schema_version")?.as_str()?;
    (major(version).is_none() || major(version) > major(SCHEMA_VERSION)).then_some(version)
}

/// The keys that stand on every line.
fn required_keys() -> Result<Vec<String>, JsonlError> {
    let schema = crate::schema(&[])?;
    let keys = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    Ok(keys.iter().filter_map(|key| key.as_str().map(str::to_owned)).collect())
}

fn check_shape(
    record: &Map<String, Value>,
    required: &[String],
    keys: &mut Option<Vec<String>>,
    line: u64,
    report: &mut Report,
) {
    for key in required.iter().filter(|key| !record.contains_key(*key)) {
        report.add(line, "", format!("the key `{key}` is missing"));
    }
    let first = keys.get_or_insert_with(|| record.keys().cloned().collect());
    for key in first.iter().filter(|key| !record.contains_key(*key) && !required.contains(*key)) {
        report.add(line, "", format!("the key `{key}` is missing, which earlier lines have"));
    }
    for key in record.keys().filter(|key| !first.contains(*key) && !required.contains(*key)) {
        report.add(line, "", format!("the key `{key}` is new, the shape may not vary"));
    }
    let failed = record.get("status").and_then(Value::as_str) == Some("failed");
    if failed == record.get("error").is_none_or(Value::is_null) {
        report.add(line, "/error", "only failed records have an error, and each has one");
    }
}

/// A double refers to an earlier record, and says how much of it is the same.
fn check_duplicate(
    record: &Map<String, Value>,
    is_earlier: impl Fn(&str) -> bool,
    line: u64,
    report: &mut Report,
) {
    let Some(duplicate) = record.get("duplicate").filter(|value| !value.is_null()) else { return };
    let first = duplicate.get("of").and_then(Value::as_str).unwrap_or_default();
    if record.get("id").and_then(Value::as_str) == Some(first) || !is_earlier(first) {
        report.add(line, "/duplicate/of", format!("no earlier record is called `{first}`"));
    }
    let similarity = duplicate.get("similarity").and_then(Value::as_f64).unwrap_or(-1.0);
    if !(0.0..=1.0).contains(&similarity) {
        report.add(line, "/duplicate/similarity", format!("{similarity} is no share"));
    }
}

/// Slices a text by positions of the record's unit.
struct Slicer<'t> {
    text: &'t str,
    /// Byte of each position; `u32::MAX` inside a surrogate pair. None where positions are bytes.
    bytes: Option<Vec<u32>>,
}

impl<'t> Slicer<'t> {
    fn of(record: &'t Map<String, Value>) -> Option<Self> {
        let text = record.get("text").and_then(Value::as_str)?;
        let unit: OffsetUnit = serde_json::from_value(record.get("offset_unit")?.clone()).ok()?;
        let mut bytes = Vec::new();
        if unit == OffsetUnit::Bytes || text.is_ascii() {
            return Some(Self { text, bytes: None });
        }
        for (at, c) in text.char_indices() {
            bytes.push(at as u32);
            if unit == OffsetUnit::Utf16 && c.len_utf16() == 2 {
                bytes.push(u32::MAX);
            }
        }
        bytes.push(text.len() as u32);
        Some(Self { text, bytes: Some(bytes) })
    }

    fn slice(&self, start: u64, end: u64) -> Option<&'t str> {
        let byte = |position: u64| {
            let position = usize::try_from(position).ok()?;
            match &self.bytes {
                None => Some(position),
                Some(bytes) => bytes.get(position).map(|&b| b as usize),
            }
        };
        self.text.get(byte(start)?..byte(end)?)
    }
}

/// Where the check stands in a record; written out only when there is a problem.
#[derive(Default)]
struct Pointer<'v>(Vec<Step<'v>>);

#[derive(Clone, Copy)]
enum Step<'v> {
    Key(&'v str),
    Index(usize),
}

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|step| match step {
            Step::Key(key) => write!(f, "/{}", key.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => write!(f, "/{index}"),
        })
    }
}

fn check_spans<'v>(
    value: &'v Value,
    slicer: Option<&Slicer<'_>>,
    at: &mut Pointer<'v>,
    line: u64,
    report: &mut Report,
) {
    match value {
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                at.0.push(Step::Index(i));
                check_spans(item, slicer, at, line, report);
                at.0.pop();
            }
        }
        Value::Object(fields) => {
            let number = |key: &str| fields.get(key).filter(|value| value.is_number());
            let text = fields.get("text").and_then(Value::as_str);
            if let (Some(start), Some(end), Some(text)) = (number("start"), number("end"), text)
                && let Err(message) = check_span(start, end, text, slicer, report)
            {
                report.add(line, &at.to_string(), message);
            }
            for (key, field) in fields {
                at.0.push(Step::Key(key));
                check_spans(field, slicer, at, line, report);
                at.0.pop();
            }
        }
        _ => {}
    }
}

fn check_span(
    start: &Value,
    end: &Value,
    text: &str,
    slicer: Option<&Slicer<'_>>,
    report: &mut Report,
) -> Result<(), String> {
    let (Some(from), Some(to)) = (start.as_u64(), end.as_u64()) else {
        return Err(format!("{start} and {end} are no positions"));
    };
    let Some(slicer) = slicer else {
        report.unchecked_spans += 1;
        return if from <= to { Ok(()) } else { Err(format!("{from} is behind {to}")) };
    };
    report.spans += 1;
    match slicer.slice(from, to) {
        Some(slice) if slice == text => Ok(()),
        Some(slice) => Err(format!("text {text:?}, but {from}..{to} of the document is {slice:?}")),
        None => Err(format!("text {text:?}, but {from}..{to} is no stretch of the document")),
    }
}

/// What refers to what: array, path to the reference inside an item, array referred to.
const REFERENCES: [(&str, &[&str], &str); 19] = [
    ("tokens", &["sentence"], "sentences"),
    ("entities", &["sentence"], "sentences"),
    ("entities", &["citation"], "citations"),
    ("entities", &["cluster"], "clusters"),
    ("roles", &["person", "entity"], "entities"),
    ("roles", &["organization", "entity"], "entities"),
    ("roles", &["sentence"], "sentences"),
    ("stances", &["holder", "entity"], "entities"),
    ("stances", &["target", "entity"], "entities"),
    ("stances", &["sentence"], "sentences"),
    ("quotes", &["speaker", "entity"], "entities"),
    ("quotes", &["continues"], "quotes"),
    ("sentiment/sentences", &["sentence"], "sentences"),
    ("events", &["sentence"], "sentences"),
    ("events", &["quote"], "quotes"),
    ("events", &["time", "time"], "times"),
    ("events", &["place", "entity"], "entities"),
    ("events", &["place", "place"], "places"),
    ("places", &["entity"], "entities"),
];

/// Heads of tokens are tokens of the same sentence.
fn check_heads(record: &Map<String, Value>, line: u64, report: &mut Report) {
    let tokens = record.get("tokens").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    for (i, token) in tokens.iter().enumerate() {
        let Some(head) = token.get("head").filter(|head| !head.is_null()) else { continue };
        let found = head.as_u64().and_then(|head| tokens.get(usize::try_from(head).ok()?));
        if found.is_none_or(|found| found.get("sentence") != token.get("sentence")) {
            report.add(
                line,
                &format!("/tokens/{i}/head"),
                format!("{head} is no token of the same sentence"),
            );
        }
    }
}

fn check_references(record: &Map<String, Value>, line: u64, report: &mut Report) {
    let array = |path: &str| -> &[Value] {
        let mut keys = path.split('/');
        let first = keys.next().and_then(|key| record.get(key));
        let found = keys.fold(first, |value, key| value.and_then(|v| v.get(key)));
        found.and_then(Value::as_array).map_or(&[], Vec::as_slice)
    };
    let ids = |path: &str| -> BTreeSet<&str> {
        array(path).iter().filter_map(|item| item.get("id").and_then(Value::as_str)).collect()
    };
    let entity_sentiment = ("sentiment/entities", &["entity"][..], "entities");
    for (from, path, to) in REFERENCES.into_iter().chain([entity_sentiment]) {
        let items = array(from);
        if items.is_empty() {
            continue;
        }
        let known = ids(to);
        for (i, item) in items.iter().enumerate() {
            let value = path.iter().try_fold(item, |value, key| value.get(key));
            if let Some(id) = value.and_then(Value::as_str)
                && !known.contains(id)
            {
                report.add(
                    line,
                    &format!("/{from}/{i}/{}", path.join("/")),
                    format!("there is no `{id}` in {to}"),
                );
            }
        }
    }
    check_clusters(array("clusters"), &ids("entities"), line, report);
    for list in
        ["sentences", "entities", "clusters", "stances", "quotes", "citations", "times", "places", "events"]
    {
        if ids(list).len() != array(list).len() {
            report.add(line, &format!("/{list}"), "two items have one id");
        }
    }
}

/// Every mention of a cluster is an entity mention, and of no other cluster.
fn check_clusters(clusters: &[Value], entities: &BTreeSet<&str>, line: u64, report: &mut Report) {
    let mut taken = BTreeSet::new();
    for (i, cluster) in clusters.iter().enumerate() {
        let mentions = cluster.get("mentions").and_then(Value::as_array);
        for (j, mention) in mentions.into_iter().flatten().enumerate() {
            let Some(id) = mention.get("entity").and_then(Value::as_str) else { continue };
            let message = if !entities.contains(id) {
                format!("there is no `{id}` in entities")
            } else if !taken.insert(id) {
                format!("`{id}` is a mention of an earlier cluster too")
            } else {
                continue;
            };
            report.add(line, &format!("/clusters/{i}/mentions/{j}/entity"), message);
        }
    }
}
