//! What everything but the stages costs in a whole run: reading, decoding, journal, rendering, writing.

use std::path::Path;

use anyhow::Result;

use super::docmill::docmill;

/// The stage that runs the model's encoder.
const MODEL: &str = "encode";

/// One run with one worker, taken apart.
struct Parts {
    /// In all stages (seconds).
    stages: f64,
    /// In the model's encoder.
    model: f64,
    /// From the first input to the last output.
    wall: f64,
    /// Processor time of the whole process, every thread.
    cpu: f64,
}

/// Runs the default profile with one worker and prints shares, medians of the rounds.
///
/// With one worker, what the clock shows beyond the stages is what the worker does besides, or waits for. A thread of
/// its own reads and another writes; what they do meanwhile the clock does not show, so processor time is told too:
/// that of the run, less that of a run of one document (start and model loading), less the stages.
pub fn print(many: &Path, one: &Path, out: &Path, rounds: usize) -> Result<()> {
    let (mut clock, mut processor, mut stages, mut model) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        let (start, run) = (parts(one, out)?, parts(many, out)?);
        clock.push((run.wall - run.stages) / run.model);
        processor.push(((run.cpu - run.stages) - (start.cpu - start.stages)) / run.model);
        stages.push(run.stages);
        model.push(run.model);
    }
    println!(
        "one worker: {:.2} s in all stages, {:.2} s of them in the model's encoder",
        median(&mut stages),
        median(&mut model)
    );
    println!(
        "reading, journal and writing add to the encoder's time: {:.1}% by the clock, {:.1}% in processor time",
        100.0 * median(&mut clock),
        100.0 * median(&mut processor)
    );
    Ok(())
}

fn parts(texts: &Path, out: &Path) -> Result<Parts> {
    let (run, totals) = docmill(texts, out, "1", &[])?;
    let model = totals.stages.iter().filter(|stage| stage.stage == MODEL).map(|stage| stage.seconds).sum();
    let stages = totals.stages.iter().map(|stage| stage.seconds).sum();
    Ok(Parts { stages, model, wall: totals.seconds, cpu: run.watched.cpu })
}

/// The middle value.
fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
