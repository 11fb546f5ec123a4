//! A first configuration for an archive, from a look at its documents.

mod config;
mod found;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use docmill_input::{Archive, FieldSettings, InputSettings, check_named};

use config::Drafted;
use found::Found;

/// Documents that are looked at.
const LOOKED_AT: usize = 2000;
/// Of those, documents that are read whole.
const READ: usize = 100;

/// A configuration for an archive.
#[derive(Debug)]
pub struct Draft {
    /// The configuration, in TOML, with comments on what was found.
    pub config: String,
    /// How many documents of which kinds: `500 .jsonl, 12 .pdf`.
    pub kinds: String,
}

/// Looks at the first documents of `inputs` and drafts a configuration that reads them. Its first comment names the
/// inputs as `shown`.
///
/// # Errors
/// If an input does not exist or is standard input, or if there is no document.
pub fn draft(inputs: &[PathBuf], shown: &str) -> Result<Draft> {
    check_named(inputs)?;
    if inputs.iter().any(|input| input == Path::new("-")) {
        bail!("standard input can be read only once; name files or folders");
    }
    // Without a name for the text, no table is refused.
    let fields = FieldSettings { text: String::new(), ..FieldSettings::default() };
    let archive = Archive::new(InputSettings { fields, ..InputSettings::default() })?;
    let mut found = Found::default();
    for item in archive.open(inputs)?.take(LOOKED_AT) {
        found.add(&item, archive.fields(&item));
    }
    if found.documents == 0 {
        bail!("no documents found; docmill reads text, HTML, PDF, Word, mail, tables and archives of them");
    }
    let names = found.names();
    let failed = unread(inputs, &names)?;
    let drafted = Drafted { found: &found, names: &names, failed, passed_over: archive.passed_over() };
    Ok(Draft { config: drafted.config(shown), kinds: found.kinds() })
}

/// The first documents that cannot be read with the fields that were found: how many of how many, and the first reason.
fn unread(inputs: &[PathBuf], names: &BTreeMap<&str, String>) -> Result<Option<String>> {
    let mut fields = FieldSettings::default();
    for (role, name) in names {
        let place = match *role {
            "id" => &mut fields.id,
            "text" => &mut fields.text,
            "title" => &mut fields.title,
            "date" => &mut fields.date,
            "author" => &mut fields.author,
            "publication" => &mut fields.publication,
            _ => continue,
        };
        name.clone_into(place);
    }
    let archive = Archive::new(InputSettings { fields, ..InputSettings::default() })?;
    let (mut read, mut failed, mut first) = (0, 0, None);
    for item in archive.open(inputs)?.take(READ) {
        read += 1;
        if let Err(unreadable) = archive.load(item) {
            failed += 1;
            first.get_or_insert_with(|| format!("{}: {}", unreadable.id, unreadable.message));
        }
    }
    Ok(first.map(|first| format!("{failed} of the first {read} documents cannot be read: {first}")))
}
