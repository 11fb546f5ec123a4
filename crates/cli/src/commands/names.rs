//! `docmill names`

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use docmill_archive::{Corrections, NameKind, Names, NamesFile};
use docmill_jsonl::{InOrder, JsonlError, Record};

use crate::args::{ArchiveArgs, NamesArgs};
use crate::exit::Ended;
use crate::say::say;

/// Writes the names of outputs, one row each.
pub fn run(args: &NamesArgs) -> Result<Ended> {
    let file = NamesFile::new(&args.into, args.spreadsheet_safe)?;
    refuse_input(&args.archive.outputs, &args.into)?;
    let mut names = Names::new(args.archive.corrections()?);
    let unreadable = args.archive.each(|record| Ok(names.push(record)?))?;
    args.archive.tell_unused(&names);
    let documents = names.documents();
    let counts = file.write(names)?;
    let counts: Vec<String> =
        (NameKind::ALL.iter().zip(counts)).map(|((_, kind), count)| format!("{kind}s {count}")).collect();
    say(&format!("{}: {}, in {documents} documents", args.into.display(), counts.join(", ")));
    Ok(if unreadable == 0 { Ended::Clean } else { Ended::SomeFailed })
}

/// No output is replaced by what is made of it.
fn refuse_input(outputs: &[PathBuf], into: &Path) -> Result<()> {
    let Ok(into) = into.canonicalize() else { return Ok(()) };
    for output in outputs {
        if output.canonicalize().is_ok_and(|output| output == into) {
            bail!("{}: is both input and output; name another file with -o", output.display());
        }
    }
    Ok(())
}

impl ArchiveArgs {
    /// What the user knows better.
    pub fn corrections(&self) -> Result<Corrections> {
        let Some(file) = &self.corrections else { return Ok(Corrections::default()) };
        let text = fs::read_to_string(file).with_context(|| format!("{}: corrections", file.display()))?;
        Ok(Corrections::parse(&text, &file.display().to_string())?)
    }

    /// Does something with each record of all outputs; how many lines were none comes back.
    pub fn each(&self, mut act: impl FnMut(&Record) -> Result<()>) -> Result<u64> {
        let mut unreadable = 0;
        // First, so that a wrong name is reported before hours of work.
        let opened: Vec<InOrder> =
            self.outputs.iter().map(|output| InOrder::open(output)).collect::<Result<_, _>>()?;
        for mut records in opened {
            loop {
                match records.next_record() {
                    Ok(None) => break,
                    Ok(Some(record)) => act(&record)?,
                    Err(error @ JsonlError::Line { .. }) => {
                        say(&error.to_string());
                        unreadable += 1;
                    }
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(unreadable)
    }

    /// Tells corrections that changed nothing.
    pub fn tell_unused(&self, names: &Names) {
        let Some(file) = &self.corrections else { return };
        for (line, name) in names.unused_corrections() {
            say(&format!("{}:{line}: no document has a name `{name}` of this kind", file.display()));
        }
    }
}
