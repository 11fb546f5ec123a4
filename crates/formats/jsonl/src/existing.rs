//! An output that is there already.

use std::path::Path;

use crate::layout::Kind;
use crate::{Compression, JsonlError, Layout, RunInfo, Shards};

impl Layout {
    /// An output that is there, to read it and what lies beside it: a file, or a folder with or without `run.json`.
    ///
    /// # Errors
    /// If there is a `run.json` and it cannot be read.
    pub fn existing(name: &Path) -> Result<Self, JsonlError> {
        if !name.is_dir() {
            return Self::file(name);
        }
        let info = name.join("run.json");
        let info = info.exists().then(|| RunInfo::read(&info)).transpose()?;
        let shards = info.as_ref().and_then(|info| info.shards).unwrap_or(Shards::Documents(u64::MAX));
        let part = info.as_ref().and_then(|info| info.parts.first());
        let compression = part.map_or(Compression::None, |part| Compression::of(Path::new(&part.name)));
        Ok(Self::new(name, Kind::Folder(shards), compression))
    }
}
