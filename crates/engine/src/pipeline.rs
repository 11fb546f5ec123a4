//! Stages that are loaded and ready, and the way of one chunk through them.

use std::fmt;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use docmill_core::{BuildContext, Document, Layers, Skipped};
use rayon::prelude::*;

use crate::loaded_stage::{LoadedStage, Runner};
use crate::outcome::{Failure, WorkItem};
use crate::plan::{Plan, PlanError};
use crate::stats::StageStats;
use crate::window::cut;

impl Plan {
    /// Loads every stage. [`Plan::check`] comes first, so that an error in the last stage is reported before the model
    /// of the first is loaded.
    pub fn build(&self, context: &BuildContext) -> Result<Pipeline, PlanError> {
        self.check(context)?;
        let whole = self.read_of_the_whole();
        let running = self
            .for_each_indexed(|i, stage| LoadedStage::new(stage, self.dropped_after(i), &whole, context))?;
        Ok(Pipeline::new(running))
    }
}

/// What a window leaves: its layers, and the stages that did not run on it.
type Window = (Layers, Vec<Skipped>);

/// Where a window is, and what it left or why it failed.
type Ended = (Range<usize>, Result<Window, Box<Failure>>);

/// Hears of the windows of long documents, in the workers.
pub(crate) type WindowObserver<'o> = dyn Fn(&WindowDone<'_>) + Sync + 'o;

/// A window of a long document that has gone through all stages.
#[derive(Debug, Clone, Copy)]
pub struct WindowDone<'d> {
    /// Id of the document.
    pub id: &'d str,
    /// Bytes of the window.
    pub bytes: u64,
    /// Bytes of the document.
    pub whole: u64,
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

    /// Splits documents of more bytes into windows of at most this size, and joins the layers of the windows, so that the
    /// memory that a stage needs does not grow with the document.
    ///
    /// The first window is processed first, because it has the metadata; then all workers take windows. Windows end between
    /// paragraphs if possible. Nothing links across a border: neither a quotation that continues nor a person who is `he`
    /// in the next window. The document's metadata are those of the first window, and a document is filtered out if its
    /// first window is. Stages that [say something of the whole](docmill_core::StageConfig::whole_document)
    /// run once more at the end.
    #[must_use]
    pub fn with_windows(mut self, bytes: usize) -> Self {
        self.window = bytes.max(1);
        self
    }

    /// Runs every stage over the documents of one chunk. `done` hears of each window of a long document.
    pub(crate) fn process(&self, items: &mut [WorkItem], done: &WindowObserver<'_>) {
        let long = |item: &WorkItem| item.doc.text().len() > self.window;
        for run in items.chunk_by_mut(|a, b| long(a) == long(b)) {
            if long(&run[0]) {
                run.iter_mut().filter(|item| item.active()).for_each(|item| self.process_windows(item, done));
            } else {
                self.process_whole(run);
            }
        }
    }

    /// Runs every stage over the windows of a document: the first, then the others in parallel.
    fn process_windows(&self, item: &mut WorkItem, done: &WindowObserver<'_>) {
        let mut ranges = cut(item.doc.text(), self.window).into_iter();
        let Some(first) = ranges.next() else { return };
        let (mut doc, failure) = self.process_window(item, &first, done);
        item.doc.meta = std::mem::take(&mut doc.meta);
        item.in_windows = first.len() as u64;
        if failure.is_some() {
            item.failure = failure;
            return;
        }
        if let Some(reason) = doc.filtered() {
            item.doc.filter_out(reason);
            return;
        }
        let mut skipped = doc.skipped().to_vec();
        let mut joined = Layers::default();
        joined.append(std::mem::take(doc.layers_mut()), first.start);
        for (range, window) in self.process_others(item, ranges.collect(), done) {
            match window {
                Ok((layers, not_run)) => {
                    item.in_windows += range.len() as u64;
                    // A stage has not run on the document if it has run on none of its windows.
                    skipped.retain(|one| not_run.iter().any(|now| now.stage == one.stage));
                    joined.append(layers, range.start);
                }
                // The layers of some windows would look like those of all.
                Err(failure) => {
                    item.failure = Some(*failure);
                    return;
                }
            }
        }
        item.doc.layers_mut().extend(joined);
        let ran = |stage: &&LoadedStage| !skipped.iter().any(|skipped| skipped.stage == stage.key);
        self.stages.iter().filter(|stage| stage.whole_document).filter(ran).for_each(|stage| {
            match &stage.runner {
                Runner::PerDocument(_) => stage.process_one(item, 0),
                Runner::Batched(pool) => stage.process_batch(pool, std::slice::from_mut(item)),
            }
        });
        // What the windows kept for the stages that ran once more.
        self.stages.iter().for_each(|stage| stage.drop_layers(item, &[]));
        for stage in skipped {
            item.doc.skip(stage);
        }
    }

    /// Runs every stage over windows of a document, and gives what came of each, in their order. Every worker that is
    /// free takes one; where there are no workers, one comes after another. Behind the first that fails there may be
    /// none.
    fn process_others(
        &self,
        item: &WorkItem,
        ranges: Vec<Range<usize>>,
        done: &WindowObserver<'_>,
    ) -> Vec<Ended> {
        // The first byte of the first window that is known to have failed: what lies behind it is not needed.
        let failed = AtomicUsize::new(usize::MAX);
        let process = |range: Range<usize>| {
            if range.start > failed.load(Ordering::Relaxed) {
                return None;
            }
            let (mut doc, failure) = self.process_window(item, &range, done);
            let window = match failure {
                Some(failure) => {
                    failed.fetch_min(range.start, Ordering::Relaxed);
                    Err(Box::new(failure))
                }
                None => Ok((std::mem::take(doc.layers_mut()), doc.skipped().to_vec())),
            };
            Some((range, window))
        };
        if rayon::current_thread_index().is_none() {
            return ranges.into_iter().map_while(process).collect();
        }
        let windows: Vec<_> = ranges.into_par_iter().with_max_len(1).map(process).collect();
        windows.into_iter().map_while(|window| window).collect()
    }

    /// Runs every stage over one window.
    fn process_window(
        &self,
        item: &WorkItem,
        range: &Range<usize>,
        done: &WindowObserver<'_>,
    ) -> (Document, Option<Failure>) {
        let mut window = [WorkItem::new(item.doc.window(range.clone()))];
        self.process_whole(&mut window);
        let [WorkItem { doc, failure, .. }] = window;
        let whole = item.doc.text().len() as u64;
        done(&WindowDone { id: item.doc.id(), bytes: range.len() as u64, whole });
        let place = format!("in the window of bytes {} to {}: ", range.start, range.end);
        (doc, failure.map(|failure| Failure { message: place + &failure.message, ..failure }))
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
    ///
    /// ```
    /// # use docmill_core::{Document, Function, Layer, StageEntry, StageError};
    /// #
    /// # /// Lines of a document.
    /// # #[derive(Debug, Layer)]
    /// # struct Lines {
    /// #     count: usize,
    /// # }
    /// #
    /// # fn count(doc: &Document) -> Result<Lines, StageError> {
    /// #     Ok(Lines { count: doc.text().lines().count() })
    /// # }
    /// #
    /// # const STAGES: &[StageEntry] = &[StageEntry::function("line-count", "counts lines", &Function(count))];
    /// # use docmill_core::BuildContext;
    /// # use docmill_core::settings::{Node, Origin};
    /// # use docmill_engine::{Plan, PlannedStage, Registry};
    /// # let registry = Registry::new(&[STAGES]).unwrap();
    /// # let (origin, table) = (Origin::default(), Node::empty_table(Origin::default()));
    /// # let config = STAGES[0].parse(&table).unwrap();
    /// # let stage = PlannedStage { key: "line-count".into(), origin, table, config, when: None };
    /// # let plan = Plan::new(vec![stage], &registry).unwrap();
    /// let pipeline = plan.build(&BuildContext::default()).unwrap();
    /// let (doc, failure) = pipeline.annotate(Document::from_text("a.txt", "Osh waits.\nNaryn does not."));
    /// assert!(failure.is_none());
    /// assert_eq!(doc.require::<Lines>().unwrap().count, 2);
    /// assert_eq!(pipeline.stats()[0].documents, 1);
    /// ```
    pub fn annotate(&self, doc: Document) -> (Document, Option<Failure>) {
        let mut items = [WorkItem::new(doc)];
        self.process(&mut items, &|_| ());
        let [item] = items;
        (item.doc, item.failure)
    }
}

impl fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.stages.iter().map(|stage| &stage.key)).finish()
    }
}
