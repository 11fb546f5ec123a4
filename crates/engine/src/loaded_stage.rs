//! One stage, loaded, and what it does to a document or a batch.

use std::sync::Arc;
use std::time::Instant;

use docmill_core::{BuildContext, BuiltStage, Document, LayerKey, Replicas, Skipped, Stage, StageError};

use crate::catch_panic::catch_panic;
use crate::outcome::{Failure, WorkItem};
use crate::plan::PlannedStage;
use crate::pool::{Instance, Pool};
use crate::stats::Counters;
use crate::when::When;

pub(crate) enum Runner {
    PerDocument(Arc<dyn Stage>),
    Batched(Pool),
}

/// One stage, loaded.
pub(crate) struct LoadedStage {
    pub key: String,
    when: Option<When>,
    requires: Vec<&'static str>,
    provides: Vec<&'static str>,
    dropped_after: Vec<&'static str>,
    /// Those of `dropped_after` that a window keeps, for the stages that run once more over the whole document.
    kept_in_windows: Vec<&'static str>,
    /// See [`docmill_core::StageConfig::whole_document`].
    pub whole_document: bool,
    pub runner: Runner,
    pub counters: Counters,
}

impl LoadedStage {
    pub fn new(
        stage: &PlannedStage,
        dropped_after: Vec<&'static str>,
        read_of_the_whole: &[&'static str],
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
        let kept_in_windows =
            dropped_after.iter().copied().filter(|name| read_of_the_whole.contains(name)).collect();
        Ok(Self {
            key: stage.key.clone(),
            when: stage.when.clone(),
            requires: stage.requires().iter().map(LayerKey::name).collect(),
            provides: stage.config.provides().iter().map(LayerKey::name).collect(),
            dropped_after,
            kept_in_windows,
            whole_document: stage.config.whole_document(),
            runner,
            counters: Counters::default(),
        })
    }

    pub fn is_per_document(&self) -> bool {
        matches!(self.runner, Runner::PerDocument(_))
    }

    pub fn process_one(&self, item: &mut WorkItem, documents: usize) {
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

    pub fn process_batch(&self, pool: &Pool, items: &mut [WorkItem]) {
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

    /// Records that the stage does not run on a document, if its condition is false. The plan orders a stage after
    /// those that provide its requirements, so a layer is missing only if one of them was skipped.
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

    /// Drops `half_done` layers, and those that no later stage needs.
    pub fn drop_layers(&self, item: &mut WorkItem, half_done: &[&'static str]) {
        let window = item.doc.is_window();
        let needless =
            self.dropped_after.iter().filter(|name| !window || !self.kept_in_windows.contains(name));
        for name in half_done.iter().chain(needless) {
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
