//! The checks themselves.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{Ready, corpus, plain_layers};
use crate::{BuildContext, Document, LayerKey, OffsetUnit, StageConfig, View};

/// What a document's layers look like in the output, by layer name.
type Shown = BTreeMap<&'static str, Json>;

/// A check of one stage against what docmill promises of every stage. Each failed promise panics with the
/// document's id.
pub struct Conformance<'s> {
    config: &'s dyn StageConfig,
    context: BuildContext,
    documents: fn() -> Vec<Document>,
    prepare: fn(&mut Document),
}

impl<'s> Conformance<'s> {
    /// A check of the stage with these settings, over [`corpus`], with the layers of [`plain_layers`] in place.
    pub fn of(config: &'s dyn StageConfig) -> Self {
        Self { config, context: BuildContext::default(), documents: corpus, prepare: plain_layers }
    }

    /// Replaces what is done to a document before the stage sees it, for stages that require other layers.
    #[must_use]
    pub fn prepare(mut self, prepare: fn(&mut Document)) -> Self {
        self.prepare = prepare;
        self
    }

    /// Replaces what the stage may know about the run, such as the shared model.
    #[must_use]
    pub fn context(mut self, context: BuildContext) -> Self {
        self.context = context;
        self
    }

    /// Replaces the documents. Several calls with smaller sets serve stages that are slow.
    #[must_use]
    pub fn documents(mut self, documents: fn() -> Vec<Document>) -> Self {
        self.documents = documents;
        self
    }

    /// Runs every check.
    ///
    /// # Panics
    /// If a promise is broken.
    pub fn check(&self) {
        self.config.check(&self.context).expect("the settings pass their own check");
        let built = self.config.build(&self.context).expect("the stage can be built");
        let mut runner = Ready::new(built).expect("the factory makes a stage");

        let single: Vec<Shown> =
            self.prepared().iter_mut().map(|doc| self.run_one(&mut runner, doc)).collect();

        let mut again = self.prepared();
        again.reverse();
        let mut shown = self.run_batch(&mut runner, &mut again);
        shown.reverse();
        for ((doc, one), batch) in self.prepared().iter().zip(&single).zip(&shown) {
            assert_eq!(
                one,
                batch,
                "document `{}`: alone and in a batch of another order it differs",
                doc.id()
            );
        }
    }

    fn prepared(&self) -> Vec<Document> {
        let mut docs = (self.documents)();
        for doc in &mut docs {
            (self.prepare)(doc);
        }
        docs
    }

    fn run_one(&self, runner: &mut Ready, doc: &mut Document) -> Shown {
        let before: Vec<&str> = doc.layers().names().collect();
        for required in self.config.requires() {
            let name = required.name();
            assert!(before.contains(&name), "the stage requires `{name}`; give it with `prepare`");
        }
        let result = runner.annotate_all(&mut [doc]).pop();
        result.expect("one result").unwrap_or_else(|e| panic!("document `{}`: {e}", doc.id()));
        let declared: Vec<&str> = self.config.provides().iter().map(LayerKey::name).collect();
        for name in &declared {
            let there = doc.layers().by_name(name).is_some();
            assert!(there, "document `{}`: layer `{name}` is declared and missing", doc.id());
        }
        for name in doc.layers().names() {
            let known = declared.contains(&name) || before.contains(&name);
            assert!(known, "document `{}`: layer `{name}` is not in `provides`", doc.id());
        }
        self.show(doc)
    }

    fn run_batch(&self, runner: &mut Ready, docs: &mut [Document]) -> Vec<Shown> {
        let results = runner.annotate_all(&mut docs.iter_mut().collect::<Vec<_>>());
        assert_eq!(results.len(), docs.len(), "one result per document");
        for (doc, result) in docs.iter().zip(results) {
            result.unwrap_or_else(|e| panic!("document `{}` in a batch: {e}", doc.id()));
        }
        docs.iter().map(|doc| self.show(doc)).collect()
    }

    /// What the stage's layers show, with every span checked against the text in all units.
    fn show(&self, doc: &Document) -> Shown {
        let mut shown = Shown::new();
        let text = doc.text();
        let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        for key in self.config.provides() {
            let layer = doc.layers().by_name(key.name()).expect("checked above");
            let json = |unit| {
                let view = View::new(doc, unit);
                layer.record_json(&view).unwrap_or_else(|e| panic!("layer `{}`: {e}", key.name()))
            };
            check_spans(&json(OffsetUnit::Bytes), doc, None);
            let record = json(OffsetUnit::Codepoint);
            check_spans(&record, doc, Some(&boundaries));
            shown.insert(key.name(), record);
        }
        shown
    }
}

/// Checks every object with `start`, `end` and `text`, at any depth. `boundaries` is the byte of each code point,
/// where positions count those.
fn check_spans(json: &Json, doc: &Document, boundaries: Option<&[usize]>) {
    match json {
        Json::Array(items) => items.iter().for_each(|item| check_spans(item, doc, boundaries)),
        Json::Object(fields) => {
            let byte = |key: &str| {
                let position = fields.get(key).and_then(Json::as_u64)? as usize;
                boundaries.map_or(Some(position), |b| b.get(position).copied())
            };
            if let (Some(start), Some(end), Some(text)) =
                (byte("start"), byte("end"), fields.get("text").and_then(Json::as_str))
            {
                let slice = doc.text().get(start..end);
                assert_eq!(slice, Some(text), "document `{}`: span at bytes {start}..{end}", doc.id());
            }
            fields.values().for_each(|value| check_spans(value, doc, boundaries));
        }
        _ => {}
    }
}
