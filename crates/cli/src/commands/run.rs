//! `docmill run`

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Result, bail};
use docmill_engine::Registry;
use docmill_jsonl::{Compression, Layout};
use docmill_run::{Observer, Options, RunEnding, Summary, check_report};

use crate::args::RunArgs;
use crate::exit::Ended;
use crate::found::found;
use crate::say::plain;
use crate::terminal::Terminal;

/// Annotates documents.
pub fn run(args: &RunArgs, registry: &Registry) -> Result<Ended> {
    if let Some(path) = &args.report {
        check_report(path)?;
    }
    // On a terminal, lines that nobody keeps help nobody: print what the run found, and how to keep it.
    let unkept = (args.output.is_none() && io::stdout().is_terminal()).then(tempfile::tempdir).transpose()?;
    let output = match (&unkept, &args.output) {
        (Some(folder), _) => folder.path().join("out.jsonl"),
        (None, Some(output)) => output.clone(),
        (None, None) => PathBuf::from("-"),
    };
    let stop = Arc::new(AtomicBool::new(false));
    let observer: Arc<dyn Observer> = Arc::new(Terminal::of_run(args.quiet, stop.clone()));
    let summary = docmill_run::run(options(args, &output)?, registry, &observer, &stop)?;
    let stopped = matches!(summary.ending, RunEnding::Stopped(_));
    if stopped || !args.quiet {
        plain(&text(&summary, unkept.is_some(), stopped));
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

/// What a person reads at the end.
fn text(summary: &Summary, unkept: bool, stopped: bool) -> String {
    let output = summary.layout.name();
    let terminal = io::stderr().is_terminal();
    let found = if stopped { None } else { found(output, terminal) }.unwrap_or_default();
    if unkept {
        let told = summary.text();
        let table = told.split_once("written to ").map_or(told.as_str(), |(table, _)| table);
        let given: Vec<String> = std::env::args().skip(1).collect();
        return format!(
            "{table}{found}no records were written, because no output was named; to keep them: docmill {} -o out.jsonl",
            given.join(" ")
        );
    }
    let mut text = summary.text();
    if !found.is_empty() {
        text = format!("{}\n{}", text.trim_end(), found.trim_end());
    }
    if terminal && !stopped && summary.layout.is_durable() && summary.layout.shards().is_none() {
        let name = output.display();
        text += &format!("\nnext: docmill show {name} -o page.html, or docmill stats {name}");
    }
    text
}

/// What the flags ask for.
fn options(args: &RunArgs, output: &Path) -> Result<Options> {
    let format = args.input_format.iter().map(|format| format!("input.format={format}"));
    let drop = args.drop_duplicates.then(|| "duplicates.drop=true".to_owned());
    let memory = args.max_memory.map(|bytes| format!("run.max_memory=\"{bytes}\""));
    Ok(Options {
        config: args.config.options(format.chain(drop).chain(memory)),
        inputs: args.inputs.clone(),
        files_from: args.files_from.clone(),
        layout: layout(args, output)?,
        jobs: args.jobs,
        reuse: args.reuse.clone(),
        cache: args.cache.clone(),
        restart: args.again.restart,
        redo_changed: args.again.redo_changed,
        limit: args.limit,
        sample: args.sample,
        overwrite: args.overwrite,
        max_failures: args.failures.limit(),
    })
}

/// Where the lines go, as the flags say.
fn layout(args: &RunArgs, output: &Path) -> Result<Layout> {
    match args.shards.shards() {
        Some(_) if args.output.as_ref().is_none_or(|output| output.as_os_str() == "-") => {
            bail!("parts need a folder; name one with -o")
        }
        Some(shards) => {
            let compression = args.shards.compress.map_or(Compression::Zstd, Into::into);
            Ok(Layout::folder(output, shards, compression)?)
        }
        None if args.shards.compress.is_some() => {
            bail!("--compress applies to parts; for a single file, name it for instance out.jsonl.zst")
        }
        None => Ok(Layout::file(output)?),
    }
}
