//! `docmill run`

mod begin;
mod close;
pub mod duplicates;
pub mod facts;
mod job;
mod ledger;
mod limit;
mod own;
mod reuse;
mod same;
mod setup;
mod sink;
mod stop;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use docmill_core::{Cache, CacheCounts};
use docmill_engine::{Registry, run as run_pipeline};
use docmill_input::{Archive, check_named};
use docmill_jsonl::{Compression, Layout};

pub use job::{Input, Line};
pub use ledger::failed_document;
pub use limit::Limit;
pub use setup::Setup;
pub use stop::{on_ctrl_c, watch as watch_for_ctrl_c};

use crate::args::RunArgs;
use crate::exit::Ended;
use crate::inputs;
use crate::progress::Progress;
use crate::report;
use begin::{Begun, Work};
use close::Closing;
use reuse::Reuse;
use sink::{Exceeded, Sink};

/// Annotates documents.
pub fn run(args: &RunArgs, registry: &Registry) -> Result<Ended> {
    let format = args.input_format.iter().map(|format| format!("input.format={format}"));
    let drop = args.drop_duplicates.then(|| "duplicates.drop=true".to_owned());
    let memory = args.max_memory.map(|bytes| format!("run.max_memory=\"{bytes}\""));
    let mut setup = Setup::new(&args.config, format.chain(drop).chain(memory), args.jobs, registry)?;
    check_named(&args.inputs)?;
    let mut paths = args.inputs.clone();
    if let Some(list) = &args.files_from {
        paths.extend(inputs::listed(list, &args.inputs)?);
    }
    if let Some(path) = &args.report {
        report::check(path)?;
    }
    if let Some(folder) = &args.cache {
        let cache = Cache::open(folder).with_context(|| format!("--cache {}", folder.display()))?;
        setup.context.cache = Some(Arc::new(cache));
    }
    if setup.job.bounded {
        docmill_heap::give_back();
    }
    let layout = layout(args)?;
    let Setup { config, info, job, .. } = &setup;
    if let Some((stage, layer)) = config.plan.unjoinable().filter(|_| config.windows.bytes > 0 && !args.quiet)
    {
        eprintln!(
            "docmill: long documents are processed whole: the layer `{layer}` of stage `{stage}` does not join those of \
             windows"
        );
    }
    let mut reuse = args.reuse.as_ref().map(|earlier| Reuse::open(earlier, info)).transpose()?;
    // Before the models, which take longer: a folder that is not there is told at once.
    let work = Work {
        args,
        layout: &layout,
        facts: facts::of_run(args, config, info, &layout),
        archive: &job.archive,
        duplicates: &job.duplicates,
        paths: &paths,
        commit_every: Duration::try_from_secs_f64(config.run.commit_seconds).unwrap_or_default(),
    };
    let closing = Closing { args, info, layout: &layout };
    let (ledger, items) = match work.begin()? {
        Begun::Run(ledger, items) => (*ledger, items),
        Begun::Complete(totals) => return closing.complete(&totals),
    };
    let loaded = setup.pipeline().and_then(|pipeline| Ok((pipeline, setup.limits()?)));
    let (pipeline, limits) = match loaded {
        Ok(loaded) => loaded,
        Err(error) => {
            ledger.abandon()?;
            return Err(error);
        }
    };

    let stop = on_ctrl_c();
    let before = ledger.totals().clone();
    let progress = Progress::new(args.quiet, before.read);
    count_inputs(&job.archive, &paths, &progress);
    let mut sink = Sink::new(args, job.duplicates.clone(), ledger, progress);
    let inputs = items.map(|item| match &mut reuse {
        Some(reuse) => reuse.input(item),
        None => item.into(),
    });
    let stats = run_pipeline(&pipeline, job, inputs, &limits, &stop, |finished| sink.take(finished));
    sink.progress.finish();
    let (ledger, failures) = (sink.ledger, sink.failures);
    if let (Some(cache), false) = (&setup.context.cache, args.quiet) {
        tell_cache(cache.counts());
    }
    match stats {
        Ok(stats) if ledger.totals().read == 0 && !stats.stopped => {
            ledger.discard()?;
            bail!(
                "nothing to read: no document in what was named, by `input.formats`, `input.include` and \
                 `input.exclude`"
            );
        }
        Ok(stats) => closing.close(ledger, stats, &before, &failures),
        Err(error) if error.is::<Exceeded>() => close::exceeded(ledger, &error),
        Err(error) => Err(ledger.broken(error)),
    }
}

/// Tells what a cache was worth.
fn tell_cache(counts: CacheCounts) {
    let CacheCounts { found, made, unwritten } = counts;
    eprintln!("docmill: cache: the encodings of {found} documents were there, those of {made} were made");
    if unwritten > 0 {
        eprintln!("docmill: cache: those of {unwritten} could not be kept; is the disk full?");
    }
}

/// Where the lines go, as the flags say.
fn layout(args: &RunArgs) -> Result<Layout> {
    match args.shards.shards() {
        Some(_) if args.output.as_os_str() == "-" => bail!("parts need a folder; name one with -o"),
        Some(shards) => {
            let compression = args.shards.compress.map_or(Compression::Zstd, Into::into);
            Ok(Layout::folder(&args.output, shards, compression)?)
        }
        None if args.shards.compress.is_some() => {
            bail!("--compress is for parts; a file is compressed as its name says: out.jsonl.zst")
        }
        None => Ok(Layout::file(&args.output)?),
    }
}

fn name(output: &Path) -> String {
    if output.as_os_str() == "-" { "standard output".to_owned() } else { output.display().to_string() }
}

/// Counts the inputs while the first are at work, for the time left.
fn count_inputs(archive: &Archive, paths: &[PathBuf], progress: &Progress) {
    let (archive, paths, total) = (archive.clone(), paths.to_vec(), progress.total());
    thread::spawn(move || archive.count(&paths).map(total));
}
