//! `docmill init`

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use docmill_run::draft;

use super::print;
use crate::args::InitArgs;
use crate::exit::Ended;
use crate::say::say;

/// Looks at an archive and writes a configuration for it.
pub fn run(args: &InitArgs) -> Result<Ended> {
    let to_stdout = args.output.as_os_str() == "-";
    if !to_stdout && args.output.exists() && !args.overwrite {
        bail!(
            "{} exists already; name another file with -o, or replace it with --overwrite",
            args.output.display()
        );
    }
    let inputs: Vec<String> = args.inputs.iter().map(|input| quoted(input)).collect();
    let inputs = inputs.join(" ");
    let drafted = draft(&args.inputs, &inputs)?;
    if to_stdout {
        print(&drafted.config)?;
        return Ok(Ended::Clean);
    }
    let cannot = || format!("cannot write {}", args.output.display());
    fs::write(&args.output, drafted.config).with_context(cannot)?;
    say(&format!(
        "wrote {}: {}. Review it, then run: docmill run {inputs} --config {} --sample 20",
        args.output.display(),
        drafted.kinds,
        quoted(&args.output)
    ));
    Ok(Ended::Clean)
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+,=@%".contains(c);
    if path.chars().all(plain) { path } else { format!("'{}'", path.replace('\'', "'\\''")) }
}
