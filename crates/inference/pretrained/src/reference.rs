//! How a config names a model.

use std::path::{Path, PathBuf};

use docmill_core::{BuildContext, StageError};

use crate::folder::ModelDir;
use crate::hub::{self, HubModel};
use crate::shipped;

/// A model by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelRef {
    /// A folder.
    Folder(PathBuf),
    /// `hf:owner/name@revision`.
    Hub(HubModel),
}

impl ModelRef {
    /// Reads the setting `model`; empty, it is the shipped one.
    pub fn parse(written: &str) -> Result<Self, StageError> {
        if written.is_empty() {
            return shipped::folder().map(Self::Folder);
        }
        match written.strip_prefix("hf:") {
            None => Ok(Self::Folder(written.into())),
            Some(rest) => match HubModel::parse(rest) {
                Ok(model) => Ok(Self::Hub(model)),
                Err((reason, help)) => Err(StageError::setting("model", reason, help)),
            },
        }
    }

    /// The model if it can be had without a network; none if it would have to be fetched, and may be.
    pub fn look_up(&self, context: &BuildContext) -> Result<Option<ModelDir>, StageError> {
        match self {
            Self::Folder(path) => ModelDir::open(path, &folder_name(path)).map(Some),
            Self::Hub(model) => model.look_up(&hub::cache_dir()?, context.offline),
        }
    }

    /// The model, fetched if need be and allowed.
    pub fn obtain(&self, context: &BuildContext) -> Result<ModelDir, StageError> {
        match (self.look_up(context)?, self) {
            (Some(dir), _) => Ok(dir),
            (None, Self::Hub(model)) => model.fetch(&hub::cache_dir()?, None),
            (None, Self::Folder(path)) => Err(StageError::file(path, "no such folder", "correct `model`")),
        }
    }
}

/// Last part of the path, also of `.` and `models/..`.
fn folder_name(path: &Path) -> String {
    let absolute = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    absolute.file_name().map_or_else(|| "model".to_owned(), |name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_or_the_hub() {
        assert_eq!(ModelRef::parse("models/x").unwrap(), ModelRef::Folder("models/x".into()));
        let hub = format!("hf:dslim/bert-base-NER@{}", "0123456789abcdef".repeat(3).split_at(40).0);
        assert!(matches!(ModelRef::parse(&hub), Ok(ModelRef::Hub(_))));
    }

    #[test]
    fn the_name_is_the_folder_s_own() {
        assert_eq!(folder_name(Path::new("/no/such/ner-x")), "ner-x");
        assert_eq!(folder_name(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/.."))), "pretrained");
    }
}
