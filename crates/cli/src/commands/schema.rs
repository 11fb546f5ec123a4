//! `docmill schema`

use anyhow::Result;
use docmill_config::Config;
use docmill_engine::Registry;

use super::print;
use crate::args::{SchemaArgs, SchemaOf};
use crate::exit::Ended;

/// Prints the JSON Schema of the records that a configuration gives, or of configurations.
pub fn run(args: &SchemaArgs, registry: &Registry) -> Result<Ended> {
    let schema = match args.of {
        SchemaOf::Records => {
            let config = Config::load(args.config.config.as_deref(), &args.config.sets, registry)?;
            docmill_jsonl::schema(&config.plan.record_layers())?
        }
        SchemaOf::Config => docmill_config::schema(registry),
    };
    print(&(serde_json::to_string_pretty(&schema)? + "\n"))?;
    Ok(Ended::Clean)
}
