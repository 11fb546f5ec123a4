//! Many documents through a pipeline: in parallel, in order, within bounds.

use std::collections::{BTreeMap, VecDeque};
use std::iter::Peekable;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Instant;

use docmill_core::layers::Tokens;
use docmill_core::{Document, Source, Unreadable};

use crate::catch_panic::catch_panic;
use crate::chunk::Chunks;
use crate::outcome::{Finished, Outcome, Status, WorkItem};
use crate::pipeline::{Pipeline, WindowDone};
use crate::stats::RunStats;

/// What a program does at both ends of the pipeline. Both methods run in the workers.
pub trait Job: Sync {
    /// What is read: a path, or bytes with their place.
    type Input: Send;
    /// What is written: as a rule the record's bytes.
    type Output: Send;
    /// What the job keeps of a document beside the stages, from [`Job::open`] to [`Job::finish`].
    type Context: Send;

    /// Bytes of text that the input is likely to become; bounds what is in memory at once.
    fn bytes(&self, input: &Self::Input) -> usize;

    /// Bytes of text for which there is no room any more, because what is kept of earlier documents takes it. Asked
    /// before each chunk.
    fn spent(&self) -> u64 {
        0
    }

    /// Id that the input's document has or would have. Known before the input is opened.
    fn id(&self, input: &Self::Input) -> String;

    /// Where the input is, for reports.
    fn source(&self, input: &Self::Input) -> Source;

    /// The output of an input, with its source as a document of it would have it, if that is known without running
    /// anything. The input is not opened then.
    fn known(&self, _input: &mut Self::Input) -> Option<(Source, Self::Output)> {
        None
    }

    /// Makes a document of the input, or returns the reason why not.
    fn open(&self, input: Self::Input) -> Result<(Document, Self::Context), Box<Unreadable>>;

    /// A window of a long document has gone through the stages: it may take minutes until the next document does.
    fn window(&self, _window: &WindowDone<'_>) {}

    /// Makes the output. `None` writes nothing. An input that did not become a document has no context.
    fn finish(
        &self,
        outcome: &Outcome,
        context: Option<&Self::Context>,
    ) -> Result<Option<Self::Output>, String>;
}

/// Bounds of a run.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Worker threads.
    pub jobs: NonZeroUsize,
    /// Most documents in a chunk.
    pub chunk_documents: usize,
    /// Bytes of text after which a chunk ends.
    pub chunk_bytes: usize,
    /// Reading pauses while this many bytes of text (less [`Job::spent`]) are in memory, from when an input is taken up
    /// until its line is written; a longer document is in memory alone. An input counts as many bytes as [`Job::bytes`]
    /// says until it is opened, then as many as it has.
    pub bytes_in_flight: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            jobs: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            chunk_documents: 16,
            chunk_bytes: 256 * 1024,
            bytes_in_flight: u64::MAX,
        }
    }
}

/// Chunks per worker that are read and not yet written. One is being processed, one waits; the rest lets the others
/// continue while the sink waits for a slow chunk.
const IN_FLIGHT_PER_JOB: usize = 4;

/// Runs all inputs through the pipeline, and hands the results to `sink` in input order.
///
/// At most `4 * jobs` chunks are in memory, and no more bytes than the limits allow. Once `stop` is set, no more chunks
/// are started; chunks in progress are finished and written. An error of the sink stops the run and comes back.
///
/// # Errors
/// Those of `sink`, and of starting the worker threads.
pub fn run<J: Job, E: From<std::io::Error>>(
    pipeline: &Pipeline,
    job: &J,
    inputs: impl Iterator<Item = J::Input>,
    limits: &Limits,
    stop: &AtomicBool,
    mut sink: impl FnMut(Finished<J::Output>) -> Result<(), E>,
) -> Result<RunStats, E> {
    let started = Instant::now();
    let workers = rayon::ThreadPoolBuilder::new()
        .num_threads(limits.jobs.get())
        .thread_name(|i| format!("docmill-{i}"))
        .build()
        .map_err(std::io::Error::other)?;
    let chunks = Chunks::new(inputs, |input| job.bytes(input), limits.chunk_documents, limits.chunk_bytes);
    let mut stats = RunStats { jobs: limits.jobs.get(), ..RunStats::default() };
    let (sender, receiver) = mpsc::channel();
    // Set when the sink has failed: chunks that have not begun are skipped.
    let cancelled = AtomicBool::new(false);

    let mut flow = Flow {
        chunks: chunks.peekable(),
        receiver,
        waiting: BTreeMap::new(),
        read: 0,
        written: 0,
        cut_short: false,
        most: IN_FLIGHT_PER_JOB * limits.jobs.get(),
        bytes: VecDeque::new(),
        bytes_of: |chunk: &Vec<J::Input>| chunk.iter().map(|input| job.bytes(input) as u64).sum(),
        most_bytes: || limits.bytes_in_flight.saturating_sub(job.spent()),
    };
    let cancelled_ref = &cancelled;
    workers.in_place_scope(|scope| -> Result<(), E> {
        let result = flow.drive(
            stop,
            |number, chunk, sender: Sender<_>| {
                scope.spawn(move |_| {
                    let skip = stop.load(Ordering::Relaxed) || cancelled_ref.load(Ordering::Relaxed);
                    let results = (!skip).then(|| run_chunk(pipeline, job, chunk));
                    // The receiver is gone only if the run has ended early.
                    let _ = sender.send((number, results));
                });
            },
            &sender,
            |finished| {
                stats.totals.count(&finished);
                stats.last_id = Some(finished.id.clone());
                sink(finished)
            },
        );
        cancelled_ref.store(result.is_err(), Ordering::Relaxed);
        result
    })?;
    stats.stopped = flow.cut_short || stop.load(Ordering::Relaxed) && flow.chunks.peek().is_some();
    stats.seconds = started.elapsed().as_secs_f64();
    stats.stages = pipeline.stats();
    Ok(stats)
}

/// Number of a chunk, and what came of it; nothing if it was skipped.
type Results<T> = (u64, Option<Vec<Finished<T>>>);

/// The reading and the writing end, both on the calling thread.
struct Flow<C: Iterator, T, B, M> {
    chunks: Peekable<C>,
    receiver: Receiver<Results<T>>,
    /// Finished chunks whose predecessors are still in progress.
    waiting: BTreeMap<u64, Option<Vec<Finished<T>>>>,
    read: u64,
    written: u64,
    /// True once a chunk that was read has been skipped; nothing after it is written.
    cut_short: bool,
    most: usize,
    /// Bytes of text in each chunk that is read and not yet written.
    bytes: VecDeque<u64>,
    bytes_of: B,
    /// How many there may be in all.
    most_bytes: M,
}

impl<C: Iterator, T, B: Fn(&C::Item) -> u64, M: Fn() -> u64> Flow<C, T, B, M> {
    /// The next chunk, if there is room for it, or nothing else in memory.
    fn next_within_bounds(&mut self) -> Option<C::Item> {
        let next = (self.bytes_of)(self.chunks.peek()?);
        let now: u64 = self.bytes.iter().sum();
        if !self.bytes.is_empty() && now.saturating_add(next) > (self.most_bytes)() {
            return None;
        }
        self.bytes.push_back(next);
        self.chunks.next()
    }

    fn drive<E>(
        &mut self,
        stop: &AtomicBool,
        mut spawn: impl FnMut(u64, C::Item, Sender<Results<T>>),
        sender: &Sender<Results<T>>,
        mut sink: impl FnMut(Finished<T>) -> Result<(), E>,
    ) -> Result<(), E> {
        loop {
            while self.read - self.written < self.most as u64 && !stop.load(Ordering::Relaxed) {
                let Some(chunk) = self.next_within_bounds() else { break };
                spawn(self.read, chunk, sender.clone());
                self.read += 1;
            }
            if self.read == self.written {
                return Ok(());
            }
            let Ok((number, results)) = self.receiver.recv() else { return Ok(()) };
            let actual: u64 = results.iter().flatten().map(|finished| finished.bytes).sum();
            if let Some(bytes) = self.bytes.get_mut((number - self.written) as usize) {
                *bytes = actual.max(*bytes);
            }
            self.waiting.insert(number, results);
            while let Some(results) = self.waiting.remove(&self.written) {
                self.written += 1;
                self.bytes.pop_front();
                let Some(results) = results else {
                    self.cut_short = true;
                    return Ok(());
                };
                for finished in results {
                    sink(finished)?;
                }
            }
        }
    }
}

fn run_chunk<J: Job>(pipeline: &Pipeline, job: &J, inputs: Vec<J::Input>) -> Vec<Finished<J::Output>> {
    let mut items = Vec::new();
    let mut opened_inputs = Vec::with_capacity(inputs.len());
    for mut input in inputs {
        let (id, source) = (job.id(&input), job.source(&input));
        if let Ok(Some((source, output))) = catch_panic(|| job.known(&mut input)) {
            opened_inputs.push(Opened::Known(Box::new(known(id, source, output))));
            continue;
        }
        let opened = catch_panic(|| job.open(input)).unwrap_or_else(|panic| {
            Err(Box::new(Unreadable { id, source, message: format!("internal error: {panic}") }))
        });
        match opened {
            Ok((doc, context)) => {
                items.push(WorkItem::new(doc));
                opened_inputs.push(Opened::Loaded(context));
            }
            Err(failed) => opened_inputs.push(Opened::Unreadable(failed)),
        }
    }
    pipeline.process(&mut items, &|window| job.window(window));
    let mut items = items.into_iter();
    let finished = |input| match input {
        Opened::Known(finished) => Some(*finished),
        Opened::Unreadable(failed) => Some(finish(job, Outcome::Unreadable(failed), None)),
        Opened::Loaded(context) => items.next().map(|WorkItem { doc, failure, in_windows }| {
            let outcome = match failure {
                Some(failure) => Outcome::Failed(doc, failure),
                None if doc.filtered().is_some() => Outcome::Filtered(doc),
                None => Outcome::Done(doc),
            };
            Finished { in_windows, ..finish(job, outcome, Some(&context)) }
        }),
    };
    opened_inputs.into_iter().filter_map(finished).collect()
}

/// What became of an input of a chunk before the stages run.
enum Opened<C, T> {
    /// It is the next of the chunk's documents.
    Loaded(C),
    Unreadable(Box<Unreadable>),
    Known(Box<Finished<T>>),
}

fn known<T>(id: String, source: Source, output: T) -> Finished<T> {
    let bytes = source.bytes;
    Finished {
        output: Some(output),
        id,
        source,
        status: Status::Ok,
        failure: None,
        bytes,
        in_windows: 0,
        words: 0,
        reused: true,
    }
}

/// Renders one outcome. If that fails or panics, a layer is at fault: the document is written as failed, without
/// its layers.
fn finish<J: Job>(job: &J, outcome: Outcome, context: Option<&J::Context>) -> Finished<J::Output> {
    let (bytes, words) = match &outcome {
        Outcome::Done(doc) | Outcome::Failed(doc, _) | Outcome::Filtered(doc) => {
            (doc.text().len() as u64, doc.layers().get::<Tokens>().map_or(0, |t| t.all().len() as u64))
        }
        Outcome::Unreadable(_) => (0, 0),
    };
    let render = |outcome: &Outcome| catch_panic(|| job.finish(outcome, context)).unwrap_or_else(Err);
    let (outcome, output) = match render(&outcome) {
        Ok(output) => (outcome, output),
        Err(message) => {
            let outcome = outcome.failed_to_render(&message);
            let output = render(&outcome).unwrap_or(None);
            (outcome, output)
        }
    };
    let (id, status, failure) = outcome.summary();
    let source = outcome.source().clone();
    Finished { output, id, source, status, failure, bytes, in_windows: 0, words, reused: false }
}
