//! Finds the files, in an order that does not depend on the disk.

use std::env;
use std::fs::Metadata;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use docmill_core::Source;
use walkdir::{DirEntry, WalkDir};

use crate::Format;
use crate::settings::Compiled;

/// Something found.
pub(crate) enum Found {
    /// A file, or something else that is no folder.
    File { path: PathBuf, bytes: u64, modified: Option<u64> },
    /// A file in a folder that nothing reads and nobody has excluded.
    Passed { path: String },
    /// A path that could not be looked into, and why.
    Fault { path: PathBuf, reason: String },
}

/// Where a file is, as it stands in the output: the same however its path was typed, with `/` between folders.
pub(crate) fn source(path: &Path) -> Source {
    Source { path: slashes(&plain(path)), ..Source::default() }
}

/// The path without `.`, doubled strokes, and the folder that the program runs in.
fn plain(path: &Path) -> PathBuf {
    let plain: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    let here = plain.is_absolute().then(|| env::current_dir().ok()).flatten();
    let below = here.and_then(|here| plain.strip_prefix(here).ok().map(Path::to_owned));
    let plain = below.unwrap_or(plain);
    if plain.as_os_str().is_empty() { PathBuf::from(".") } else { plain }
}

fn slashes(path: &Path) -> String {
    let name = path.to_string_lossy();
    if MAIN_SEPARATOR == '/' { name.into_owned() } else { name.replace(MAIN_SEPARATOR, "/") }
}

/// The files under a named path: itself, or all that are wanted below it, sorted by name inside each folder. Links
/// are followed; a link into a folder above it is reported, not followed.
pub(crate) fn walk<'a>(root: &'a Path, settings: &'a Compiled) -> impl Iterator<Item = Found> + 'a {
    let relative = move |path: &Path| slashes(path.strip_prefix(root).unwrap_or(path));
    let entered = move |entry: &DirEntry| {
        entry.depth() == 0
            || !entry.file_type().is_dir()
            || !settings.exclude.is_match(relative(entry.path()))
    };
    let entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter().filter_entry(entered);
    entries.filter_map(move |entry| match entry {
        Ok(entry) if entry.file_type().is_dir() => None,
        Ok(entry) => {
            let wanted = entry.depth() == 0 || settings.takes(&relative(entry.path()));
            let metadata = entry.metadata().ok();
            let bytes = metadata.as_ref().map_or(0, Metadata::len);
            let modified = metadata.and_then(|m| m.modified().ok()).and_then(nanoseconds);
            if wanted {
                return Some(Found::File { path: entry.into_path(), bytes, modified });
            }
            let path = relative(entry.path());
            (!settings.exclude.is_match(&path)).then_some(Found::Passed { path })
        }
        Err(error) => {
            let path = error.path().unwrap_or(root).to_owned();
            // A broken link to something that would not be taken up is nobody's loss.
            let reported = error.depth() == 0 || path.is_dir() || settings.takes(&relative(&path));
            reported.then(|| Found::Fault { reason: reason(&error), path })
        }
    })
}

fn nanoseconds(time: SystemTime) -> Option<u64> {
    u64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_nanos()).ok()
}

fn reason(error: &walkdir::Error) -> String {
    match (error.loop_ancestor(), error.io_error()) {
        (Some(above), _) => format!("a link back to {}, which is not followed", above.display()),
        (None, Some(io)) => io.to_string(),
        (None, None) => error.to_string(),
    }
}

/// The format of a file that holds one document, by its name or the settings; a worker opens it.
pub(crate) fn document_format(name: &str, settings: &Compiled) -> Option<Format> {
    let named = Format::by_name(name);
    let archive = named.format.filter(|format| format.is_archive());
    let format = archive.or(settings.settings.format).or(named.format);
    format.filter(|format| format.is_document() && *format != Format::Eml)
}

/// The same where a mail message, which may hold others, counts as one.
fn counted_format(name: &str, settings: &Compiled) -> Option<Format> {
    let mail = (settings.settings.format.or(Format::by_name(name).format))
        .filter(|format| matches!(format, Format::Eml | Format::Msg));
    document_format(name, settings).or(mail)
}

/// See [`crate::Archive::count`].
pub(crate) fn count(settings: &Compiled, paths: &[PathBuf]) -> Option<u64> {
    let mut documents = 0;
    for path in paths {
        if path.as_os_str() == "-" {
            settings.settings.format.is_none_or(Format::is_document).then_some(())?;
            documents += 1;
            continue;
        }
        for found in walk(path, settings) {
            match found {
                Found::File { path, .. } => {
                    counted_format(&path.to_string_lossy(), settings)?;
                }
                Found::Passed { .. } => continue,
                Found::Fault { .. } => {}
            }
            documents += 1;
        }
    }
    Some(documents)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_the_same_however_it_was_typed() {
        let here = env::current_dir().unwrap();
        for typed in ["a/b.txt", "./a/b.txt", "a//b.txt", "a/./b.txt", &format!("{}/a/b.txt", here.display())]
        {
            assert_eq!(source(Path::new(typed)).path, "a/b.txt", "{typed}");
        }
        assert_eq!(source(Path::new("-")).path, "-");
        assert_eq!(source(Path::new("../a")).path, "../a");
    }
}
