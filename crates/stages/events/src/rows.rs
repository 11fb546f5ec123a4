//! What the weights are learned from.

use docmill_core::Document;
use serde_json::{Value, json};

use crate::features::Predicate;
use crate::options::Side;
use crate::party::{Key, Party};
use crate::reader::Reader;

/// A predicate as a line of JSON: its features, and of each reading of its sides the features and the names.
pub(crate) fn row(doc: &Document, reader: &Reader<'_>, predicate: &Predicate<'_, '_>) -> String {
    let names = |party: &Party| -> Vec<String> {
        let slice = |span: docmill_core::Span| span.slice(doc.text()).map(str::to_owned);
        let told = party.told;
        let mention = told.entity.and_then(|entity| slice(reader.entities.items.get(entity as usize)?.span));
        let canonical = told.cluster.and_then(|cluster| Some(reader.cluster(cluster)?.canonical.clone()));
        [slice(told.span), mention, canonical].into_iter().flatten().collect()
    };
    let key = |key: &Key| match key {
        Key::Cluster(cluster, part) => format!("c{cluster}{}", part.as_deref().unwrap_or_default()),
        Key::Words(words) => format!("w{words}"),
    };
    let side = |side: &Side, features: Vec<String>, read: Option<f32>| -> Value {
        json!({
            "features": features,
            "read": read,
            "spans": side.parties.iter().map(|party| [party.told.span.start, party.told.span.end]).collect::<Vec<_>>(),
            "names": side.parties.iter().flat_map(names).collect::<Vec<_>>(),
            "keys": side.keys().map(key).collect::<Vec<_>>(),
            "slot": side.slot,
        })
    };
    let read = predicate.read;
    let actors = predicate.actors.iter().enumerate().map(|(rank, this)| {
        side(this, predicate.actor(this, rank), read.map(|read| read.actor(predicate.tree, this)))
    });
    let recipients = predicate.recipients.iter().enumerate().map(|(rank, this)| {
        side(this, predicate.recipient(this, rank), read.map(|read| read.recipient(predicate.tree, this)))
    });
    let trigger = predicate.tree.words[predicate.word].span;
    let row = json!({
        "doc": doc.id(),
        "sentence": predicate.tree.sentence,
        "trigger": [trigger.start, trigger.end],
        "type": predicate.entry.kind.name(),
        "word": predicate.entry.name,
        "event": predicate.event(),
        "read": read.map(|read| read.trigger),
        "actors": actors.collect::<Vec<_>>(),
        "recipients": recipients.collect::<Vec<_>>(),
    });
    format!("{row}\n")
}
