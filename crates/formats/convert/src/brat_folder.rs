//! A folder of standoff files, which appears whole or not at all.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::names::FileNames;
use crate::{BratConfig, ConvertError, Source, brat};

/// A folder on its way: `NAME.partial` until it is complete.
pub struct BratFolder {
    place: PathBuf,
    partial: PathBuf,
    names: FileNames,
    config: BratConfig,
}

impl BratFolder {
    /// Begins a folder; what an attempt left that was broken off goes.
    ///
    /// # Errors
    /// If there is something under the name already, but for an empty folder.
    pub fn create(name: &Path) -> Result<Self, ConvertError> {
        let place: PathBuf = name.components().collect();
        if place.file_name().is_none() {
            let why = "has no name; name a new folder".to_owned();
            return Err(ConvertError::InTheWay { path: place, why });
        }
        match fs::remove_dir(&place) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(_) => {
                let why = "is there already; annotations may have been changed by hand: name a new folder, or remove it";
                return Err(ConvertError::InTheWay { path: place, why: why.to_owned() });
            }
        }
        let mut partial = OsString::from(&place);
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        remove(&partial)?;
        fs::create_dir_all(&partial).map_err(ConvertError::io(&partial))?;
        Ok(Self { place, partial, names: FileNames::default(), config: BratConfig::default() })
    }

    /// Writes the two files of a document.
    ///
    /// # Errors
    /// A position that is not in the text, and those of the system.
    pub fn write(&mut self, source: &Source<'_>) -> Result<(), ConvertError> {
        let standoff = brat(source, &mut self.config)?;
        let name = self.names.name(&source.record.id);
        for (extension, content) in [("txt", &standoff.text), ("ann", &standoff.annotations)] {
            let path = self.partial.join(format!("{name}.{extension}"));
            fs::write(&path, content).map_err(ConvertError::io(&path))?;
        }
        Ok(())
    }

    /// Writes `annotation.conf` and gives the folder its name.
    ///
    /// # Errors
    /// Those of the system.
    pub fn publish(self) -> Result<(), ConvertError> {
        let config = self.partial.join("annotation.conf");
        fs::write(&config, self.config.file()).map_err(ConvertError::io(&config))?;
        fs::rename(&self.partial, &self.place).map_err(ConvertError::io(&self.place))
    }

    /// Removes what has been written.
    ///
    /// # Errors
    /// Those of the system.
    pub fn discard(self) -> Result<(), ConvertError> {
        remove(&self.partial)
    }
}

/// Removes a folder of standoff files; one with anything else in it stays and is told.
fn remove(folder: &Path) -> Result<(), ConvertError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(ConvertError::io(folder))?,
    };
    for entry in entries {
        let path = entry.map_err(ConvertError::io(folder))?.path();
        let ours =
            path.extension().and_then(OsStr::to_str).is_some_and(|e| ["txt", "ann", "conf"].contains(&e));
        if ours {
            fs::remove_file(&path).map_err(ConvertError::io(&path))?;
        }
    }
    fs::remove_dir(folder).map_err(ConvertError::io(folder))
}
