//! The folder of tables, which appears whole or not at all.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::further::is_name;
use crate::{ALL, TablesError};

/// A folder of tables, or of other files that docmill makes, on its way: `NAME.partial` until it is complete.
#[derive(Debug)]
pub struct Folder {
    place: PathBuf,
    partial: PathBuf,
    /// True for the names of files that may be replaced.
    ours: Ours,
}

type Ours = fn(&Path) -> bool;

impl Folder {
    /// Begins a folder. An older one of the name stays until this one is put in its place; what an earlier attempt left
    /// goes.
    ///
    /// # Errors
    /// If the name is a file's, or a folder's that holds anything but tables; and those of the system.
    pub fn create(name: &Path) -> Result<Self, TablesError> {
        Self::of(name, is_table)
    }

    /// The same for other files: `ours` is true for the names of those that may be replaced.
    ///
    /// # Errors
    /// As above.
    pub fn of(name: &Path, ours: fn(&Path) -> bool) -> Result<Self, TablesError> {
        let refuse = |why| Err(TablesError::NoFolder { path: name.to_owned(), why });
        // A link is followed, and slashes at the end are nothing.
        let place = name.canonicalize().unwrap_or_else(|_| name.components().collect());
        if place.file_name().is_none() {
            return refuse("has no name");
        }
        if place.exists() && !place.is_dir() {
            return refuse("is no folder");
        }
        let partial = with_suffix(&place, ".partial");
        for folder in [&place, &partial] {
            check_ours(folder, ours)?;
        }
        remove(&partial, ours)?;
        fs::create_dir_all(&partial).map_err(TablesError::io(&partial))?;
        Ok(Self { place, partial, ours })
    }

    /// Where the files are written.
    pub fn partial(&self) -> &Path {
        &self.partial
    }

    /// Gives the folder its name.
    ///
    /// # Errors
    /// Those of the system.
    pub fn publish(self) -> Result<(), TablesError> {
        let old = with_suffix(&self.place, ".old");
        if self.place.is_dir() {
            // Two steps, since no system replaces a folder that is not empty.
            check_ours(&old, self.ours)?;
            remove(&old, self.ours)?;
            fs::rename(&self.place, &old).map_err(TablesError::io(&self.place))?;
        }
        fs::rename(&self.partial, &self.place).map_err(TablesError::io(&self.place))?;
        if let Some(Ok(folder)) = self.place.parent().map(File::open) {
            // So that the new name outlives a power cut, where the system can do so.
            let _ = folder.sync_all();
        }
        remove(&old, self.ours)
    }

    /// Removes what has been written.
    ///
    /// # Errors
    /// Those of the system.
    pub fn discard(self) -> Result<(), TablesError> {
        remove(&self.partial, self.ours)
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

/// Refuses a folder in which anything lies that is not ours.
fn check_ours(folder: &Path, ours: Ours) -> Result<(), TablesError> {
    for name in names(folder)? {
        if !ours(Path::new(&name)) {
            let other = name.to_string_lossy().into_owned();
            return Err(TablesError::ForeignFile { path: folder.to_owned(), other });
        }
    }
    Ok(())
}

/// Removes a folder with what is ours in it; anything else in it stays, with the folder, and is told.
fn remove(folder: &Path, ours: Ours) -> Result<(), TablesError> {
    for name in names(folder)?.into_iter().filter(|name| ours(Path::new(name))) {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(TablesError::io(&path))?;
    }
    match fs::remove_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result.map_err(TablesError::io(folder)),
    }
}

/// The names in a folder, sorted; none if it is not there.
fn names(folder: &Path) -> Result<Vec<OsString>, TablesError> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).map_err(TablesError::io(folder))?;
    let names = entries.map(|entry| entry.map(|entry| entry.file_name())).collect::<Result<Vec<_>, _>>();
    let mut names = names.map_err(TablesError::io(folder))?;
    names.sort();
    Ok(names)
}

fn is_table(name: &Path) -> bool {
    let of_layer = |stem: &OsStr| stem.to_str().is_some_and(is_name);
    let is_ours = |stem: &OsStr| of_layer(stem) || ALL.iter().any(|table| table.name == stem);
    let table = name.file_stem().is_some_and(is_ours);
    table && name.extension().is_some_and(|extension| extension == "parquet" || extension == "csv")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_appears_whole_and_replaces_only_tables() {
        let bench = tempfile::tempdir().unwrap();
        let name = bench.path().join("tables");
        let write = |content: &str| {
            let folder = Folder::create(&name).unwrap();
            fs::write(folder.partial().join("quotes.csv"), content).unwrap();
            folder
        };
        let first = write("1");
        assert!(!name.exists());
        first.publish().unwrap();
        // One that was broken off.
        drop(write("2"));
        assert_eq!(fs::read_to_string(name.join("quotes.csv")).unwrap(), "1");
        write("3").publish().unwrap();
        assert_eq!(fs::read_to_string(name.join("quotes.csv")).unwrap(), "3");
        write("4").discard().unwrap();
        let left: Vec<_> = names(bench.path()).unwrap();
        assert_eq!(left, ["tables"]);
        fs::write(name.join("thesis.csv"), "years of work").unwrap();
        let error = Folder::create(&name).unwrap_err().to_string();
        assert!(error.contains("contains thesis.csv"), "{error}");
        let file = name.join("quotes.csv");
        assert!(Folder::create(&file).unwrap_err().to_string().contains("is no folder"));
    }
}
