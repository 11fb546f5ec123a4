//! Puts the files of the embedded model where engines can open them.
//!
//! Engines open files (one of them maps them), so the embedded ones are written once, under the user's cache folder.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;

use docmill_core::StageError;

/// The folder with the files, written if it is not there yet.
///
/// # Errors
/// If it cannot be written.
pub fn folder(id: &str, files: &[(&str, &[u8])]) -> Result<PathBuf, StageError> {
    let Some(cache) = cache() else {
        let help = "set HOME, or XDG_CACHE_HOME to a folder that can be written, or `model` to the folder models/news-en";
        return Err(StageError::file(
            "news-en",
            "there is no cache folder to put the embedded model into",
            help,
        ));
    };
    let target = cache.join(format!("docmill/models/news-en-{id}"));
    if !whole(&target, files) {
        write(&target, files).map_err(|error| {
            let help =
                "set XDG_CACHE_HOME to a folder that can be written, or `model` to the folder models/news-en";
            StageError::file(&target, format!("the embedded model cannot be written there: {error}"), help)
        })?;
    }
    Ok(target)
}

/// The user's cache folder. Never the one for temporary files: what lies there may be another user's.
fn cache() -> Option<PathBuf> {
    let set = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache")))
}

/// Whether every file is there with its length. (What they hold enters the run's identity, as any model's files do.)
fn whole(folder: &Path, files: &[(&str, &[u8])]) -> bool {
    files.iter().all(|(name, bytes)| {
        fs::metadata(folder.join(name)).is_ok_and(|file| file.is_file() && file.len() == bytes.len() as u64)
    })
}

/// Writes beside the folder and renames: another process sees all files or none.
fn write(target: &Path, files: &[(&str, &[u8])]) -> io::Result<()> {
    let beside = target.with_extension(format!("{}.partial", process::id()));
    fs::create_dir_all(&beside)?;
    for (name, bytes) in files {
        fs::write(beside.join(name), bytes)?;
    }
    if target.exists() && !whole(target, files) {
        fs::remove_dir_all(target)?;
    }
    let renamed = fs::rename(&beside, target);
    if renamed.is_err() {
        // Another process was first.
        fs::remove_dir_all(&beside)?;
    }
    if whole(target, files) { Ok(()) } else { renamed }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: &[(&str, &[u8])] = &[("config.json", b"{}"), ("vocab.txt", b"[PAD]\n")];

    #[test]
    fn files_are_written_once_and_mended() {
        let top = tempfile::tempdir().unwrap();
        let target = top.path().join("models/m");
        write(&target, FILES).unwrap();
        assert!(whole(&target, FILES));
        fs::write(target.join("vocab.txt"), "[P").unwrap();
        assert!(!whole(&target, FILES));
        write(&target, FILES).unwrap();
        assert_eq!(fs::read(target.join("vocab.txt")).unwrap(), b"[PAD]\n");
        assert_eq!(fs::read_dir(target.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn two_at_once_leave_one_whole_folder() {
        let top = tempfile::tempdir().unwrap();
        let target = top.path().join("m");
        write(&target, FILES).unwrap();
        write(&target, FILES).unwrap();
        assert!(whole(&target, FILES));
    }
}
