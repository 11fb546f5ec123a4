//! Stages that are loaded and ready, and the way of one chunk through them.

use std::error::Error as _;
use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use docmill_core::{
    BuildContext, BuiltStage, Document, LayerKey, Layers, Replicas, Skipped, Stage, StageError,
};

use crate::catch_panic::catch_panic;
use crate::plan::PlannedStage;
use crate::pool::{Instance, Pool};
use crate::stats::{Counters, StageStats};
use crate::when::When;
use crate::window::cut;

/// Why a document failed, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Key of the stage; `None` if the input could not be read or the record not be written.
    pub stage: Option<String>,
    /// The reason.
    pub message: String,
    /// What caused it, the nearest cause first.
    pub causes: Vec<String>,
}

impl Failure {
    fn of(stage: &str, error: &StageError) -> Self {
        let mut causes = Vec::new();
        let mut cause = error.source();
        while let Some(next) = cause {
            causes.push(next.to_string());
            cause = next.source();
        }
        Self { stage: Some(stage.to_owned()), message: error.to_string(), causes }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.stage {
            Some(stage) => write!(f, "stage `{stage}`: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// A document under way, with its failure once it has one.
pub(crate) struct WorkItem {
    pub doc: Document,
    pub failure: Option<Failure>,
}

impl WorkItem {
    pub fn new(doc: Document) -> Self {
        Self { doc, failure: None }
    }

    fn active(&self) -> bool {
        self.failure.is_none() && self.doc.filtered().is_none()
    }
}

/// The stages of a run, loaded. Shared by all workers.
pub struct Pipeline {
    stages: Vec<LoadedStage>,
    /// Longer documents go through in windows of so many bytes.
    window: usize,
}

impl Pipeline {
    pub(crate) fn new(stages: Vec<LoadedStage>) -> Self {
        Self { stages, window: usize::MAX }
    }

    /// Lets documents of more bytes go through the stages in windows of at most so many; the layers of the windows are
    /// joined. So what a stage needs for its work does not grow with the document.
    ///
    /// Windows are cut between paragraphs where that is possible. What reaches over a border is lost: a quotation that
    /// goes on, a person who is `he` in the next window. Metadata are those of the first window, and a document is taken
    /// out if its first window is. Stages that [say something of the whole](docmill_core::StageConfig::whole_document)
    /// run once more at the end.
    #[must_use]
    pub fn with_windows(mut self, bytes: usize) -> Self {
        self.window = bytes.max(1);
        self
    }

    /// Runs every stage over the documents of one chunk.
    pub(crate) fn process(&self, items: &mut [WorkItem]) {
        let long = |item: &WorkItem| item.doc.text().len() > self.window;
        for run in items.chunk_by_mut(|a, b| long(a) == long(b)) {
            if long(&run[0]) {
                run.iter_mut().filter(|item| item.active()).for_each(|item| self.process_windows(item));
            } else {
                self.process_whole(run);
            }
        }
    }

    /// Runs every stage over the windows of a document, one after another.
    fn process_windows(&self, item: &mut WorkItem) {
        let mut joined = Layers::default();
        let mut skipped: Option<Vec<Skipped>> = None;
        for range in cut(item.doc.text(), self.window) {
            let mut window = [WorkItem::new(item.doc.window(range.clone()))];
            self.process_whole(&mut window);
            let [WorkItem { mut doc, failure }] = window;
            item.doc.meta = std::mem::take(&mut doc.meta);
            if let Some(failure) = failure {
                // The layers of some windows would look like those of all.
                let window = format!("in the window of bytes {} to {}: ", range.start, range.end);
                item.failure = Some(Failure { message: window + &failure.message, ..failure });
                return;
            }
            if let Some(reason) = doc.filtered().filter(|_| range.start == 0) {
                item.doc.filter_out(reason);
                return;
            }
            // A stage has not run on the document if it has run on none of its windows.
            match &mut skipped {
                None => skipped = Some(doc.skipped().to_vec()),
                Some(all) => all.retain(|one| doc.skipped().iter().any(|now| now.stage == one.stage)),
            }
            joined.append(std::mem::take(doc.layers_mut()), range.start);
        }
        item.doc.layers_mut().extend(joined);
        let skipped = skipped.unwrap_or_default();
        let ran = |stage: &&LoadedStage| !skipped.iter().any(|skipped| skipped.stage == stage.key);
        self.stages.iter().filter(|stage| stage.whole_document).filter(ran).for_each(|stage| {
            match &stage.runner {
                Runner::PerDocument(_) => stage.process_one(item, 0),
                Runner::Batched(pool) => stage.process_batch(pool, std::slice::from_mut(item)),
            }
        });
        for stage in skipped {
            item.doc.skip(stage);
        }
    }

    /// Runs every stage over documents as they are.
    ///
    /// Between two batch stages, each document goes all the way before the next one begins: a layer that only
    /// serves the next stage is gone before the next document makes its own.
    fn process_whole(&self, items: &mut [WorkItem]) {
        for run in self.stages.chunk_by(|a, b| a.is_per_document() && b.is_per_document()) {
            match run {
                [LoadedStage { runner: Runner::Batched(pool), .. }] => run[0].process_batch(pool, items),
                _ => {
                    for item in items.iter_mut() {
                        // A document in windows is counted once.
                        let documents = usize::from(!item.doc.continues());
                        for stage in run {
                            stage.process_one(item, documents);
                        }
                    }
                }
            }
        }
    }

    /// What each stage has done so far.
    pub fn stats(&self) -> Vec<StageStats> {
        self.stages.iter().map(|stage| stage.counters.snapshot(&stage.key)).collect()
    }

    /// Runs every stage over one document, for callers with a single text.
    pub fn annotate(&self, doc: Document) -> (Document, Option<Failure>) {
        let mut items = [WorkItem::new(doc)];
        self.process(&mut items);
        let [item] = items;
        (item.doc, item.failure)
    }
}

impl fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.stages.iter().map(|stage| &stage.key)).finish()
    }
}

enum Runner {
    PerDocument(Arc<dyn Stage>),
    Batched(Pool),
}

/// One stage, loaded.
pub(crate) struct LoadedStage {
    key: String,
    when: Option<When>,
    requires: Vec<&'static str>,
    provides: Vec<&'static str>,
    dropped_after: Vec<&'static str>,
    /// See [`docmill_core::StageConfig::whole_document`].
    whole_document: bool,
    runner: Runner,
    counters: Counters,
}

impl LoadedStage {
    pub fn new(
        stage: &PlannedStage,
        dropped_after: Vec<&'static str>,
        context: &BuildContext,
    ) -> Result<Self, StageError> {
        let runner = match stage.config.build(context)? {
            BuiltStage::PerDocument(stage) => Runner::PerDocument(stage),
            BuiltStage::Batched { factory, replicas } => {
                let replicas = match replicas {
                    Replicas::PerJob => context.jobs,
                    // More instances than workers would only take memory.
                    Replicas::Exactly(n) => n.min(context.jobs),
                };
                Runner::Batched(Pool::new(factory, replicas.get())?)
            }
        };
        Ok(Self {
            key: stage.key.clone(),
            when: stage.when.clone(),
            requires: stage.requires().iter().map(LayerKey::name).collect(),
            provides: stage.config.provides().iter().map(LayerKey::name).collect(),
            dropped_after,
            whole_document: stage.config.whole_document(),
            runner,
            counters: Counters::default(),
        })
    }

    fn is_per_document(&self) -> bool {
        matches!(self.runner, Runner::PerDocument(_))
    }

    fn process_one(&self, item: &mut WorkItem, documents: usize) {
        let Runner::PerDocument(stage) = &self.runner else { return };
        if !item.active() || self.skip(item) {
            return;
        }
        let started = Instant::now();
        let result = catch_panic(|| stage.annotate(&mut item.doc));
        let failed =
            self.record_outcome(item, result.unwrap_or_else(|message| Err(StageError::Panic(message))));
        self.counters.add(documents, usize::from(failed), item.doc.text().len(), started.elapsed());
    }

    fn process_batch(&self, pool: &Pool, items: &mut [WorkItem]) {
        let started = Instant::now();
        let mut active: Vec<&mut WorkItem> = items
            .iter_mut()
            .filter(|item| item.active())
            .filter_map(|item| (!self.skip(item)).then_some(item))
            .collect();
        if active.is_empty() {
            return;
        }
        let results = run_batch(pool, &mut active);
        let bytes = active.iter().map(|item| item.doc.text().len()).sum();
        let failed = active
            .iter_mut()
            .zip(results)
            .filter_map(|(item, r)| self.record_outcome(item, r).then_some(()))
            .count();
        let documents = active.iter().filter(|item| !item.doc.continues()).count();
        self.counters.add(documents, failed, bytes, started.elapsed());
    }

    /// Notes that the stage does not run on a document, if that is so. The plan lets a stage run only behind those that
    /// provide what it requires, so a layer is missing only where one of them was skipped.
    fn skip(&self, item: &mut WorkItem) -> bool {
        let layers = item.doc.layers();
        let missing = self.requires.iter().find(|name| layers.by_name(name).is_none());
        let skipped = missing.is_some() || self.when.as_ref().is_some_and(|when| !when.holds(&item.doc));
        if skipped {
            item.doc.skip(Skipped { stage: self.key.clone(), missing: missing.map(ToString::to_string) });
            self.drop_layers(item, &[]);
            self.counters.skip(1);
        }
        skipped
    }

    /// Drops `half_done` layers, and those that nobody needs behind this stage.
    fn drop_layers(&self, item: &mut WorkItem, half_done: &[&'static str]) {
        for name in half_done.iter().chain(&self.dropped_after) {
            item.doc.layers_mut().remove(name);
        }
    }

    /// Notes how the stage ended on a document, and drops the layers that are needed no more. True if it failed.
    fn record_outcome(&self, item: &mut WorkItem, result: StageResult) -> bool {
        let result = result.and_then(|()| self.check_provided(&item.doc));
        let failed = result.is_err();
        if let Err(error) = result {
            item.failure = Some(Failure::of(&self.key, &error));
        }
        // What a failed stage left behind may be half done.
        self.drop_layers(item, if failed { &self.provides } else { &[] });
        failed
    }

    fn check_provided(&self, doc: &Document) -> Result<(), StageError> {
        if doc.filtered().is_some() {
            return Ok(());
        }
        match self.provides.iter().find(|name| doc.layers().by_name(name).is_none()) {
            Some(name) => Err(StageError::Document(format!(
                "the stage ended without its layer `{name}`; this is a fault of the stage, report it to its author"
            ))),
            None => Ok(()),
        }
    }
}

type StageResult = Result<(), StageError>;

/// Runs a batch; if it panics or answers for another number of documents, each document is run by itself, so that
/// only those at fault fail.
fn run_batch(pool: &Pool, items: &mut [&mut WorkItem]) -> Vec<StageResult> {
    let mut instance = pool.take();
    let mut results = try_batch(pool, &mut instance, items).unwrap_or_default();
    if results.len() != items.len() {
        results = items
            .iter_mut()
            .map(|item| match try_batch(pool, &mut instance, std::slice::from_mut(item)) {
                Ok(mut one) if one.len() == 1 => one.remove(0),
                Ok(many) => Err(StageError::Document(format!(
                    "the stage gave {} results for one document; report it to its author",
                    many.len()
                ))),
                Err(error) => Err(error),
            })
            .collect();
    }
    pool.give(instance);
    results
}

/// One call of the batch stage. After a panic its instance is replaced.
fn try_batch(
    pool: &Pool,
    instance: &mut Instance,
    items: &mut [&mut WorkItem],
) -> Result<Vec<StageResult>, StageError> {
    let mut running = match instance.take() {
        Some(running) => running,
        None => pool.replace()?,
    };
    let mut docs: Vec<&mut Document> = items.iter_mut().map(|item| &mut item.doc).collect();
    match catch_panic(|| running.annotate_batch(&mut docs)) {
        Ok(results) => {
            *instance = Some(running);
            Ok(results)
        }
        Err(message) => {
            // Dropping it may panic as well; its memory is lost then, the run is not.
            let _ = catch_panic(move || drop(running));
            Err(StageError::Panic(message))
        }
    }
}
