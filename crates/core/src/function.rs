//! A function as a stage.

use std::fmt;

use crate::{BuildContext, BuiltStage, Document, Layer, LayerKey, Stage, StageConfig, StageError};

/// A function from a document to a layer, as a stage without settings; see [`StageEntry::function`](crate::StageEntry::function).
///
/// ```
/// use docmill_core::testing::annotate;
/// use docmill_core::{Document, Function, Layer, StageError};
///
/// /// Lines of a document.
/// #[derive(Debug, Layer)]
/// struct Lines {
///     count: usize,
/// }
///
/// fn count(doc: &Document) -> Result<Lines, StageError> {
///     Ok(Lines { count: doc.text().lines().count() })
/// }
///
/// let doc = annotate(&Function(count), "Osh\nwaits").unwrap();
/// assert_eq!(doc.require::<Lines>().unwrap().count, 2);
/// ```
pub struct Function<L>(pub fn(&Document) -> Result<L, StageError>);

/// A function from a document and one of its layers to another layer. The stage requires the first and provides the
/// second.
///
/// ```
/// use docmill_core::layers::Sentences;
/// use docmill_core::{Document, FunctionOf, Layer, StageConfig, StageError};
///
/// /// Sentences of a document.
/// #[derive(Debug, Layer)]
/// struct Count {
///     sentences: usize,
/// }
///
/// fn count(_doc: &Document, sentences: &Sentences) -> Result<Count, StageError> {
///     Ok(Count { sentences: sentences.items.len() })
/// }
///
/// let stage = FunctionOf(count);
/// assert_eq!(stage.requires()[0].name(), "sentences");
/// assert_eq!(stage.provides()[0].name(), "count");
/// ```
pub struct FunctionOf<R, L>(pub fn(&Document, &R) -> Result<L, StageError>);

/// What [`Function`] and [`FunctionOf`] have in common, independent of their layers.
pub trait StageFunction: fmt::Debug + Sync {
    /// The stage's settings, of which there are none.
    fn config(&self) -> Box<dyn StageConfig>;
}

impl<L: Layer> StageFunction for Function<L> {
    fn config(&self) -> Box<dyn StageConfig> {
        Box::new(Self(self.0))
    }
}

impl<R: Layer, L: Layer> StageFunction for FunctionOf<R, L> {
    fn config(&self) -> Box<dyn StageConfig> {
        Box::new(Self(self.0))
    }
}

impl<L: Layer> StageConfig for Function<L> {
    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<L>()]
    }

    fn build(&self, _context: &BuildContext) -> Result<BuiltStage, StageError> {
        Ok(BuiltStage::per_document(Self(self.0)))
    }
}

impl<R: Layer, L: Layer> StageConfig for FunctionOf<R, L> {
    fn requires(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<R>()]
    }

    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<L>()]
    }

    fn build(&self, _context: &BuildContext) -> Result<BuiltStage, StageError> {
        Ok(BuiltStage::per_document(Self(self.0)))
    }
}

impl<L: Layer> Stage for Function<L> {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let layer = (self.0)(doc)?;
        doc.layers_mut().insert(layer);
        Ok(())
    }
}

impl<R: Layer, L: Layer> Stage for FunctionOf<R, L> {
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
        let layer = (self.0)(doc, doc.require::<R>()?)?;
        doc.layers_mut().insert(layer);
        Ok(())
    }
}

impl<L> fmt::Debug for Function<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Function")
    }
}

impl<R, L> fmt::Debug for FunctionOf<R, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FunctionOf")
    }
}
