//! `docmill run`

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Result, bail};
use docmill_engine::Registry;
use docmill_jsonl::{Compression, Layout};
use docmill_run::{Observer, Options, RunEnding, check_report};

use crate::args::RunArgs;
use crate::exit::Ended;
use crate::say::plain;
use crate::terminal::Terminal;

/// Annotates documents.
pub fn run(args: &RunArgs, registry: &Registry) -> Result<Ended> {
    if let Some(path) = &args.report {
        check_report(path)?;
    }
    let stop = Arc::new(AtomicBool::new(false));
    let observer: Arc<dyn Observer> = Arc::new(Terminal::of_run(args.quiet, stop.clone()));
    let summary = docmill_run::run(options(args)?, registry, &observer, &stop)?;
    let stopped = matches!(summary.ending, RunEnding::Stopped(_));
    if stopped || !args.quiet {
        plain(&summary.text());
    }
    if let Some(path) = &args.report {
        summary.write_report(path)?;
    }
    Ok(match summary.stats.totals.failed {
        _ if stopped => Ended::Stopped,
        0 => Ended::Clean,
        _ => Ended::SomeFailed,
    })
}

/// What the flags ask for.
fn options(args: &RunArgs) -> Result<Options> {
    let format = args.input_format.iter().map(|format| format!("input.format={format}"));
    let drop = args.drop_duplicates.then(|| "duplicates.drop=true".to_owned());
    let memory = args.max_memory.map(|bytes| format!("run.max_memory=\"{bytes}\""));
    Ok(Options {
        config: args.config.options(format.chain(drop).chain(memory)),
        inputs: args.inputs.clone(),
        files_from: args.files_from.clone(),
        layout: layout(args)?,
        jobs: args.jobs,
        reuse: args.reuse.clone(),
        cache: args.cache.clone(),
        restart: args.again.restart,
        redo_changed: args.again.redo_changed,
        max_failures: args.failures.limit(),
    })
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
            bail!("--compress applies to parts; for a single file, name it for instance out.jsonl.zst")
        }
        None => Ok(Layout::file(&args.output)?),
    }
}
