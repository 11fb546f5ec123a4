//! `docmill new-stage`

use std::path::PathBuf;

use anyhow::Result;
use docmill_engine::Registry;
use docmill_scaffold::NewStage;

use crate::args::NewStageArgs;
use crate::exit::Ended;
use crate::say::say;

/// Makes the crate, and says what comes next.
pub fn run(args: &NewStageArgs, registry: &Registry) -> Result<Ended> {
    let wanted = NewStage {
        name: &args.name,
        parent: &args.dir,
        docmill: args.docmill.as_deref(),
        batch: args.batch,
        layer: args.layer,
    };
    let made = wanted.make(registry)?;
    let folder = made.folder.display();
    say(&format!(
        "made {folder}, on docmill from {}. Next:\n  cd {folder} && cargo test\n  cargo run -- run {} --config \
         {}.toml -o out.jsonl",
        made.docmill,
        made.seeds.unwrap_or_else(|| PathBuf::from("INPUT")).display(),
        args.name
    ));
    Ok(Ended::Clean)
}
