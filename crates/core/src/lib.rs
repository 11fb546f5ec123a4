//! What every part of docmill shares: a [`Document`], the typed [layers](Layer) that stages add to it, the
//! [stage traits](Stage), and a [conformance kit](testing) for those who write a stage.
//!
//! A crate with a stage of its own needs this crate only. It declares a settings type, the running stage, and
//! a list of [`StageEntry`]:
//!
//! ```
//! use docmill_core::{
//!     BuildContext, BuiltStage, Document, Layer, LayerKey, Stage, StageConfig, StageEntry, StageError, View,
//!     schemars, serde,
//! };
//!
//! /// How often a document says "treaty".
//! #[derive(Debug, Clone, serde::Serialize, schemars::JsonSchema)]
//! #[serde(crate = "docmill_core::serde")]
//! #[schemars(crate = "docmill_core::schemars")]
//! pub struct TreatyCount {
//!     pub count: usize,
//! }
//!
//! impl Layer for TreatyCount {
//!     const NAME: &'static str = "treaty_count";
//!     type Record = Self;
//!     fn record(&self, _view: &View<'_>) -> Self {
//!         self.clone()
//!     }
//! }
//!
//! #[derive(Debug, Default, serde::Deserialize, schemars::JsonSchema)]
//! #[serde(crate = "docmill_core::serde", default, deny_unknown_fields)]
//! #[schemars(crate = "docmill_core::schemars")]
//! pub struct Settings {}
//!
//! impl StageConfig for Settings {
//!     fn provides(&self) -> Vec<LayerKey> {
//!         vec![LayerKey::of::<TreatyCount>()]
//!     }
//!     fn build(&self, _context: &BuildContext) -> Result<BuiltStage, StageError> {
//!         Ok(BuiltStage::per_document(Counter))
//!     }
//! }
//!
//! struct Counter;
//!
//! impl Stage for Counter {
//!     fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
//!         let count = doc.text().matches("treaty").count();
//!         doc.layers_mut().insert(TreatyCount { count });
//!         Ok(())
//!     }
//! }
//!
//! pub const STAGES: &[StageEntry] = &[StageEntry::new::<Settings>("treaty-count", "counts a word")];
//! ```

mod cache;
mod document;
mod error;
mod foreign;
mod layer;
pub mod layers;
mod meta;
mod offsets;
mod positions;
mod seam;
pub mod settings;
mod source;
mod span;
mod stage;
pub mod testing;

pub use cache::{Cache, CacheCounts};
pub use document::{Document, Skipped};
pub use error::{DocumentError, StageError};
pub use foreign::ForeignLayer;
pub use layer::{AnyLayer, Layer, LayerKey, Layers, View};
pub use meta::{ExtraField, Meta};
pub use offsets::{OffsetMap, OffsetUnit};
pub use positions::ByteMap;
pub use seam::Seam;
pub use source::{Source, Unreadable};
pub use span::{Span, SpanRecord};
pub use stage::{
    BatchStage, BuildContext, BuiltStage, DynFactory, ModelFile, Replicas, Stage, StageConfig, StageEntry,
};

// Re-exported so that a stage crate derives with the very versions docmill was built with.
pub use {schemars, serde, serde_json};
