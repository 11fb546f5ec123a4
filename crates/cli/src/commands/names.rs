//! `docmill names`

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use docmill_archive::{COLUMNS, Corrections, NameKind, Names, cells};
use docmill_jsonl::{InOrder, JsonlError, Layout, Output, Record, discard, publish};
use docmill_tables::{Format, Rows};

use crate::args::{ArchiveArgs, NamesArgs};
use crate::exit::Ended;
use crate::say::say;

/// How the names are written.
enum As {
    Lines,
    Table(Format),
}

/// Writes the names of outputs, one row each.
pub fn run(args: &NamesArgs) -> Result<Ended> {
    let format = args.format()?;
    refuse_input(&args.archive.outputs, &args.into)?;
    let mut names = Names::new(args.archive.corrections()?);
    let unreadable = args.archive.each(|record| Ok(names.push(record)?))?;
    args.archive.tell_unused(&names);
    let documents = names.documents();
    let counts = match format {
        As::Lines => lines(names, &args.into)?,
        As::Table(format) => table(names, &args.into, format)?,
    };
    let counts: Vec<String> =
        (NameKind::ALL.iter().zip(counts)).map(|((_, kind), count)| format!("{kind}s {count}")).collect();
    say(&format!("{}: {}, in {documents} documents", args.into.display(), counts.join(", ")));
    Ok(if unreadable == 0 { Ended::Clean } else { Ended::SomeFailed })
}

type Counts = [u64; NameKind::ALL.len()];

fn count(counts: &mut Counts, kind: NameKind) {
    if let Some(i) = NameKind::ALL.iter().position(|(known, _)| *known == kind) {
        counts[i] += 1;
    }
}

fn lines(names: Names, into: &Path) -> Result<Counts> {
    let layout = Layout::file(into)?;
    let mut output = Output::create(&layout)?;
    let write = || -> Result<Counts> {
        let mut counts = Counts::default();
        for row in names.rows()? {
            let row = row?;
            output.write((serde_json::to_string(&row)? + "\n").as_bytes())?;
            count(&mut counts, row.kind);
        }
        output.seal()?;
        Ok(counts)
    };
    match write() {
        Ok(counts) => publish(&layout).map(|()| counts).map_err(Into::into),
        Err(error) => {
            discard(&layout)?;
            Err(error)
        }
    }
}

fn table(names: Names, into: &Path, format: Format) -> Result<Counts> {
    let mut partial = into.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let write = || -> Result<Counts> {
        let mut counts = Counts::default();
        let mut rows = Rows::create("names", COLUMNS, &partial, format)?;
        for row in names.rows()? {
            let row = row?;
            rows.push(cells(&row))?;
            count(&mut counts, row.kind);
        }
        rows.finish()?;
        fs::rename(&partial, into).with_context(|| into.display().to_string())?;
        Ok(counts)
    };
    write().inspect_err(|_| {
        // What was written is of no use; that it cannot be removed changes nothing about the error.
        let _ = fs::remove_file(&partial);
    })
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

impl NamesArgs {
    /// By the end of the file's name.
    fn format(&self) -> Result<As> {
        let name = self.into.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| name.ends_with(suffix));
        if self.into.is_dir() {
            bail!("{}: is a folder; name a file in it", self.into.display());
        }
        Ok(if ends(&[".parquet"]) {
            As::Table(Format::Parquet)
        } else if ends(&[".csv"]) {
            As::Table(Format::Csv { spreadsheet_safe: self.spreadsheet_safe })
        } else if name == "-" || ends(&[".jsonl", ".jsonl.gz", ".jsonl.zst"]) {
            As::Lines
        } else {
            bail!(
                "{}: the end of the name tells the format; name a file that ends in .parquet, .csv or .jsonl",
                self.into.display()
            )
        })
    }
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
        // First, so that a name that is wrong is told before hours of work.
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
