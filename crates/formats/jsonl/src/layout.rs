//! Where the lines go, and the files beside them.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::JsonlError;
use crate::compression::Compression;
use crate::shards::{Shards, is_part_name};

/// Where the lines go, and the names of what lies beside them.
///
/// Nothing appears under its name before all of it is complete. Until then everything is called `NAME.partial`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// As it was named.
    name: PathBuf,
    /// What it leads to, if the name is a link.
    place: PathBuf,
    kind: Kind,
    compression: Compression,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Stdout,
    /// A pipe or a device: there is nothing to put in its place.
    Device,
    File,
    Folder(Shards),
}

impl Layout {
    /// A file, whose extension tells the compression; `-` for standard output. A link is followed; a pipe or a device,
    /// such as `/dev/null`, is written to at once.
    ///
    /// # Errors
    /// If the name is a folder's.
    pub fn file(name: &Path) -> Result<Self, JsonlError> {
        if name.is_dir() {
            let error = io::Error::new(io::ErrorKind::IsADirectory, "is a folder; name a file in it");
            return Err(JsonlError::io(name)(error));
        }
        let kind = if name.as_os_str() == "-" {
            Kind::Stdout
        } else if name.metadata().is_ok_and(|kind| !kind.is_file()) {
            Kind::Device
        } else {
            Kind::File
        };
        Ok(Self::new(name, kind, Compression::of(name)))
    }

    /// A folder of parts and `run.json`.
    ///
    /// # Errors
    /// If the name is a file's, or a folder's that holds anything but an earlier output.
    pub fn folder(name: &Path, shards: Shards, compression: Compression) -> Result<Self, JsonlError> {
        let refuse = |kind, why: &str| Err(JsonlError::io(name)(io::Error::new(kind, why)));
        if name.file_name().is_none() {
            return refuse(io::ErrorKind::InvalidInput, "has no name; name a folder for the parts");
        }
        if name.exists() && !name.is_dir() {
            return refuse(io::ErrorKind::NotADirectory, "is no folder; name one for the parts");
        }
        if let Some(other) = foreign_file(name).map_err(JsonlError::io(name))? {
            let why = format!(
                "holds {}, which is no part of an output; name a new or an empty folder",
                other.display()
            );
            return refuse(io::ErrorKind::AlreadyExists, &why);
        }
        Ok(Self::new(name, Kind::Folder(shards), compression))
    }

    pub(crate) fn new(name: &Path, kind: Kind, compression: Compression) -> Self {
        // Without a slash at the end.
        let name: PathBuf = name.components().collect();
        // The name that was asked for tells the compression, the file it leads to is replaced.
        let link = name.is_symlink().then(|| name.canonicalize().ok()).flatten();
        Self { place: link.unwrap_or_else(|| name.clone()), name, kind, compression }
    }

    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// As it was named.
    pub fn name(&self) -> &Path {
        &self.name
    }

    /// How it is compressed.
    pub fn compression(&self) -> Compression {
        self.compression
    }

    /// How it is cut into parts, if it is.
    pub fn shards(&self) -> Option<Shards> {
        match self.kind {
            Kind::Folder(shards) => Some(shards),
            Kind::Stdout | Kind::Device | Kind::File => None,
        }
    }

    /// True if what was written can be gone on with: a file or a folder.
    pub fn is_durable(&self) -> bool {
        matches!(self.kind, Kind::File | Kind::Folder(_))
    }

    /// Where it is in the end.
    pub(crate) fn place(&self) -> &Path {
        &self.place
    }

    /// Where it is until it is complete.
    pub fn partial(&self) -> PathBuf {
        with_suffix(&self.place, ".partial")
    }

    /// An earlier folder, while the new one takes its place.
    pub(crate) fn old(&self) -> PathBuf {
        with_suffix(&self.place, ".old")
    }

    /// The journal: `out.jsonl.journal`.
    pub fn journal(&self) -> PathBuf {
        with_suffix(&self.place, ".journal")
    }

    /// What produced the run: `out.run.json`, or `run.json` among the parts.
    pub fn run_info(&self) -> PathBuf {
        match self.kind {
            Kind::Folder(_) => self.place.join("run.json"),
            Kind::Stdout | Kind::Device | Kind::File => beside(&self.place, "run.json"),
        }
    }

    pub(crate) fn run_info_partial(&self) -> PathBuf {
        match self.kind {
            Kind::Folder(_) => self.partial().join("run.json"),
            Kind::Stdout | Kind::Device | Kind::File => with_suffix(&self.place, ".run.partial"),
        }
    }

    /// The documents that failed: `out.failed.jsonl`.
    pub fn quarantine(&self) -> PathBuf {
        beside(&self.place, "failed.jsonl")
    }

    /// Where `docmill retry` keeps new records until all are done.
    pub fn retried(&self) -> PathBuf {
        with_suffix(&self.place, ".partial.retried")
    }

    pub(crate) fn quarantine_partial(&self) -> PathBuf {
        with_suffix(&self.place, ".failed.partial")
    }
}

pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// True for the names of files that a folder of parts has.
pub(crate) fn is_ours(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| is_part_name(name) || name == "run.json")
}

/// A file in a folder that no output has; `None` as well if the folder is not there.
fn foreign_file(folder: &Path) -> io::Result<Option<PathBuf>> {
    if !folder.exists() {
        return Ok(None);
    }
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if !is_ours(&name) {
            return Ok(Some(name.into()));
        }
    }
    Ok(None)
}

/// The name of a file beside `output`: for `out.jsonl.gz` and `run.json`, `out.run.json`.
fn beside(output: &Path, name: &str) -> PathBuf {
    let output_name = output.file_name().unwrap_or_default().to_string_lossy();
    let stem = output_name.trim_end_matches(".gz").trim_end_matches(".zst").trim_end_matches(".jsonl");
    output.with_file_name(format!("{stem}.{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_follows_the_output() {
        for (output, expected) in [
            ("a/out.jsonl", "a/out.run.json"),
            ("out.jsonl.gz", "out.run.json"),
            ("x.y.jsonl.zst", "x.y.run.json"),
            ("plain", "plain.run.json"),
        ] {
            assert_eq!(beside(Path::new(output), "run.json"), Path::new(expected));
        }
    }
}
