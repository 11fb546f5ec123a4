//! `docmill convert`

use std::path::Path;

use anyhow::{Result, bail};
use docmill_convert::{BratFolder, ConvertError, Source, conll, conllu, spacy, w3c};
use docmill_jsonl::{InOrder, JsonlError, Layout, Output, discard, publish};

use crate::args::{ConvertArgs, ConvertTo};
use crate::exit::Ended;
use crate::say::say;

/// Writes an output in the format of another tool.
pub fn run(args: &ConvertArgs) -> Result<Ended> {
    let records = InOrder::open(&args.output)?;
    let convert_error = |error: ConvertError| anyhow::Error::from(error);
    let left_out = match args.to {
        ConvertTo::Brat => {
            if args.into.as_os_str() == "-" {
                bail!("brat output is a folder; name a new folder with -o");
            }
            let mut folder = BratFolder::create(&args.into)?;
            let written = each(records, |source| folder.write(source).map_err(convert_error));
            match written {
                Ok(left_out) => folder.publish().map(|()| left_out)?,
                Err(error) => {
                    folder.discard()?;
                    return Err(error);
                }
            }
        }
        ConvertTo::Conll => lines(args, records, conll)?,
        ConvertTo::Conllu => lines(args, records, conllu)?,
        ConvertTo::Spacy => lines(args, records, spacy)?,
        ConvertTo::W3c => lines(args, records, w3c)?,
    };
    if left_out.failed > 0 {
        say(&format!("left out {} documents that failed and have no text", left_out.failed));
    }
    Ok(if left_out.unreadable == 0 { Ended::Clean } else { Ended::SomeFailed })
}

type Convert = fn(&Source<'_>) -> Result<String, ConvertError>;

/// Writes what is one stream of lines.
fn lines(args: &ConvertArgs, records: InOrder, convert: Convert) -> Result<LeftOut> {
    let same = |one: &Path, other: &Path| {
        one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
    };
    if same(&args.output, &args.into) {
        bail!("{}: is both input and output; name another file with -o", args.into.display());
    }
    let layout = Layout::file(&args.into)?;
    let mut output = Output::create(&layout)?;
    let written = each(records, |source| Ok(output.write(convert(source)?.as_bytes())?));
    match written {
        Ok(left_out) => {
            output.seal()?;
            publish(&layout)?;
            Ok(left_out)
        }
        Err(error) => {
            discard(&layout)?;
            Err(error)
        }
    }
}

/// What is not in the output.
#[derive(Default)]
struct LeftOut {
    failed: u64,
    unreadable: u64,
}

/// Does something with each record that has a text.
fn each(mut records: InOrder, mut act: impl FnMut(&Source<'_>) -> Result<()>) -> Result<LeftOut> {
    let mut left_out = LeftOut::default();
    loop {
        match records.next_record() {
            Ok(None) => return Ok(left_out),
            Ok(Some(record)) => match Source::new(&record)? {
                Some(source) => act(&source)?,
                None => left_out.failed += 1,
            },
            Err(error @ JsonlError::Line { .. }) => {
                say(&error.to_string());
                left_out.unreadable += 1;
            }
            Err(error) => return Err(error.into()),
        }
    }
}
