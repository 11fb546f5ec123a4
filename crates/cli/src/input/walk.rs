//! Finds the files, in an order that does not depend on the disk.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use docmill_core::Source;
use walkdir::WalkDir;

use super::InputSettings;

/// Something to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input, one document.
    Stdin,
    /// A file of so many bytes.
    File {
        /// Where it is.
        path: PathBuf,
        /// Its length when it was found.
        bytes: u64,
    },
    /// A path that could not be looked into, and why.
    Unreadable {
        /// The path.
        path: PathBuf,
        /// The reason.
        reason: String,
    },
}

impl Input {
    /// Where it is, as it stands in the output: as named, with `/` between folders.
    pub fn source(&self) -> Source {
        let path = match self {
            Self::Stdin => "-".to_owned(),
            Self::File { path, .. } | Self::Unreadable { path, .. } => {
                let name = path.to_string_lossy();
                if std::path::MAIN_SEPARATOR == '/' { name.into_owned() } else { name.replace('\\', "/") }
            }
        };
        Source { path, ..Source::default() }
    }
}

/// Checks that everything named is there, so that a typo ends the run before a model is loaded, and that nothing is
/// named twice: each document has one line, and one id.
pub fn check_named(paths: &[PathBuf]) -> Result<()> {
    for path in paths {
        if path.as_os_str() != "-"
            && let Err(error) = path.symlink_metadata()
        {
            bail!("{}: {error}; name a file, a folder, or `-` for standard input", path.display());
        }
    }
    // What cannot be resolved, such as a broken link, is reported by the walk.
    let real: Vec<PathBuf> = paths.iter().map(|p| p.canonicalize().unwrap_or_else(|_| p.clone())).collect();
    for (i, inner) in real.iter().enumerate() {
        if let Some(j) = real.iter().enumerate().position(|(j, outer)| j != i && inner.starts_with(outer)) {
            let (inner, outer) = (paths[i].display(), paths[j].display());
            bail!("{inner} is named twice: it lies in {outer}; name one of the two");
        }
    }
    Ok(())
}

/// All inputs under the named paths: as named, and sorted by name inside each folder. Links are followed; a link
/// into a folder above it is reported, not followed.
pub fn walk<'a>(paths: &'a [PathBuf], settings: &'a InputSettings) -> impl Iterator<Item = Input> + 'a {
    paths.iter().flat_map(move |path| {
        let stdin = (path.as_os_str() == "-").then_some(Input::Stdin);
        let files = (path.as_os_str() != "-").then(|| walk_one(path, settings));
        stdin.into_iter().chain(files.into_iter().flatten())
    })
}

fn walk_one<'a>(root: &'a Path, settings: &'a InputSettings) -> impl Iterator<Item = Input> + 'a {
    WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter().filter_map(move |entry| match entry
    {
        Ok(entry) if entry.file_type().is_dir() => None,
        Ok(entry) => {
            let named = entry.depth() == 0;
            if !named && !wanted(entry.path(), settings) {
                return None;
            }
            let bytes = entry.metadata().map_or(0, |m| m.len());
            Some(Input::File { path: entry.into_path(), bytes })
        }
        Err(error) => {
            let path = error.path().unwrap_or(root).to_owned();
            // A broken link to something that would not be taken up is nobody's loss.
            let reported = error.depth() == 0 || path.is_dir() || wanted(&path, settings);
            reported.then(|| Input::Unreadable { reason: reason(&error), path })
        }
    })
}

fn wanted(path: &Path, settings: &InputSettings) -> bool {
    let Some(extension) = path.extension().and_then(|e| e.to_str()) else { return false };
    settings.extensions.iter().any(|wanted| wanted.eq_ignore_ascii_case(extension))
}

fn reason(error: &walkdir::Error) -> String {
    match (error.loop_ancestor(), error.io_error()) {
        (Some(above), _) => format!("a link back to {}, which is not followed", above.display()),
        (None, Some(io)) => io.to_string(),
        (None, None) => error.to_string(),
    }
}
