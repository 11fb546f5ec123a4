//! The same texts in many encodings, told by docmill, chardet and charset-normalizer side by side.
//!
//! `texts.tsv` has texts in 46 languages, written for this, with the encodings that the language is written in
//! (Python's names).

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use anyhow::Result;
use docmill_input::{Archive, InputSettings};
use serde::Serialize;

use crate::cargo::root;
use crate::python::{call, environment, target};

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// What docmill made of a file.
#[derive(Debug, Serialize)]
struct Read {
    encoding: String,
    text: String,
}

/// Makes the files, reads them, and prints who was right how often.
pub fn run(_: &Args) -> Result<()> {
    let here = root().join("xtask/src/encodings");
    let python = environment("encodings", &here.join("requirements.txt"))?;
    let script = here.join("compare.py");
    let folder = std::path::absolute(target())?.join("encodings");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    call(Command::new(&python).arg(&script).arg("make").arg(here.join("texts.tsv")).arg(&folder))?;
    let archive = Archive::new(InputSettings::default())?;
    let mut read = BTreeMap::new();
    for item in archive.open(std::slice::from_ref(&folder))? {
        let path = item.source().path.clone();
        let Some(name) = path.rsplit('/').next().filter(|name| *name != "samples.json") else { continue };
        let name = name.to_owned();
        let answer = match archive.load(item) {
            Ok(document) => Read {
                encoding: document.source().encoding.clone().unwrap_or_default(),
                text: document.text().to_owned(),
            },
            Err(failed) => Read { encoding: failed.message, text: String::new() },
        };
        read.insert(name, answer);
    }
    fs::write(folder.join("docmill.json"), serde_json::to_vec(&read)?)?;
    call(Command::new(&python).arg(&script).arg("judge").arg(&folder))
}
