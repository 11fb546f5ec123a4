//! The layers of a record as items that can be compared, and what changed between two lists of them.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use super::PASSED_OVER;
use super::values::{Field, fields, same};

/// How something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It is in B alone.
    Added,
    /// It is in A alone.
    Removed,
    /// It is in both, and more than scores differ.
    Changed,
    /// It is in both, and only scores differ, by more than the tolerance.
    Score,
}

/// One thing that changed in a document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// Id of the document.
    pub id: String,
    /// The layer; `sentiment.entities` for a list in a layer.
    pub layer: String,
    /// How it changed.
    pub change: Change,
    /// What tells the item from others: where it stands, or whom it is about; empty for what is no item.
    pub at: String,
    /// Its words, if it has some.
    pub text: Option<String>,
    /// The fields that changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
}

/// A record as lists of items: a layer that is a list as it is, the lists in a layer each by itself, anything else as one
/// item. Ids of items are gone, and in their place stands what they refer to.
pub(super) fn layers(record: Map<String, Value>) -> BTreeMap<String, Vec<Value>> {
    let names = names(&record);
    let tokens: Vec<String> = record
        .get("tokens")
        .and_then(Value::as_array)
        .map_or_else(Vec::new, |tokens| tokens.iter().map(key).collect());
    let mut layers: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (key, mut value) in record {
        if PASSED_OVER.contains(&key.as_str()) {
            continue;
        }
        refer(&mut value, &names, "");
        if key == "tokens" {
            refer_to_heads(&mut value, &tokens);
        }
        match value {
            Value::Array(items) => drop(layers.insert(key, items)),
            Value::Object(fields) => {
                let mut rest = Map::new();
                for (name, field) in fields {
                    match field {
                        Value::Array(items) => drop(layers.insert(format!("{key}.{name}"), items)),
                        other => drop(rest.insert(name, other)),
                    }
                }
                layers.insert(key, vec![Value::Object(rest)]);
            }
            // A layer that is not there.
            Value::Null => {}
            other => drop(layers.insert(key, vec![other])),
        }
    }
    layers
}

/// What the ids of a record stand for: `e12` for the mention at 40..46.
fn names(record: &Map<String, Value>) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let items = record.values().filter_map(Value::as_array).flatten();
    for item in items {
        if let Some(id) = item.get("id").and_then(Value::as_str) {
            names.insert(id.to_owned(), key(item));
        }
    }
    names
}

/// Takes ids away, and puts what they stand for in the place of references to them.
fn refer(value: &mut Value, names: &BTreeMap<String, String>, under: &str) {
    match value {
        Value::String(id) if REFERENCES.contains(&under) => {
            if let Some(name) = names.get(id) {
                id.clone_from(name);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| refer(item, names, under)),
        Value::Object(fields) => {
            if fields.get("id").is_some_and(Value::is_string) {
                fields.remove("id");
            }
            fields.iter_mut().for_each(|(key, field)| refer(field, names, key));
        }
        _ => {}
    }
}

/// Puts where the head of a token stands in the text in the place of its number, which moves with every token before it.
fn refer_to_heads(tokens: &mut Value, keys: &[String]) {
    for token in tokens.as_array_mut().into_iter().flatten() {
        let head = token.get("head").and_then(Value::as_u64).and_then(|head| keys.get(head as usize));
        if let (Some(head), Some(field)) = (head, token.get_mut("head")) {
            *field = Value::String(head.clone());
        }
    }
}

/// Keys whose value is the id of another item.
const REFERENCES: [&str; 5] = ["sentence", "entity", "cluster", "citation", "continues"];

/// What tells an item from others of its layer: where it stands; else where its content or its two parties do; else its
/// name; else whom it is about; else where a span among its fields stands, as in layers of other people's stages; else
/// all of it.
fn key(item: &Value) -> String {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let span =
        |item: &Value| Some(format!("{}..{}", item.get("start")?.as_u64()?, item.get("end")?.as_u64()?));
    let parties = || {
        let (holder, target) = (item.get("holder")?, item.get("target")?);
        let who =
            |party: &Value| party.get("entity").filter(|e| !e.is_null()).or(party.get("text")).map(text);
        let at = item.get("sentence").map(text).unwrap_or_default();
        Some(format!("{} to {} in {at}", who(holder)?, who(target)?))
    };
    let named = ["canonical", "key", "stage", "entity", "sentence"];
    span(item)
        .or_else(|| item.get("content").and_then(span))
        .or_else(parties)
        .or_else(|| named.into_iter().find_map(|name| item.get(name).map(text)))
        .or_else(|| item.as_object()?.values().find_map(span))
        .unwrap_or_else(|| item.to_string())
}

/// Notes what changed between the items of two lists. Items of one key are paired in order, those first that are the
/// same.
pub(super) fn compare(
    id: &str,
    layer: &str,
    a: Option<&Vec<Value>>,
    b: Option<&Vec<Value>>,
    tolerance: f64,
    changes: &mut Vec<Difference>,
) {
    let (a, b) = (a.map_or(&[][..], Vec::as_slice), b.map_or(&[][..], Vec::as_slice));
    if a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b, tolerance)) {
        return;
    }
    let note = |change, item: &Value, fields| {
        let words = ["/text", "/content/text", "/evidence/text", "/canonical"];
        let inside = || item.as_object()?.values().find_map(|field| field.get("text")?.as_str());
        let text = words.iter().find_map(|place| item.pointer(place)?.as_str()).or_else(inside);
        let text = text.map(str::to_owned);
        // What is no item of a list is the one thing of its name.
        let single = !matches!(layer_kind(item), Kind::Item);
        let at = if single { String::new() } else { key(item) };
        Difference { id: id.to_owned(), layer: layer.to_owned(), change, at, text, fields }
    };
    if let ([a], [b]) = (a, b)
        && !matches!(layer_kind(a), Kind::Item)
    {
        let change = if same(a, b, f64::INFINITY) { Change::Score } else { Change::Changed };
        changes.push(note(change, b, fields(a, b, tolerance)));
        return;
    }
    for (a, b) in by_key(a, b).into_values() {
        let (a, b) = without_same(&a, &b, tolerance);
        let pairs = a.len().min(b.len());
        for (a, b) in a.iter().zip(&b) {
            let scores_only = same(a, b, f64::INFINITY);
            let change = if scores_only { Change::Score } else { Change::Changed };
            changes.push(note(change, b, fields(a, b, tolerance)));
        }
        changes.extend(a.iter().skip(pairs).map(|item| note(Change::Removed, item, Vec::new())));
        changes.extend(b.iter().skip(pairs).map(|item| note(Change::Added, item, Vec::new())));
    }
}

enum Kind {
    Item,
    Single,
}

/// Whether a value is an item of a list, with something that tells it from others.
fn layer_kind(item: &Value) -> Kind {
    let tells = ["start", "content", "holder", "canonical", "key", "stage", "entity", "sentence"];
    match item {
        Value::Object(fields) if tells.iter().any(|name| fields.contains_key(*name)) => Kind::Item,
        Value::Object(fields) if fields.values().any(|field| field.get("start").is_some()) => Kind::Item,
        _ => Kind::Single,
    }
}

type Pairs<'v> = BTreeMap<(u64, String), (Vec<&'v Value>, Vec<&'v Value>)>;

/// The items by their keys, in text order where they have a place.
fn by_key<'v>(a: &'v [Value], b: &'v [Value]) -> Pairs<'v> {
    let mut pairs = Pairs::new();
    let place = |item: &Value| {
        let start = ["/start", "/content/start", "/evidence/start"];
        let inside = || item.as_object()?.values().find_map(|field| field.get("start")?.as_u64());
        start.iter().find_map(|at| item.pointer(at)?.as_u64()).or_else(inside).unwrap_or(0)
    };
    // Stances of one key may rest on other words: their place is no part of what tells them apart.
    let key_of = |item: &Value| (if item.get("holder").is_some() { 0 } else { place(item) }, key(item));
    for item in a {
        pairs.entry(key_of(item)).or_default().0.push(item);
    }
    for item in b {
        pairs.entry(key_of(item)).or_default().1.push(item);
    }
    pairs
}

/// Takes away what is in both lists.
fn without_same<'v>(a: &[&'v Value], b: &[&'v Value], tolerance: f64) -> (Vec<&'v Value>, Vec<&'v Value>) {
    // From the front and from the back: lists of one key are short as a rule, and in a hostile record this stays linear.
    let front = a.iter().zip(b).take_while(|(a, b)| same(a, b, tolerance)).count();
    let (mut a, mut b) = (a[front..].to_vec(), b[front..].to_vec());
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| same(a, b, tolerance)).count();
    a.truncate(a.len() - back);
    b.truncate(b.len() - back);
    (a, b)
}
