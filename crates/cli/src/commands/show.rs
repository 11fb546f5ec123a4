//! `docmill show`

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use anyhow::{Result, bail};
use docmill_html::Page;
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
        Ok(unreadable) => {
            output.seal()?;
            publish(&layout)?;
            Ok(if unreadable == 0 { Ended::Clean } else { Ended::SomeFailed })
        }
        Err(error) => {
            discard(&layout)?;
            Err(error)
        }
    }
}

/// Writes the page; the number of lines that hold no record.
fn write(args: &ShowArgs, reader: Reader, output: &mut Output) -> Result<u64> {
    let (page, unreadable) = read(args, reader, args.max_documents)?;
    if page.without_text() > 0 {
        say(&format!(
            "the page counts {} documents and holds the texts of {}, a sample; --max-documents N holds more",
            page.documents(),
            page.documents() - page.without_text()
        ));
    }
    page.write(unreadable, |part| Ok::<(), anyhow::Error>(output.write(part)?))?;
    Ok(unreadable)
}

/// Reads the documents that the page is about.
fn read(args: &ShowArgs, mut reader: Reader, texts: NonZeroUsize) -> Result<(Page, u64)> {
    let mut missing: BTreeSet<&str> = args.ids.iter().map(String::as_str).collect();
    let chosen = !missing.is_empty();
    let mut unreadable = 0;
    let mut page = Page::new(&args.file.display().to_string(), texts);
    while !(chosen && missing.is_empty()) {
        match reader.next_record() {
            Ok(None) => break,
            Ok(Some(record)) => {
                if !chosen || missing.remove(record.id.as_str()) {
                    page.add(&record)?;
                }
            }
            Err(error @ JsonlError::Line { .. }) => {
                say(&error.to_string());
                unreadable += 1;
            }
            Err(error) => return Err(error.into()),
        }
    }
    if let Some(id) = missing.first() {
        bail!("{}: no document has the id `{id}`; ids are in the key `id` of each line", args.file.display());
    }
    Ok((page, unreadable))
}
