//! `docmill tables`

use std::path::Path;

use anyhow::{Context, Result};
use docmill_jsonl::{InOrder, JsonlError};
use docmill_tables::{Folder, Format, Tables, describe};

use super::print;
use crate::args::{TableFormat, TablesArgs};
use crate::exit::Ended;
use crate::say::say;

/// Writes the tables of an output, or describes them.
pub fn run(args: &TablesArgs) -> Result<Ended> {
    let (Some(output), Some(directory)) = (&args.output, &args.directory) else {
        print(&describe())?;
        return Ok(Ended::Clean);
    };
    let records = InOrder::open(output)?;
    let folder = Folder::create(directory)?;
    let written = write(records, folder.partial(), args.format());
    let Ok((rows, unreadable)) = written else {
        folder.discard()?;
        return written.map(|_| Ended::Clean).with_context(|| format!("the tables of {}", output.display()));
    };
    folder.publish()?;
    let rows: Vec<String> = rows.iter().map(|(table, rows)| format!("{table} {rows}")).collect();
    say(&format!("{}: {}", directory.display(), rows.join(", ")));
    Ok(if unreadable == 0 { Ended::Clean } else { Ended::SomeFailed })
}

/// The rows of each table, and how many lines were no records.
fn write(mut records: InOrder, folder: &Path, format: Format) -> Result<(Vec<(String, u64)>, u64)> {
    let mut tables = Tables::create(folder, format)?;
    let mut unreadable = 0;
    loop {
        match records.next_record() {
            Ok(None) => break,
            Ok(Some(record)) => tables.push(&record)?,
            Err(error @ JsonlError::Line { .. }) => {
                say(&error.to_string());
                unreadable += 1;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok((tables.finish()?, unreadable))
}

impl TablesArgs {
    fn format(&self) -> Format {
        match self.format {
            TableFormat::Parquet => Format::Parquet,
            TableFormat::Csv => Format::Csv { spreadsheet_safe: self.spreadsheet_safe },
        }
    }
}
