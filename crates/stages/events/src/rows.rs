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
    let side = |side: &Side, features: Vec<String>| -> Value {
        json!({
            "features": features,
            "names": side.parties.iter().flat_map(names).collect::<Vec<_>>(),
            "keys": side.keys().map(key).collect::<Vec<_>>(),
            "slot": side.slot,
        })
    };
    let sides = |sides: &[Side], features: &dyn Fn(&Side, usize) -> Vec<String>| -> Vec<Value> {
        sides.iter().enumerate().map(|(rank, this)| side(this, features(this, rank))).collect()
    };
    let trigger = predicate.tree.words[predicate.word].span;
    let row = json!({
        "doc": doc.id(),
        "sentence": predicate.tree.sentence,
        "trigger": [trigger.start, trigger.end],
        "type": predicate.entry.kind.name(),
        "word": predicate.entry.name,
        "event": predicate.event(),
        "actors": sides(predicate.actors, &|side, rank| predicate.actor(side, rank)),
        "recipients": sides(predicate.recipients, &|side, rank| predicate.recipient(side, rank)),
    });
    format!("{row}\n")
}
