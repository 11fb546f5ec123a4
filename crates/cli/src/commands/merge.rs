//! `docmill merge`

use anyhow::Result;

use crate::args::MergeArgs;
use crate::exit::Ended;
use crate::say::say;

/// Puts outputs together.
pub fn run(args: &MergeArgs) -> Result<Ended> {
    if let Some(records) = docmill_run::merge(&args.inputs, &args.output, args.mixed)? {
        say(&format!("{records} records merged into {}", args.output.display()));
    }
    Ok(Ended::Clean)
}
