//! `docmill run`

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use anyhow::{Context, Result, bail};
use docmill_archive::{Archive, Item, check_named};
use docmill_core::{Document, Source};
use docmill_engine::{Finished, Job, Limits, Outcome, Registry, RunStats, Unreadable, run as run_pipeline};
use docmill_jsonl::{Output, Renderer, RunInfo};

use super::context;
use crate::args::RunArgs;
use crate::config::Config;
use crate::exit::Ended;
use crate::inputs;
use crate::progress::Progress;
use crate::report::{self, FAILURES_KEPT, FailureLine};

/// Annotates documents.
pub fn run(args: &RunArgs, registry: &Registry) -> Result<Ended> {
    let mut sets = args.config.sets.clone();
    sets.extend(args.input_format.iter().map(|format| format!("input.format={format}")));
    let config = Config::load(args.config.config.as_deref(), &sets, registry)?;
    check_named(&args.inputs)?;
    let mut paths = args.inputs.clone();
    if let Some(list) = &args.files_from {
        paths.extend(inputs::listed(list, &args.inputs)?);
    }
    if let Some(path) = &args.report {
        report::check(path)?;
    }
    let context = context(&config, args.jobs, args.config.offline);
    config.plan.check(&context)?;
    let info = RunInfo::new(
        env!("CARGO_PKG_VERSION"),
        config.identity.clone(),
        config.plan.stages().iter().map(|stage| stage.key.clone()).collect(),
        &config.plan.model_files(&context)?,
    )?;
    // Before the models, which take longer: a folder that is not there is told at once.
    let mut output = Output::create(&args.output)?;
    let job = Texts {
        renderer: Renderer::new(&config.output, &info.run_id, &config.plan.record_layers())?,
        archive: Archive::new(config.input.clone())?,
    };
    let pipeline = match config.plan.build(&context) {
        Ok(pipeline) => pipeline,
        Err(error) => {
            output.discard();
            return Err(error.into());
        }
    };

    let stop = stop_on_ctrl_c()?;
    let limits = Limits {
        jobs: context.jobs,
        chunk_documents: config.run.chunk_documents,
        chunk_bytes: config.run.chunk_bytes,
    };
    let mut progress = Progress::new(args.quiet);
    count_inputs(&job.archive, &paths, &progress);
    let mut failures = Vec::new();
    let items = job.archive.open(&paths).context("no thread for reading")?;
    let stats = run_pipeline(&pipeline, &job, items, &limits, &stop, |finished: Finished<Vec<u8>>| {
        progress.advance(finished.bytes);
        if let Some(failure) = finished.failure {
            progress.failure(&finished.id, &failure.to_string());
            if failures.len() < FAILURES_KEPT {
                failures.push(FailureLine {
                    id: finished.id,
                    stage: failure.stage,
                    message: failure.message,
                });
            }
        }
        output.write(&finished.output.unwrap_or_default()).map_err(anyhow::Error::from)
    });
    progress.finish();
    let stats = stats?;
    if stats.read == 0 && !stats.stopped {
        output.discard();
        bail!(
            "nothing to read: no document in what was named, by `input.formats`, `input.include` and `input.exclude`"
        );
    }
    close(args, output, &info, &stats, &failures)
}

/// Puts the output in place and tells what was done.
fn close(
    args: &RunArgs,
    output: Output,
    info: &RunInfo,
    stats: &RunStats,
    failures: &[FailureLine],
) -> Result<Ended> {
    let report = || match &args.report {
        Some(path) => report::write(path, &info.run_id, stats, failures),
        None => Ok(()),
    };
    // The work comes first: a report that cannot be written does not cost it.
    if stats.stopped {
        let kept = output.keep_partial()?;
        eprintln!(
            "docmill: stopped after {} documents, the last {}; they are in {kept}",
            stats.read,
            stats.last_id.as_deref().unwrap_or("none")
        );
        report()?;
        return Ok(Ended::Stopped);
    }
    output.finish()?;
    if args.output.as_os_str() != "-" {
        info.write_beside(&args.output)?;
    }
    if !args.quiet {
        eprintln!("{}", report::table(stats, &name(&args.output)));
    }
    report()?;
    Ok(if stats.failed > 0 { Ended::SomeFailed } else { Ended::Clean })
}

fn name(output: &Path) -> String {
    if output.as_os_str() == "-" { "standard output".to_owned() } else { output.display().to_string() }
}

/// The first Ctrl-C finishes what is in flight, the second ends the program at once.
fn stop_on_ctrl_c() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = stop.clone();
    ctrlc::set_handler(move || {
        if set.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        eprintln!("docmill: finishing the documents in flight; Ctrl-C again ends at once");
    })
    .context("Ctrl-C cannot be watched for")?;
    Ok(stop)
}

/// Counts the inputs while the first are at work, for the time left.
fn count_inputs(archive: &Archive, paths: &[PathBuf], progress: &Progress) {
    let (archive, paths, total) = (archive.clone(), paths.to_vec(), progress.total());
    thread::spawn(move || archive.count(&paths).map(total));
}

/// Files to lines.
struct Texts {
    renderer: Renderer,
    archive: Archive,
}

impl Job for Texts {
    type Input = Item;
    type Output = Vec<u8>;

    fn bytes(&self, item: &Item) -> usize {
        usize::try_from(item.size_hint()).unwrap_or(usize::MAX)
    }

    fn id(&self, item: &Item) -> String {
        item.id()
    }

    fn source(&self, item: &Item) -> Source {
        item.source().clone()
    }

    fn open(&self, item: Item) -> Result<Document, Box<Unreadable>> {
        self.archive.load(item)
    }

    fn finish(&self, outcome: &Outcome) -> Result<Option<Vec<u8>>, String> {
        let line = match outcome {
            Outcome::Done(doc) => self.renderer.render(doc, None),
            Outcome::Failed(doc, failure) => {
                self.renderer.render(doc, Some((failure.stage.as_deref(), &failure.message)))
            }
            Outcome::Unreadable(failed) => {
                self.renderer.render_unreadable(&failed.id, &failed.source, &failed.message)
            }
            Outcome::Filtered(_) => return Ok(None),
        };
        line.map(Some).map_err(|error| error.to_string())
    }
}
