//! The traits a stage implements.

use std::fmt::Debug;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use crate::{Cache, Document, LayerKey, StageError, WordFile};

/// A step that looks at one document at a time. One value is shared by all workers.
pub trait Stage: Send + Sync {
    /// Adds the stage's layers to `doc`.
    ///
    /// `Ok` means that every layer the stage provides is present. `Err` affects this document only: its layers from
    /// this stage are dropped, and it is written with the reason.
    fn annotate(&self, doc: &mut Document) -> Result<(), StageError>;
}

/// A step that needs a value of its own per worker (a model with scratch memory, a child process), and sees all
/// documents of a chunk at once.
pub trait BatchStage: Send {
    /// Adds the stage's layers to each document, and returns one result per document, in order.
    ///
    /// A document's layers never depend on which other documents are in the call: chunks differ from run to run,
    /// the output may not.
    fn annotate_batch(&mut self, docs: &mut [&mut Document]) -> Vec<Result<(), StageError>>;
}

/// A stage's settings: parsed, checked, and not yet running.
pub trait StageConfig: Debug + Send + Sync {
    /// Called first. `name` is the name of the stage after the dot (`topics` in `process.topics`); empty for stages
    /// that are no [family](crate::StageEntry::family). A stage that only another program knows everything about asks it here.
    fn prepare(&mut self, _name: &str) -> Result<(), StageError> {
        Ok(())
    }

    /// Layers that must be there before the stage runs.
    fn requires(&self) -> Vec<LayerKey> {
        Vec::new()
    }

    /// Layers that the stage reads if they are there. They are kept for it, and a plan in which they come only later
    /// warns.
    fn uses(&self) -> Vec<LayerKey> {
        Vec::new()
    }

    /// Layers that the stage adds to every document.
    fn provides(&self) -> Vec<LayerKey>;

    /// True for a stage that describes the document as a whole, for instance which of its mentions name the same
    /// entity. A long document goes through the stages in windows; such a stage sees each of them, since later stages
    /// need its layers, and once more the whole, with the layers of all windows joined.
    fn whole_document(&self) -> bool {
        false
    }

    /// Checks what can be checked without loading anything: files that exist, settings that fit together.
    fn check(&self, _context: &BuildContext) -> Result<(), StageError> {
        Ok(())
    }

    /// Files whose content decides the stage's answers. They enter the run's identity.
    fn model_files(&self, _context: &BuildContext) -> Result<Vec<ModelFile>, StageError> {
        Ok(Vec::new())
    }

    /// What decides the stage's answers, besides [model files](StageConfig::model_files): its settings as they were
    /// `written` in the config, unless some of them decide nothing, or something else decides too. Enters the run's
    /// identity.
    fn identity(&self, written: serde_json::Value) -> serde_json::Value {
        written
    }

    /// Loads what the stage needs and makes it ready to run. Called once per run, after every check has passed.
    fn build(&self, context: &BuildContext) -> Result<BuiltStage, StageError>;
}

/// A file that decides a stage's answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelFile {
    /// Name to show, for instance `ner-bootstrap/model.safetensors`; free of this machine's folders.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

/// What a stage may know about the run it is built for.
#[derive(Debug, Clone)]
pub struct BuildContext {
    /// Worker threads of the run.
    pub jobs: NonZeroUsize,
    /// True if nothing may be fetched from a network.
    pub offline: bool,
    /// The model that stages share, as `model` at the top of a config names it: a folder, `hf:OWNER/NAME@REVISION`, or
    /// empty for docmill's own.
    pub model: String,
    /// Cache for results that are expensive to compute and a pure function of their input; none if the run has no
    /// cache.
    pub cache: Option<Arc<Cache>>,
    /// Files of words that the config adds to the shipped lists.
    pub words: Arc<[WordFile]>,
}

impl Default for BuildContext {
    fn default() -> Self {
        Self {
            jobs: NonZeroUsize::MIN,
            offline: true,
            model: String::new(),
            cache: None,
            words: Arc::new([]),
        }
    }
}

/// Makes one more instance of a batch stage.
pub type DynFactory = Box<dyn Fn() -> Result<Box<dyn BatchStage>, StageError> + Send + Sync>;

/// How many instances of a batch stage a run keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replicas {
    /// One for each worker.
    PerJob,
    /// A fixed number, regardless of the number of workers; workers wait for a free instance.
    Exactly(NonZeroUsize),
}

/// A stage that is ready to run.
pub enum BuiltStage {
    /// One value shared by all workers.
    PerDocument(Arc<dyn Stage>),
    /// A pool of values, each used by one worker at a time.
    Batched {
        /// Makes an instance. Called again to replace one that panicked.
        factory: DynFactory,
        /// Size of the pool.
        replicas: Replicas,
    },
}

impl BuiltStage {
    /// A stage shared by all workers.
    ///
    /// ```
    /// use docmill_core::{BuiltStage, Document, Stage, StageError};
    ///
    /// struct Titles;
    ///
    /// impl Stage for Titles {
    ///     fn annotate(&self, doc: &mut Document) -> Result<(), StageError> {
    ///         doc.meta.title = doc.text().lines().next().map(str::to_owned);
    ///         Ok(())
    ///     }
    /// }
    ///
    /// let BuiltStage::PerDocument(stage) = BuiltStage::per_document(Titles) else { panic!() };
    /// let mut doc = Document::from_text("a.txt", "Osh waits\n\nNo news.");
    /// stage.annotate(&mut doc).unwrap();
    /// assert_eq!(doc.meta.title.as_deref(), Some("Osh waits"));
    /// ```
    pub fn per_document(stage: impl Stage + 'static) -> Self {
        Self::PerDocument(Arc::new(stage))
    }

    /// A pool of stages.
    ///
    /// ```
    /// use docmill_core::{BatchStage, BuiltStage, Document, Replicas, StageError};
    ///
    /// /// Numbers the documents of a chunk.
    /// struct Counter(usize);
    ///
    /// impl BatchStage for Counter {
    ///     fn annotate_batch(&mut self, docs: &mut [&mut Document]) -> Vec<Result<(), StageError>> {
    ///         self.0 += docs.len();
    ///         docs.iter().map(|_| Ok(())).collect()
    ///     }
    /// }
    ///
    /// let built = BuiltStage::batched(Replicas::PerJob, || Ok(Counter(0)));
    /// assert_eq!(format!("{built:?}"), "Batched(PerJob)");
    /// ```
    pub fn batched<B, F>(replicas: Replicas, factory: F) -> Self
    where
        B: BatchStage + 'static,
        F: Fn() -> Result<B, StageError> + Send + Sync + 'static,
    {
        let factory: DynFactory = Box::new(move || Ok(Box::new(factory()?)));
        Self::Batched { factory, replicas }
    }
}

impl Debug for BuiltStage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::PerDocument(_) => f.write_str("PerDocument"),
            Self::Batched { replicas, .. } => write!(f, "Batched({replicas:?})"),
        }
    }
}
