//! Puts what is complete under its name.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::layout::{Kind, is_ours};
use crate::{JsonlError, Layout};

/// Puts the output, its `run.json` and its quarantine under their names, as far as they are not there yet: after a
/// crash halfway, a second call does the rest. A quarantine of an earlier run goes if this run has none.
///
/// # Errors
/// Those of the system.
pub fn publish(layout: &Layout) -> Result<(), JsonlError> {
    match layout.kind() {
        Kind::Stdout | Kind::Device => return Ok(()),
        Kind::File => {
            rename(&layout.partial(), layout.place())?;
            if layout.run_info_partial().exists() {
                rename(&layout.run_info_partial(), &layout.run_info())?;
            }
        }
        Kind::Folder(_) => replace_folder(layout)?,
    }
    let (partial, quarantine) = (layout.quarantine_partial(), layout.quarantine());
    match partial.metadata() {
        Ok(found) if found.len() > 0 => rename(&partial, &quarantine)?,
        Ok(_) => {
            // The earlier one first: as long as the empty one is there, a second call finds what to do.
            remove(&quarantine)?;
            remove(&partial)?;
        }
        Err(_) => {}
    }
    sync_folder(layout.place());
    Ok(())
}

/// Removes what an unfinished run has left, all but its journal.
///
/// # Errors
/// Those of the system.
pub fn discard(layout: &Layout) -> Result<(), JsonlError> {
    match layout.kind() {
        Kind::Stdout | Kind::Device => return Ok(()),
        Kind::File => {
            remove(&layout.partial())?;
            remove(&layout.run_info_partial())?;
        }
        Kind::Folder(_) => remove_folder(&layout.partial())?,
    }
    remove(&layout.quarantine_partial())
}

fn replace_folder(layout: &Layout) -> Result<(), JsonlError> {
    let (partial, place, old) = (layout.partial(), layout.place(), layout.old());
    if partial.is_dir() {
        // Two steps, since no system replaces a folder that is not empty. Whatever is interrupted here, the second
        // call finds the new folder under one of its names.
        if place.is_dir() {
            remove_folder(&old)?;
            rename(place, &old)?;
        }
        rename(&partial, place)?;
    }
    remove_folder(&old)
}

/// A file that is not there has been renamed before.
fn rename(from: &Path, to: &Path) -> Result<(), JsonlError> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && to.exists() => Ok(()),
        result => result.map_err(JsonlError::io(to)),
    }
}

fn remove(path: &Path) -> Result<(), JsonlError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result.map_err(JsonlError::io(path)),
    }
}

/// Removes a folder of parts; anything else in it stays, with the folder, and is told.
fn remove_folder(path: &Path) -> Result<(), JsonlError> {
    let remove_all = || -> io::Result<()> {
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            if is_ours(&entry.file_name()) {
                fs::remove_file(entry.path())?;
            }
        }
        fs::remove_dir(path)
    };
    match remove_all() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result.map_err(JsonlError::io(path)),
    }
}

/// Makes new names outlive a power cut. Not every system can do so; the files themselves are safe either way.
fn sync_folder(path: &Path) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
