//! From flags to everything that a run is made of, before any work.

use std::num::NonZeroUsize;

use anyhow::Result;
use docmill_archive::Archive;
use docmill_core::BuildContext;
use docmill_engine::{Limits, Registry};
use docmill_jsonl::{Renderer, RunInfo};

use super::job::Lines;
use crate::args::ConfigArgs;
use crate::commands::context;
use crate::config::Config;

/// What a run is made of.
pub struct Setup {
    pub config: Config,
    pub context: BuildContext,
    pub info: RunInfo,
    pub job: Lines,
}

impl Setup {
    /// Reads and checks the configuration. No model is loaded, but hashed.
    pub fn new(
        args: &ConfigArgs,
        more_sets: impl Iterator<Item = String>,
        jobs: Option<NonZeroUsize>,
        registry: &Registry,
    ) -> Result<Self> {
        let sets: Vec<String> = args.sets.iter().cloned().chain(more_sets).collect();
        let config = Config::load(args.config.as_deref(), &sets, registry)?;
        let context = context(&config, jobs, args.offline);
        config.plan.check(&context)?;
        let info = RunInfo::new(
            env!("CARGO_PKG_VERSION"),
            config.identity.clone(),
            config.plan.stages().iter().map(|stage| stage.key.clone()).collect(),
            &config.plan.model_files(&context)?,
        )?;
        let job = Lines {
            renderer: Renderer::new(&config.output, &info.run_id, &config.plan.record_layers())?,
            archive: Archive::new(config.input.clone())?,
        };
        Ok(Self { config, context, info, job })
    }

    /// Bounds of the run.
    pub fn limits(&self) -> Limits {
        Limits {
            jobs: self.context.jobs,
            chunk_documents: self.config.run.chunk_documents,
            chunk_bytes: self.config.run.chunk_bytes,
        }
    }
}
