//! What a run would take, estimated from a few of its documents.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use docmill_engine::{Finished, run as run_pipeline};
use docmill_input::Item;
use serde::Serialize;

use crate::{Input, Line, Setup};

/// Documents in the sample at most.
const SAMPLE: usize = 32;
/// A longer document is counted and not sampled: the sample is held in memory.
const LONGEST: u64 = 4 << 20;
/// How long the inputs are counted. An archive is unpacked for that.
const COUNTING: Duration = Duration::from_secs(30);
/// How long the sample runs; what is not begun by then is left.
const RUNNING: Duration = Duration::from_secs(20);

/// What a run would take.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Estimate {
    /// Documents in the inputs.
    pub documents: u64,
    /// Their bytes, as they lie in the inputs.
    pub bytes: u64,
    /// False if counting stopped before the end of the inputs: then there is more.
    pub complete: bool,
    /// Files in folders that would not be read, by the ends of their names.
    pub not_read: BTreeMap<String, u64>,
    /// Worker threads.
    pub jobs: usize,
    /// Seconds that the run would take once the models are loaded; null if the sample is empty.
    pub seconds: Option<f64>,
    /// Bytes of the records, before compression.
    pub record_bytes: Option<f64>,
    /// What was run.
    pub sample: Sample,
}

/// Documents that were run.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Sample {
    /// How many.
    pub documents: u64,
    /// How many of them failed.
    pub failed: u64,
    /// Their bytes, as they lie in the inputs.
    pub bytes: u64,
    /// Bytes of their records.
    pub record_bytes: u64,
    /// Seconds, models not counted.
    pub seconds: f64,
}

/// Counts the inputs, and runs a few of them at even distances.
///
/// # Errors
/// Those of a run: inputs that are not there, models that cannot be loaded.
pub fn estimate(setup: &Setup, inputs: &[PathBuf]) -> Result<Estimate> {
    let (mut documents, mut bytes, mut complete) = (0, 0, true);
    let mut spread = Spread::default();
    let started = Instant::now();
    for item in setup.job.archive.open(inputs)? {
        if started.elapsed() > COUNTING {
            complete = false;
            break;
        }
        documents += 1;
        bytes += item.size_hint();
        spread.offer(item);
    }
    let sample = run(setup, spread.items)?;
    let scale = |figure: f64| (sample.bytes > 0).then(|| figure * bytes as f64 / sample.bytes as f64);
    Ok(Estimate {
        documents,
        bytes,
        complete,
        not_read: setup.job.archive.passed_over().into_iter().collect(),
        jobs: setup.context.jobs.get(),
        seconds: scale(sample.seconds),
        record_bytes: scale(sample.record_bytes as f64).map(f64::round),
        sample,
    })
}

fn run(setup: &Setup, items: Vec<Item>) -> Result<Sample> {
    let mut sample = Sample::default();
    if items.is_empty() {
        return Ok(sample);
    }
    let pipeline = setup.pipeline()?;
    let sizes: Vec<u64> = items.iter().map(Item::size_hint).collect();
    let stop = AtomicBool::new(false);
    let started = Instant::now();
    let mut sizes = sizes.into_iter();
    let inputs = items.into_iter().map(Input::from);
    let stats = run_pipeline(&pipeline, &setup.job, inputs, &setup.limits()?, &stop, |finished| {
        let Finished { output, failure, .. } = finished;
        sample.documents += 1;
        sample.bytes += sizes.next().unwrap_or(0);
        sample.record_bytes += output.map_or(0, |line: Line| line.bytes.len() as u64);
        sample.failed += u64::from(failure.is_some());
        stop.store(started.elapsed() > RUNNING, Ordering::Relaxed);
        anyhow::Ok(())
    })?;
    sample.seconds = stats.seconds;
    Ok(sample)
}

/// Keeps things that stand at even distances, without knowing how many come: once there are too many, every other one
/// goes, and the distance doubles.
struct Spread<T> {
    items: Vec<T>,
    distance: usize,
    seen: usize,
}

impl<T> Default for Spread<T> {
    fn default() -> Self {
        Self { items: Vec::new(), distance: 1, seen: 0 }
    }
}

impl Spread<Item> {
    fn offer(&mut self, item: Item) {
        if item.size_hint() <= LONGEST {
            self.take(item);
        }
    }
}

impl<T> Spread<T> {
    fn take(&mut self, item: T) {
        let due = self.seen.is_multiple_of(self.distance);
        self.seen += 1;
        if !due {
            return;
        }
        if self.items.len() == SAMPLE {
            let mut number = 0;
            self.items.retain(|_| {
                number += 1;
                number % 2 == 1
            });
            self.distance *= 2;
        }
        self.items.push(item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_stands_at_even_distances() {
        for count in [0, 1, 31, 32, 33, 64, 65, 1000, 100_000] {
            let mut spread = Spread::default();
            (0..count).for_each(|i| spread.take(i));
            let kept = &spread.items;
            assert!(kept.len() <= SAMPLE && kept.len() >= count.min(SAMPLE / 2), "{count}: {kept:?}");
            assert!(kept.windows(2).all(|pair| pair[1] - pair[0] == spread.distance), "{count}: {kept:?}");
        }
    }
}
