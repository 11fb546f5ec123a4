//! Lists of inputs.

use std::fs::File;
use std::io::{BufRead, BufReader, stdin};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The paths that `list` names, one a line, `-` for standard input. Empty lines are passed over; a path that is not
/// there fails as a document, since a list may be old. What is named twice is read once.
pub fn listed(list: &Path, named: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let from_stdin = list.as_os_str() == "-";
    if from_stdin && named.iter().any(|path| path.as_os_str() == "-") {
        bail!("standard input is named both as a document and as the list of `--files-from`; choose one");
    }
    let lines: Box<dyn BufRead> = if from_stdin {
        Box::new(stdin().lock())
    } else {
        let file = File::open(list).with_context(|| format!("the list {}", list.display()))?;
        Box::new(BufReader::new(file))
    };
    let mut seen: std::collections::BTreeSet<PathBuf> = named.iter().cloned().collect();
    let mut paths = Vec::new();
    for line in lines.lines() {
        let line = line.with_context(|| format!("the list {}; one path a line, in UTF-8", list.display()))?;
        let path = PathBuf::from(line.trim_end_matches('\r'));
        if path.as_os_str() == "-" {
            bail!("the list {} names `-`; standard input is named on the command line", list.display());
        }
        if !path.as_os_str().is_empty() && seen.insert(path.clone()) {
            paths.push(path);
        }
    }
    Ok(paths)
}
