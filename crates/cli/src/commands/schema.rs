//! `docmill schema`

use anyhow::Result;
use docmill_engine::Registry;

use super::print;
use crate::args::ConfigArgs;
use crate::config::Config;
use crate::exit::Ended;

/// Prints the JSON Schema of the records that a configuration gives.
pub fn run(args: &ConfigArgs, registry: &Registry) -> Result<Ended> {
    let config = Config::load(args.config.as_deref(), &args.sets, registry)?;
    let schema = docmill_jsonl::schema(&config.plan.record_layers())?;
    print(&(serde_json::to_string_pretty(&schema)? + "\n"))?;
    Ok(Ended::Clean)
}
