//! Puts the files of the embedded model where engines can open them.
//!
//! Engines open files (one of them maps them), so the embedded ones are written once, under the user's cache folder.

use std::env;
use std::fmt::Write;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, PoisonError};

use docmill_core::StageError;
use sha2::{Digest, Sha256};

/// The folder with the files, written if they are not there or not what they were: a byte that changed on the disk
/// would change answers. Their hash is compared once in a process.
///
/// # Errors
/// If it cannot be written.
#[cfg_attr(
    not(feature = "embedded"),
    expect(dead_code, reason = "only programs with the model in them have use for it")
)]
pub fn folder(id: &str, files: &[(&str, &[u8])]) -> Result<PathBuf, StageError> {
    static CHECKED: Mutex<Option<PathBuf>> = Mutex::new(None);
    let help = "set XDG_CACHE_HOME to a folder that can be written, or `model` to the folder models/news-en";
    let cache = cache().map_err(|error| {
        StageError::file("news-en", format!("no folder for the embedded model: {error}"), help)
    })?;
    let target = cache.join(format!("docmill/models/news-en-{id}"));
    let mut checked = CHECKED.lock().unwrap_or_else(PoisonError::into_inner);
    if checked.as_ref() != Some(&target) {
        if !whole(&target, id, files) {
            unpack(&target, id, files).map_err(|error| {
                StageError::file(
                    &target,
                    format!("the embedded model cannot be written there: {error}"),
                    help,
                )
            })?;
        }
        *checked = Some(target.clone());
    }
    Ok(target)
}

/// The user's cache folder. A user without a home gets one among the temporary files that nobody else may write.
fn cache() -> io::Result<PathBuf> {
    let set = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || env::home_dir().filter(|home| home.is_dir()).map(|home| home.join(".cache"));
    match set.or_else(home) {
        Some(cache) => Ok(cache),
        None => private(&env::temp_dir()),
    }
}

/// A folder of this user alone, among those of all.
#[cfg(unix)]
fn private(among: &Path) -> io::Result<PathBuf> {
    use std::os::unix::fs::{DirBuilderExt, MetadataExt};
    let user = rustix::process::geteuid().as_raw();
    let folder = among.join(format!("docmill-{user}"));
    match fs::DirBuilder::new().mode(0o700).create(&folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    // Not through a link, which somebody else may have put there.
    let found = fs::symlink_metadata(&folder)?;
    if !found.is_dir() || found.uid() != user || found.mode() & 0o077 != 0 {
        return Err(io::Error::other(format!("{}: others may write there", folder.display())));
    }
    Ok(folder)
}

#[cfg(not(unix))]
fn private(_: &Path) -> io::Result<PathBuf> {
    Err(io::Error::other("there is no home folder"))
}

/// Whether every file is there with its length, and all of them have the hash that begins with `id`.
fn whole(folder: &Path, id: &str, files: &[(&str, &[u8])]) -> bool {
    let long = files.iter().all(|(name, bytes)| {
        fs::metadata(folder.join(name)).is_ok_and(|file| file.is_file() && file.len() == bytes.len() as u64)
    });
    long && hash(folder, files).is_ok_and(|hash| hash.starts_with(id))
}

/// The hash of the files one after the other, in hexadecimal digits.
fn hash(folder: &Path, files: &[(&str, &[u8])]) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    for (name, _) in files {
        let mut file = File::open(folder.join(name))?;
        loop {
            match file.read(&mut buffer)? {
                0 => break,
                read => hash.update(&buffer[..read]),
            }
        }
    }
    let mut digits = String::with_capacity(64);
    for byte in hash.finalize() {
        let _ = write!(digits, "{byte:02x}");
    }
    Ok(digits)
}

/// Writes beside the folder and renames: another process sees all files or none.
fn unpack(target: &Path, id: &str, files: &[(&str, &[u8])]) -> io::Result<()> {
    let beside = target.with_extension(format!("{}.partial", process::id()));
    fs::create_dir_all(&beside)?;
    for (name, bytes) in files {
        fs::write(beside.join(name), bytes)?;
    }
    if target.exists() && !whole(target, id, files) {
        fs::remove_dir_all(target)?;
    }
    let renamed = fs::rename(&beside, target);
    if renamed.is_err() {
        // Another process was first.
        fs::remove_dir_all(&beside)?;
    }
    if whole(target, id, files) { Ok(()) } else { renamed }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "9acbf1533f49f5df";
    const FILES: &[(&str, &[u8])] = &[("config.json", b"{}"), ("vocab.txt", b"[PAD]\n")];

    #[test]
    fn files_are_written_once_and_mended() {
        let top = tempfile::tempdir().unwrap();
        let target = top.path().join("models/m");
        unpack(&target, ID, FILES).unwrap();
        assert!(whole(&target, ID, FILES));
        for changed in ["[P", "[PAX]\n"] {
            fs::write(target.join("vocab.txt"), changed).unwrap();
            assert!(!whole(&target, ID, FILES), "{changed}");
        }
        unpack(&target, ID, FILES).unwrap();
        assert_eq!(fs::read(target.join("vocab.txt")).unwrap(), b"[PAD]\n");
        assert_eq!(fs::read_dir(target.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn two_at_once_leave_one_whole_folder() {
        let top = tempfile::tempdir().unwrap();
        let target = top.path().join("m");
        unpack(&target, ID, FILES).unwrap();
        unpack(&target, ID, FILES).unwrap();
        assert!(whole(&target, ID, FILES));
    }

    #[cfg(unix)]
    #[test]
    fn who_has_no_home_gets_a_folder_that_others_cannot_write() {
        use std::os::unix::fs::PermissionsExt;
        let among = tempfile::tempdir().unwrap();
        let folder = private(among.path()).unwrap();
        assert_eq!(private(among.path()).unwrap(), folder);
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
        assert!(private(among.path()).unwrap_err().to_string().contains("others may write there"));
    }
}
