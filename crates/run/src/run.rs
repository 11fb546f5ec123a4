//! One run: resolve what is asked for, open the output, execute, finalize.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use docmill_core::{Cache, CacheCounts};
use docmill_engine::{Registry, run as run_pipeline};
use docmill_input::{Item, check_named};

use crate::doubles::Doubles;
use crate::ledger::Ledger;
use crate::observer::Observer;
use crate::options::Options;
use crate::resume::{Begun, Work};
use crate::reuse::Reuse;
use crate::setup::Setup;
use crate::sink::{Exceeded, Sink};
use crate::summary::Summary;
use crate::{fingerprint, heap, listed};

/// A run, from what is asked for to what became of it.
pub struct Run {
    pub(crate) options: Options,
    pub(crate) setup: Setup,
    observer: Arc<dyn Observer>,
    /// Every input that was named.
    paths: Vec<std::path::PathBuf>,
    reuse: Option<Reuse>,
}

/// Runs the stages of a configuration over documents and writes their lines. `stop` ends the run early; what was done is
/// kept.
///
/// # Errors
/// What cannot be read, loaded or written, and more failures than may be.
pub fn run(
    options: Options,
    registry: &Registry,
    observer: &Arc<dyn Observer>,
    stop: &AtomicBool,
) -> Result<Summary> {
    let run = Run::resolve(options, registry, observer.clone())?;
    match run.open()? {
        Begun::Run(ledger, items) => run.execute(*ledger, items, stop),
        Begun::Complete(totals) => Ok(run.complete(totals)),
    }
}

impl Run {
    /// Reads and checks everything that is asked for. Nothing is written, no model is loaded.
    pub fn resolve(options: Options, registry: &Registry, observer: Arc<dyn Observer>) -> Result<Self> {
        let mut setup = Setup::new(&options.config, options.jobs, registry)?;
        setup.job.observer = observer.clone();
        check_named(&options.inputs)?;
        let mut paths = options.inputs.clone();
        if let Some(list) = &options.files_from {
            paths.extend(listed::listed(list, &options.inputs)?);
        }
        crate::chosen::check(options.sample, &paths)?;
        if let Some(folder) = &options.cache {
            let cache = Cache::open(folder).with_context(|| format!("--cache {}", folder.display()))?;
            setup.context.cache = Some(Arc::new(cache));
        }
        if setup.job.bounded {
            heap::give_back();
        }
        if let Some((stage, layer)) =
            setup.config.plan.unjoinable().filter(|_| setup.config.windows.bytes > 0)
        {
            observer.note(&format!(
                "long documents are processed whole, because the stage `{stage}` cannot join its layer `{layer}` across \
                 windows"
            ));
        }
        for warning in setup.config.plan.warnings() {
            observer.warn(&warning.to_string());
        }
        let reuse = options.reuse.as_ref().map(|earlier| Reuse::open(earlier, &setup.info)).transpose()?;
        Ok(Self { options, setup, observer, paths, reuse })
    }

    /// Opens the output, after what an earlier run has finished. Before the models, which take longer: a missing folder
    /// is reported at once.
    fn open(&self) -> Result<Begun> {
        let Setup { config, info, job, .. } = &self.setup;
        Work {
            options: &self.options,
            observer: &*self.observer,
            layout: &self.options.layout,
            fingerprint: fingerprint::of_run(&self.options, config, info),
            archive: &job.archive,
            duplicates: &job.duplicates,
            paths: &self.paths,
            commit_every: Duration::try_from_secs_f64(config.run.commit_seconds).unwrap_or_default(),
        }
        .start()
    }

    /// Loads the stages and runs them over what is to be done.
    fn execute(
        mut self,
        ledger: Ledger,
        items: Box<dyn Iterator<Item = Item>>,
        stop: &AtomicBool,
    ) -> Result<Summary> {
        let loaded = self.setup.pipeline().and_then(|pipeline| Ok((pipeline, self.setup.limits()?)));
        let (pipeline, limits) = match loaded {
            Ok(loaded) => loaded,
            Err(error) => {
                ledger.abandon()?;
                return Err(error);
            }
        };
        let before = ledger.totals().clone();
        self.observer.begin(before.read);
        self.count_inputs();
        let (job, observer) = (&self.setup.job, &self.observer);
        let mut sink = Sink::new(self.options.max_failures, job.duplicates.clone(), ledger, observer.clone());
        let mut reuse = self.reuse.take();
        let mut doubles = Doubles::default();
        let inputs = items.inspect(|item| doubles.count(item)).map(|item| match &mut reuse {
            Some(reuse) => reuse.input(item, &**observer),
            None => item.into(),
        });
        let stats = run_pipeline(&pipeline, job, inputs, &limits, stop, |finished| sink.take(finished));
        observer.end();
        doubles.tell(&**observer);
        let Sink { ledger, failures, .. } = sink;
        if let Some(cache) = &self.setup.context.cache {
            self.note_cache(cache.counts());
        }
        match stats {
            Ok(stats) if ledger.totals().read == 0 && !stats.stopped => {
                ledger.discard()?;
                bail!(
                    "no documents found in the inputs; check `input.formats`, `input.include` and `input.exclude`"
                );
            }
            Ok(stats) => self.finalize(ledger, stats, before, failures),
            Err(error) if error.is::<Exceeded>() => Err(ledger.too_many_failures(&error)),
            Err(error) => Err(ledger.broken(error)),
        }
    }

    /// Says what a cache was worth.
    fn note_cache(&self, counts: CacheCounts) {
        let CacheCounts { found, made, unwritten } = counts;
        self.observer
            .note(&format!("cache: reused the encodings of {found} documents, computed those of {made}"));
        if unwritten > 0 {
            self.observer.note(&format!(
                "cache: could not save the encodings of {unwritten} documents; is the disk full?"
            ));
        }
    }

    /// Counts the inputs while the first are at work, for the time left.
    fn count_inputs(&self) {
        let (archive, paths) = (self.setup.job.archive.clone(), self.paths.clone());
        let observer = self.observer.clone();
        let most = self.options.limit.into_iter().chain(self.options.sample.map(|size| size as u64)).min();
        let most = most.unwrap_or(u64::MAX);
        thread::spawn(move || archive.count(&paths).map(|documents| observer.total(documents.min(most))));
    }
}
