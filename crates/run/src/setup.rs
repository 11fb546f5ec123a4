//! From flags to everything that a run is made of, before any work.

use std::num::NonZeroUsize;
use std::sync::Arc;

use anyhow::Result;
use docmill_config::Config;
use docmill_core::layers::Encodings;
use docmill_core::{BuildContext, LayerKey};
use docmill_engine::{Limits, Pipeline, Registry};
use docmill_input::Archive;
use docmill_jsonl::{Renderer, RunInfo};

use crate::duplicates::Duplicates;
use crate::job::Lines;
use crate::memory::{self, Needs};
use docmill_config::ConfigOptions;

/// What a run is made of.
pub struct Setup {
    /// The configuration.
    pub config: Config,
    /// What stages are built with.
    pub context: BuildContext,
    /// What decides the records.
    pub info: RunInfo,
    /// Items to lines.
    pub job: Lines,
}

impl Setup {
    /// Reads and checks the configuration. No model is loaded, but hashed.
    pub fn new(options: &ConfigOptions, jobs: Option<NonZeroUsize>, registry: &Registry) -> Result<Self> {
        let config = Config::load(options.file.as_deref(), &options.sets, registry)?;
        let context = config.context(jobs, options.offline);
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
            duplicates: Arc::new(Duplicates::new(config.duplicates.clone())),
            bounded: config.run.max_memory()?.is_some(),
            per_byte: memory::per_byte(config.output.tokens),
            observer: Arc::new(()),
        };
        Ok(Self { config, context, info, job })
    }

    /// Loads everything that the stages need.
    pub fn pipeline(&self) -> Result<Pipeline> {
        let pipeline = self.config.plan.build(&self.context)?;
        Ok(match self.window() {
            Some(bytes) => pipeline.with_windows(bytes),
            None => pipeline,
        })
    }

    /// How long windows are (bytes), if there are any.
    fn window(&self) -> Option<usize> {
        let bytes = self.config.windows.bytes;
        (bytes > 0 && self.config.plan.unjoinable().is_none()).then_some(bytes)
    }

    /// Bounds of the run, once everything is loaded.
    pub fn limits(&self) -> Result<Limits> {
        let encodings = LayerKey::of::<Encodings>();
        let needs = Needs {
            loaded: memory::resident().unwrap_or(0),
            jobs: self.context.jobs,
            window: self.window().map_or(self.config.input.max_bytes, |bytes| bytes as u64),
            per_byte: self.job.per_byte,
            encodes: self
                .config
                .plan
                .stages()
                .iter()
                .any(|stage| stage.config.provides().contains(&encodings)),
        };
        Ok(Limits {
            jobs: self.context.jobs,
            chunk_documents: self.config.run.chunk_documents,
            chunk_bytes: self.config.run.chunk_bytes,
            bytes_in_flight: needs.text_in_flight(self.config.run.max_memory()?)?,
        })
    }
}
