//! `docmill explain`

mod origins;
mod table;

use std::path::PathBuf;

use anyhow::Result;
use docmill_core::LayerKey;
use docmill_engine::Registry;
use docmill_input::check_named;
use docmill_jsonl::ModelInfo;
use docmill_run::{Estimate, Setup};
use serde::Serialize;
use serde_json::Value;

use super::print;
use crate::args::ExplainArgs;
use crate::exit::Ended;
use origins::Origined;

/// What a run would be.
#[derive(Debug, Serialize)]
struct Explained {
    docmill_version: &'static str,
    /// Id that the run would have.
    run_id: String,
    config_sha256: String,
    /// The configuration files, each laid over the one before it.
    configs: Vec<String>,
    stages: Vec<ExplainedStage>,
    /// Stages that are asked for and do not run: no later stage reads what they add.
    left_out: Vec<ExplainedStage>,
    /// What can be set, with what it is and where that was written.
    settings: Vec<Origined>,
    models: Vec<ExplainedModel>,
    /// What the inputs would take; null if none were named.
    estimate: Option<Estimate>,
}

#[derive(Debug, Serialize)]
struct ExplainedStage {
    stage: String,
    summary: String,
    /// Where the configuration asks for it.
    origin: String,
    /// Layers that must be there, those that its condition asks about among them.
    requires: Vec<&'static str>,
    provides: Vec<&'static str>,
    /// On which documents it runs; null for all.
    when: Option<Value>,
    /// Names of the files that decide its answers.
    models: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ExplainedModel {
    #[serde(flatten)]
    info: ModelInfo,
    path: PathBuf,
}

/// Tells what a run would be, without running it; with inputs, what it would take, by running a few of them.
pub fn run(args: &ExplainArgs, registry: &Registry) -> Result<Ended> {
    let setup = Setup::new(&args.config.options([]), args.jobs, registry)?;
    check_named(&args.inputs)?;
    let (config, context, info) = (&setup.config, &setup.context, &setup.info);
    let stage = |stage: &docmill_engine::PlannedStage| -> Result<ExplainedStage> {
        let names = |layers: Vec<LayerKey>| layers.iter().map(LayerKey::name).collect();
        let files = stage.config.model_files(context)?;
        Ok(ExplainedStage {
            summary: registry.get(&stage.key).map(|entry| entry.summary().to_owned()).unwrap_or_default(),
            stage: stage.key.clone(),
            origin: stage.origin.to_string(),
            requires: names(stage.requires()),
            provides: names(stage.config.provides()),
            when: docmill_config::table(&config.tree, &stage.key)
                .and_then(|table| Some(table.get("when")?.to_json())),
            models: files.into_iter().map(|file| file.name).collect(),
        })
    };
    let files = config.plan.model_files(context)?;
    let models = info.models.iter().cloned().zip(files);
    let explained = Explained {
        docmill_version: env!("CARGO_PKG_VERSION"),
        run_id: info.run_id.clone(),
        config_sha256: info.config_sha256.clone(),
        configs: config.places.clone(),
        stages: config.plan.stages().iter().map(stage).collect::<Result<_>>()?,
        left_out: config.plan.idle().iter().map(stage).collect::<Result<_>>()?,
        settings: origins::of(config, registry),
        models: models.map(|(info, file)| ExplainedModel { info, path: file.path }).collect(),
        estimate: (!args.inputs.is_empty())
            .then(|| docmill_run::estimate(&setup, &args.inputs))
            .transpose()?,
    };
    if args.json {
        print(&(serde_json::to_string_pretty(&explained)? + "\n"))?;
    } else {
        print(&table::of(&explained))?;
    }
    Ok(Ended::Clean)
}
