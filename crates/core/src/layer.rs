//! What stages add to a document.

use std::any::{Any, TypeId};
use std::collections::BTreeMap;
use std::fmt::Debug;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

use crate::foreign::interned;
use crate::{Document, ForeignLayer, MergeOffsets, OffsetMap, OffsetUnit, Span, SpanRecord};

/// One kind of annotation: a typed value that a stage adds to a document.
///
/// Two types for two readers: stages hand each other the layer itself (byte spans, indices), users read its
/// [`Record`](Layer::Record) (positions in the output's unit, text repeated, ids as strings).
pub trait Layer: Any + Debug + Send + Sync {
    /// Key in the document and in the output record, in `snake_case`.
    const NAME: &'static str;
    /// False for layers that only serve later stages; they never reach the output.
    const IN_RECORD: bool = true;
    /// What the output shows.
    type Record: Serialize + JsonSchema;
    /// Whether the layers of a document's windows can be merged, by [`Layer::rebase`] and [`Layer::append`]. While a
    /// layer that reaches the output cannot, long documents are not cut into windows.
    const JOINS: bool = false;
    /// Turns the layer into what the output shows.
    fn record(&self, view: &View<'_>) -> Self::Record;
    /// Rebases positions and indices from window to document coordinates.
    fn rebase(&mut self, offsets: &MergeOffsets) {
        let _ = offsets;
    }
    /// Adds the layer of the next window, which has been [rebased](Layer::rebase).
    fn append(&mut self, next: Self)
    where
        Self: Sized,
    {
        drop(next);
    }
}

/// The object-safe twin of [`Layer`], implemented for every layer.
pub trait AnyLayer: Any + Debug + Send + Sync {
    /// [`Layer::NAME`].
    fn name(&self) -> &'static str;
    /// [`Layer::record`] as a JSON value.
    ///
    /// # Errors
    /// If the record does not serialize, for instance a map with keys that are not strings.
    fn record_json(&self, view: &View<'_>) -> Result<serde_json::Value, serde_json::Error>;
    /// [`Layer::rebase`].
    fn rebase_any(&mut self, offsets: &MergeOffsets) {
        let _ = offsets;
    }
    /// [`Layer::append`], if `next` is of the same type; else it is lost.
    fn append_any(&mut self, next: Box<dyn AnyLayer>) {
        drop(next);
    }
    /// [`Layer::JOINS`].
    fn joins(&self) -> bool {
        false
    }
    /// The layer as [`Any`], to get the type back.
    fn into_any(self: Box<Self>) -> Box<dyn Any>;
    /// The layer as [`Any`], to get the type back.
    fn as_any(&self) -> &dyn Any;
    /// The same, mutably.
    fn as_any_mut(&mut self) -> &mut dyn Any;
}

impl<L: Layer> AnyLayer for L {
    fn name(&self) -> &'static str {
        L::NAME
    }

    fn record_json(&self, view: &View<'_>) -> Result<serde_json::Value, serde_json::Error> {
        serde_json::to_value(self.record(view))
    }

    fn rebase_any(&mut self, offsets: &MergeOffsets) {
        self.rebase(offsets);
    }

    fn append_any(&mut self, next: Box<dyn AnyLayer>) {
        if let Ok(next) = next.into_any().downcast::<L>() {
            self.append(*next);
        }
    }

    fn joins(&self) -> bool {
        L::JOINS
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

/// A document on its way to the output: converts spans to the output's unit, and lets one layer's record refer to
/// another layer.
#[derive(Debug)]
pub struct View<'d> {
    document: &'d Document,
    offsets: OffsetMap<'d>,
}

impl<'d> View<'d> {
    /// A view of `document` with positions in `unit`.
    pub fn new(document: &'d Document, unit: OffsetUnit) -> Self {
        Self { document, offsets: OffsetMap::new(document.text(), unit) }
    }

    /// The document.
    pub fn document(&self) -> &'d Document {
        self.document
    }

    /// Position of a byte offset in the output's unit.
    pub fn position(&self, byte: u32) -> u32 {
        self.offsets.position(byte)
    }

    /// The span in the output's unit, with its text. A span off char boundaries shows an empty text, which
    /// `docmill verify` and the conformance kit report.
    ///
    /// ```
    /// use docmill_core::{Document, OffsetUnit, Span, View};
    ///
    /// let doc = Document::from_text("a.txt", "Đà Nẵng");
    /// let shown = View::new(&doc, OffsetUnit::Codepoint).span(Span::new(5, 11));
    /// assert_eq!((shown.start, shown.end, shown.text.as_str()), (3, 7, "Nẵng"));
    /// ```
    pub fn span(&self, span: Span) -> SpanRecord {
        let text = span.slice(self.document.text()).unwrap_or_default().to_owned();
        SpanRecord { start: self.position(span.start), end: self.position(span.end), text }
    }

    /// Another layer of the document.
    pub fn layer<L: Layer>(&self) -> Option<&'d L> {
        self.document.layers().get::<L>()
    }
}

/// The layers of one document, at most one of each type and name.
#[derive(Debug, Default)]
pub struct Layers {
    by_name: BTreeMap<&'static str, Box<dyn AnyLayer>>,
}

impl Layers {
    /// Adds a layer; an older one of the same name is replaced.
    ///
    /// ```
    /// use docmill_core::{Document, Layer};
    ///
    /// /// Words of a document.
    /// #[derive(Debug, Layer)]
    /// struct WordCount {
    ///     words: usize,
    /// }
    ///
    /// let mut doc = Document::from_text("a.txt", "Osh waits.");
    /// doc.layers_mut().insert(WordCount { words: 2 });
    /// assert_eq!(doc.layers().get::<WordCount>().unwrap().words, 2);
    /// assert_eq!(doc.layers().names().collect::<Vec<_>>(), ["word_count"]);
    /// ```
    pub fn insert<L: Layer>(&mut self, layer: L) {
        self.by_name.insert(L::NAME, Box::new(layer));
    }

    /// Adds a layer that another program has made; an older one of the same name is replaced.
    pub fn insert_foreign(&mut self, layer: ForeignLayer) {
        self.by_name.insert(layer.name(), Box::new(layer));
    }

    /// The layer of type `L`, if a stage has provided it.
    pub fn get<L: Layer>(&self) -> Option<&L> {
        // Through the trait object, not the box: a `Box` is `Any` as well.
        (**self.by_name.get(L::NAME)?).as_any().downcast_ref()
    }

    /// The same, mutably.
    pub fn get_mut<L: Layer>(&mut self) -> Option<&mut L> {
        (**self.by_name.get_mut(L::NAME)?).as_any_mut().downcast_mut()
    }

    /// The layer of this name, without its type.
    pub fn by_name(&self, name: &str) -> Option<&dyn AnyLayer> {
        self.by_name.get(name).map(|layer| &**layer)
    }

    /// Removes the layer of this name; the engine does so when no later stage needs it.
    ///
    /// ```
    /// use docmill_core::Layers;
    /// use docmill_core::layers::Language;
    ///
    /// let mut layers = Layers::default();
    /// layers.insert(Language { code: Some("en".into()) });
    /// assert!(layers.remove("language").is_some());
    /// assert!(layers.get::<Language>().is_none());
    /// ```
    pub fn remove(&mut self, name: &str) -> Option<Box<dyn AnyLayer>> {
        self.by_name.remove(name)
    }

    /// Adds the layers of the next window, which begins at `byte` of the document, to those of the windows before it.
    /// Layers that do not join are left out.
    pub fn append(&mut self, next: Self, byte: usize) {
        let offsets = MergeOffsets::after(self, byte);
        for (name, mut layer) in next.by_name.into_iter().filter(|(_, layer)| (**layer).joins()) {
            (*layer).rebase_any(&offsets);
            match self.by_name.get_mut(name) {
                Some(joined) => (**joined).append_any(layer),
                None => drop(self.by_name.insert(name, layer)),
            }
        }
    }

    /// Adds what another set has; layers of the same name are replaced.
    pub fn extend(&mut self, other: Self) {
        self.by_name.extend(other.by_name);
    }

    /// Names of the layers present, sorted.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.by_name.keys().copied()
    }
}

/// A layer type as a value, for declaring what a stage requires and provides.
///
/// A key of a name alone ([`LayerKey::any`]) equals every key of that name.
#[derive(Clone, Copy)]
pub struct LayerKey {
    name: &'static str,
    type_id: Option<TypeId>,
    in_record: bool,
    joins: bool,
    schema: SchemaSource,
}

#[derive(Clone, Copy)]
enum SchemaSource {
    Type(fn(&mut SchemaGenerator) -> Schema),
    Given(&'static Schema),
}

impl LayerKey {
    /// The key of layer type `L`.
    ///
    /// ```
    /// use docmill_core::LayerKey;
    /// use docmill_core::layers::{Entities, Tokens};
    ///
    /// let key = LayerKey::of::<Entities>();
    /// assert_eq!(key.name(), "entities");
    /// assert!(key.joins() && key != LayerKey::of::<Tokens>());
    /// ```
    pub fn of<L: Layer>() -> Self {
        Self {
            name: L::NAME,
            type_id: Some(TypeId::of::<L>()),
            in_record: L::IN_RECORD,
            joins: L::JOINS,
            schema: SchemaSource::Type(SchemaGenerator::subschema_for::<L::Record>),
        }
    }

    /// The key of a layer that another program makes, with the JSON Schema of what the output shows. The schema is kept
    /// for good.
    ///
    /// ```
    /// use docmill_core::LayerKey;
    /// use docmill_core::schemars::json_schema;
    ///
    /// let key = LayerKey::foreign("cities", json_schema!({ "type": "array" }));
    /// assert_eq!((key.name(), key.in_record()), ("cities", true));
    /// ```
    pub fn foreign(name: &str, schema: Schema) -> Self {
        Self {
            name: interned(name),
            type_id: Some(TypeId::of::<ForeignLayer>()),
            in_record: true,
            joins: false,
            schema: SchemaSource::Given(Box::leak(Box::new(schema))),
        }
    }

    /// The key of the layer with this name, for a stage that reads its record without knowing its type.
    ///
    /// ```
    /// use docmill_core::LayerKey;
    /// use docmill_core::layers::Entities;
    ///
    /// assert_eq!(LayerKey::any("entities"), LayerKey::of::<Entities>());
    /// assert_ne!(LayerKey::any("percents"), LayerKey::of::<Entities>());
    /// ```
    pub fn any(name: &str) -> Self {
        // Whether it reaches the output is for the stage that provides it to say; this key never has it dropped.
        let schema = SchemaSource::Type(|_| Schema::default());
        Self { name: interned(name), type_id: None, in_record: true, joins: false, schema }
    }

    /// [`Layer::NAME`].
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// [`Layer::IN_RECORD`].
    pub fn in_record(&self) -> bool {
        self.in_record
    }

    /// [`Layer::JOINS`].
    pub fn joins(&self) -> bool {
        self.joins
    }

    /// JSON Schema of the layer's record.
    pub fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        match self.schema {
            SchemaSource::Type(schema) => schema(generator),
            SchemaSource::Given(schema) => schema.clone(),
        }
    }
}

impl PartialEq for LayerKey {
    fn eq(&self, other: &Self) -> bool {
        let same_type = self.type_id.zip(other.type_id).is_none_or(|(one, two)| one == two);
        self.name == other.name && same_type
    }
}

impl Debug for LayerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}
