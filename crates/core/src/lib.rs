//! What every part of docmill shares: a [`Document`], the typed [layers](Layer) that stages add to it, the
//! [stage traits](Stage), and a [conformance kit](testing) for those who write a stage.
//!
//! A crate with a stage of its own needs this crate only. The smallest stage is a function from a document to a layer:
//!
//! ```
//! use docmill_core::{Document, Function, Layer, StageEntry, StageError};
//!
//! /// How often a document says "treaty".
//! #[derive(Debug, Layer)]
//! struct Treaties {
//!     count: usize,
//! }
//!
//! fn count(doc: &Document) -> Result<Treaties, StageError> {
//!     Ok(Treaties { count: doc.text().matches("treaty").count() })
//! }
//!
//! pub const STAGES: &[StageEntry] =
//!     &[StageEntry::function("treaties", "counts treaties", &Function(count))];
//! ```
//!
//! A stage with settings declares a settings type ([`macro@settings`], [`StageConfig`]), which builds a [`Stage`] or a
//! [`BatchStage`]:
//!
//! ```
//! use docmill_core::{
//!     BuildContext, BuiltStage, Document, Layer, LayerItem, LayerKey, Span, Stage, StageConfig, StageEntry,
//!     StageError, settings,
//! };
//!
//! /// Where the document says one of some words.
//! #[derive(Debug, Layer)]
//! struct Words {
//!     items: Vec<Word>,
//! }
//!
//! /// A word that was found.
//! #[derive(Debug, LayerItem)]
//! struct Word {
//!     span: Span,
//! }
//!
//! /// What is looked for.
//! #[settings]
//! #[derive(Clone, Default)]
//! pub struct Settings {
//!     /// The words.
//!     words: Vec<String>,
//! }
//!
//! impl StageConfig for Settings {
//!     fn provides(&self) -> Vec<LayerKey> {
//!         vec![LayerKey::of::<Words>()]
//!     }
//!     fn build(&self, _context: &BuildContext) -> Result<BuiltStage, StageError> {
//!         Ok(BuiltStage::per_document(Finder(self.clone())))
//!     }
//! }
//!
//! struct Finder(Settings);
//!
//! impl Stage for Finder {
//!     fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
//!         let found = self.0.words.iter().flat_map(|word| doc.text().match_indices(word.as_str()));
//!         let items = found.map(|(at, word)| Word { span: Span::new(at, at + word.len()) }).collect();
//!         doc.layers_mut().insert(Words { items });
//!         Ok(())
//!     }
//! }
//!
//! pub const STAGES: &[StageEntry] = &[StageEntry::new::<Settings>("words", "finds words")];
//! let doc = docmill_core::testing::annotate(&Settings { words: vec!["pact".into()] }, "A pact.").unwrap();
//! assert_eq!(doc.require::<Words>().unwrap().items[0].span, Span::new(2, 6));
//! ```

// The macros name this crate as others do.
extern crate self as docmill_core;

mod cache;
mod document;
mod entry;
mod error;
mod foreign;
mod function;
mod interned;
mod join;
mod layer;
mod layer_key;
pub mod layers;
mod merge_offsets;
mod meta;
mod offsets;
mod positions;
mod reading;
pub mod settings;
mod show;
mod source;
mod span;
mod stage;
pub mod testing;
mod word_file;

pub use docmill_core_macros::{Layer, LayerItem, settings};

pub use cache::{Cache, CacheCounts};
pub use document::{Document, Skipped};
pub use entry::StageEntry;
pub use error::{DocumentError, StageError};
pub use foreign::ForeignLayer;
pub use function::{Function, FunctionOf, StageFunction};
pub use layer::{AnyLayer, Layer, Layers, View};
pub use layer_key::LayerKey;
pub use merge_offsets::MergeOffsets;
pub use meta::{ExtraField, Meta};
pub use offsets::{OffsetMap, OffsetUnit};
pub use positions::ByteMap;
pub use reading::{one_line, reading};
pub use show::ShowField;
pub use source::{Source, Unreadable};
pub use span::{Span, SpanRecord};
pub use stage::{BatchStage, BuildContext, BuiltStage, DynFactory, ModelFile, Replicas, Stage, StageConfig};
pub use word_file::WordFile;

// Re-exported so that a stage crate derives with the very versions docmill was built with.
pub use {schemars, serde, serde_json};
