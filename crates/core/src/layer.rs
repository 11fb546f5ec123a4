//! What stages add to a document.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt::Debug;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{MergeOffsets, OffsetMap, OffsetUnit, Span, SpanRecord};

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
    text: &'d str,
    layers: &'d Layers,
    offsets: OffsetMap<'d>,
}

impl<'d> View<'d> {
    /// A view of a text and its layers. [`View::new`] takes them out of a document.
    pub fn of(text: &'d str, layers: &'d Layers, unit: OffsetUnit) -> Self {
        Self { text, layers, offsets: OffsetMap::new(text, unit) }
    }

    /// The text of the document.
    pub fn text(&self) -> &'d str {
        self.text
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
        let text = span.slice(self.text).unwrap_or_default().to_owned();
        SpanRecord { start: self.position(span.start), end: self.position(span.end), text }
    }

    /// Another layer of the document.
    pub fn layer<L: Layer>(&self) -> Option<&'d L> {
        self.layers.get::<L>()
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

    /// Adds a layer whose type only its maker knows.
    pub(crate) fn insert_any(&mut self, layer: Box<dyn AnyLayer>) {
        self.by_name.insert((*layer).name(), layer);
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

    /// Adds the layers of the next window, moved by `offsets`, to those of the windows before it. Layers that do not join
    /// are left out.
    pub(crate) fn append_at(&mut self, next: Self, offsets: &MergeOffsets) {
        for (name, mut layer) in next.by_name.into_iter().filter(|(_, layer)| (**layer).joins()) {
            (*layer).rebase_any(offsets);
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
