//! A built stage that a test runs.

use std::sync::Arc;

use super::plain_layers;
use crate::{BatchStage, BuildContext, BuiltStage, Document, Stage, StageConfig, StageError};

/// A built stage of either kind.
pub enum Ready {
    /// One value for all documents.
    PerDocument(Arc<dyn Stage>),
    /// One instance of a batch stage.
    Batched(Box<dyn BatchStage>),
}

impl Ready {
    /// Makes a built stage ready.
    ///
    /// # Errors
    /// Those of a batch stage's factory.
    pub fn new(built: BuiltStage) -> Result<Self, StageError> {
        Ok(match built {
            BuiltStage::PerDocument(stage) => Self::PerDocument(stage),
            BuiltStage::Batched { factory, .. } => Self::Batched(factory()?),
        })
    }

    /// Runs the stage over one document.
    ///
    /// # Errors
    /// That of the stage.
    pub fn annotate(&mut self, doc: &mut Document) -> Result<(), StageError> {
        self.annotate_all(&mut [doc]).pop().unwrap_or(Ok(()))
    }

    pub(crate) fn annotate_all(&mut self, docs: &mut [&mut Document]) -> Vec<Result<(), StageError>> {
        match self {
            Self::PerDocument(stage) => docs.iter_mut().map(|doc| stage.annotate(doc)).collect(),
            Self::Batched(stage) => stage.annotate_batch(docs),
        }
    }
}

/// Checks and builds the stage with these settings, as a run would.
///
/// # Errors
/// Those of the stage's check and build.
pub fn build(config: &dyn StageConfig) -> Result<Ready, StageError> {
    let context = BuildContext::default();
    config.check(&context)?;
    Ready::new(config.build(&context)?)
}

/// Checks and builds a stage that all workers share, for a test that runs it on several documents.
///
/// ```
/// use docmill_core::testing::{build_shared, plain_layers};
/// use docmill_core::{BuildContext, Document, Function, Layer, StageError};
///
/// /// The length of the text.
/// #[derive(Debug, Layer)]
/// struct Length {
///     bytes: usize,
/// }
///
/// fn length(doc: &Document) -> Result<Length, StageError> {
///     Ok(Length { bytes: doc.text().len() })
/// }
///
/// let stage = build_shared(&Function(length), &BuildContext::default()).unwrap();
/// let mut doc = Document::from_text("a", "Rain.");
/// stage.annotate(&mut doc).unwrap();
/// assert_eq!(doc.require::<Length>().unwrap().bytes, 5);
/// ```
///
/// # Errors
/// Those of the stage's check and build, and one for a batch stage, of which each worker has its own.
pub fn build_shared(config: &dyn StageConfig, context: &BuildContext) -> Result<Arc<dyn Stage>, StageError> {
    config.check(context)?;
    match config.build(context)? {
        BuiltStage::PerDocument(stage) => Ok(stage),
        BuiltStage::Batched { .. } => {
            Err(StageError::Document("a batch stage is not shared; use `build`".to_owned()))
        }
    }
}

/// Runs the stage with these settings over a text that has [`plain_layers`].
///
/// ```
/// use docmill_core::testing::annotate;
/// use docmill_core::{Document, Function, Layer, StageError};
///
/// /// How often a document says "treaty".
/// #[derive(Debug, Layer)]
/// struct Treaties {
///     count: usize,
/// }
///
/// fn count(doc: &Document) -> Result<Treaties, StageError> {
///     Ok(Treaties { count: doc.text().matches("treaty").count() })
/// }
///
/// let doc = annotate(&Function(count), "A treaty is a treaty.").unwrap();
/// assert_eq!(doc.require::<Treaties>().unwrap().count, 2);
/// ```
///
/// # Errors
/// Those of the stage's check, build and work.
pub fn annotate(config: &dyn StageConfig, text: &str) -> Result<Document, StageError> {
    let mut doc = Document::from_text("test", text);
    plain_layers(&mut doc);
    build(config)?.annotate(&mut doc)?;
    Ok(doc)
}
