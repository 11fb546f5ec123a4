//! The parts of a folder, to read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::shards::is_part_name;
use crate::{JsonlError, RunInfo};

/// The parts of a folder in order: those that its `run.json` lists, or, without one, those that there are.
pub(crate) fn part_files(folder: &Path) -> Result<Vec<PathBuf>, JsonlError> {
    let info = folder.join("run.json");
    let names = if info.exists() {
        RunInfo::read(&info)?.parts.into_iter().map(|part| part.name).collect()
    } else {
        names(folder).map_err(JsonlError::read(folder))?
    };
    if names.is_empty() {
        let error = io::Error::new(io::ErrorKind::InvalidInput, "a folder without part-00000.jsonl");
        return Err(JsonlError::read(folder)(error));
    }
    Ok(names.into_iter().map(|name| folder.join(name)).collect())
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.extend(entry?.file_name().into_string().ok().filter(|name| is_part_name(name)));
    }
    names.sort();
    Ok(names)
}
