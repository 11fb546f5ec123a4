//! `docmill check`

use anyhow::Result;
use docmill_config::Config;
use docmill_engine::Registry;

use super::print;
use crate::args::ConfigArgs;
use crate::exit::Ended;

/// Checks a configuration and says what would run.
pub fn run(args: &ConfigArgs, registry: &Registry) -> Result<Ended> {
    let config = Config::load(args.config.as_deref(), &args.sets, registry)?;
    let context = config.context(None, args.offline);
    config.plan.check(&context)?;
    let mut text = String::new();
    for stage in config.plan.stages() {
        let names = |keys: Vec<docmill_core::LayerKey>| {
            let names: Vec<&str> = keys.iter().map(docmill_core::LayerKey::name).collect();
            if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
        };
        let (requires, provides) = (names(stage.requires()), names(stage.config.provides()));
        let when = if stage.when.is_some() { "; where its condition holds" } else { "" };
        text += &format!("{}: reads {requires}; adds {provides}{when} ({})\n", stage.key, stage.origin);
    }
    for stage in config.plan.idle() {
        text += &format!("{}: left out, no later stage reads what it adds ({})\n", stage.key, stage.origin);
    }
    for warning in config.plan.warnings() {
        text += &format!("warning: {warning}\n");
    }
    for file in config.plan.model_files(&context)? {
        text += &format!("model file: {}\n", file.name);
    }
    print(&(text + "ok\n"))?;
    Ok(Ended::Clean)
}
