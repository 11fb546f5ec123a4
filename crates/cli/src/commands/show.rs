//! `docmill show`

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use docmill_html::{LeftOut, Page};
use docmill_jsonl::{JsonlError, Layout, Output, Reader, discard, publish};

use crate::args::ShowArgs;
use crate::exit::Ended;
use crate::say::say;

/// Makes the page of an output file.
pub fn run(args: &ShowArgs) -> Result<Ended> {
    let reader = Reader::open(&args.file)?;
    if args.file.canonicalize().is_ok_and(|file| args.output.canonicalize().is_ok_and(|page| page == file)) {
        bail!("{}: the page would overwrite its records; choose another name", args.output.display());
    }
    let layout = Layout::file(&args.output)?;
    let mut output = Output::create(&layout)?;
    match write(args, reader, &mut output) {
        Ok(left_out) => {
            output.seal()?;
            publish(&layout)?;
            Ok(if left_out.unreadable == 0 { Ended::Clean } else { Ended::SomeFailed })
        }
        Err(error) => {
            discard(&layout)?;
            Err(error)
        }
    }
}

fn write(args: &ShowArgs, mut reader: Reader, output: &mut Output) -> Result<LeftOut> {
    let mut missing: BTreeSet<&str> = args.ids.iter().map(String::as_str).collect();
    let chosen = !missing.is_empty();
    let mut left_out = LeftOut::default();
    let mut page = Page::new(&args.file.display().to_string());
    output.write(page.head().as_bytes())?;
    while page.documents() < args.max_documents.get() && !(chosen && missing.is_empty()) {
        match reader.next_record() {
            Ok(None) => break,
            Ok(Some(record)) => {
                if !chosen || missing.remove(record.id.as_str()) {
                    output.write(page.document(&record)?.as_bytes())?;
                }
            }
            Err(error @ JsonlError::Line { .. }) => {
                say(&error.to_string());
                left_out.unreadable += 1;
            }
            Err(error) => return Err(error.into()),
        }
    }
    if !chosen {
        while let Some((_, line)) = reader.next_line()? {
            left_out.documents += u64::from(!line.trim_ascii().is_empty());
        }
    } else if page.documents() == args.max_documents.get() {
        left_out.documents = missing.len() as u64;
    } else if let Some(id) = missing.first() {
        bail!("{}: no document has the id `{id}`; ids are in the key `id` of each line", args.file.display());
    }
    if left_out.documents > 0 {
        say(&format!(
            "the page shows {} documents and leaves out {}; --max-documents N shows more",
            page.documents(),
            left_out.documents
        ));
    }
    output.write(page.finish(left_out)?.as_bytes())?;
    Ok(left_out)
}
