//! What is read, how, and within which bounds.

use std::sync::Arc;

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::passed::Passed;
use crate::{FieldSettings, Format};

/// What is taken up, how it is read, and what is too much.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct InputSettings {
    /// Kinds of files that are taken up inside folders and archives, by their names. What is named on the command
    /// line is always taken up, and archives are looked into in any case.
    pub formats: Vec<Format>,
    /// Globs of the files that are taken up, also those that no format claims; none: all that a format claims. A
    /// glob without `/` is held against the file's name, one with `/` against its path below the named folder or
    /// inside the archive. Archives are looked into in any case.
    pub include: Vec<String>,
    /// Globs of files, folders and archives that are left out. `._*` is what macOS packs beside each file.
    pub exclude: Vec<String>,
    /// Reads every file and standard input as this format, whatever their names say; compression and archives are
    /// still seen through. Folders then give all their files.
    pub format: Option<Format>,
    /// Encoding of texts, as the WHATWG names them (`windows-1251`); empty: by byte order mark, else detected.
    pub encoding: String,
    /// A longer document (bytes) is reported and left out; in a file of many, a longer line or row.
    pub max_bytes: u64,
    /// Something packed may unpack to so many times its size, and all that is packed in a file, layers and members
    /// together, to so many times the file's. Up to 16 MB, to any.
    pub max_ratio: u64,
    /// Archives and compression inside one another: `a.tar.gz` has two layers.
    pub max_depth: u32,
    /// Members that are looked at in one file, those of archives inside it too.
    pub max_members: u64,
    /// Where the fields of JSON lines, of tables and of Parquet files go.
    pub fields: FieldSettings,
}

impl Default for InputSettings {
    fn default() -> Self {
        Self {
            formats: Format::ALL.to_vec(),
            include: Vec::new(),
            exclude: vec!["._*".to_owned(), "*.run.json".to_owned()],
            format: None,
            encoding: String::new(),
            max_bytes: 256 << 20,
            max_ratio: 1000,
            max_depth: 8,
            max_members: 1_000_000,
            fields: FieldSettings::default(),
        }
    }
}

/// A setting that cannot work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// A glob is malformed.
    #[error("input.{key}: {message}")]
    Glob {
        /// `include` or `exclude`.
        key: &'static str,
        /// What is wrong with it.
        message: String,
    },
    /// An encoding has no such name.
    #[error(
        "input.encoding: no encoding is called `{0}`; use a label of the WHATWG Encoding Standard, such as windows-1251"
    )]
    Encoding(String),
}

/// Settings, ready for use.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub settings: InputSettings,
    pub include: Option<GlobSet>,
    pub exclude: GlobSet,
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// What was found and not read.
    pub passed: Passed,
}

impl Compiled {
    pub fn new(settings: InputSettings) -> Result<Arc<Self>, InputError> {
        let include = globs("include", &settings.include)?;
        let exclude = globs("exclude", &settings.exclude)?;
        let encoding = match settings.encoding.as_str() {
            "" => None,
            label => Some(
                encoding_rs::Encoding::for_label(label.as_bytes())
                    .ok_or_else(|| InputError::Encoding(label.to_owned()))?,
            ),
        };
        let include = (!settings.include.is_empty()).then_some(include);
        Ok(Arc::new(Self { settings, include, exclude, encoding, passed: Passed::default() }))
    }

    /// Whether a file or member that was found, not named, is read. `path` is relative to the named folder, or the
    /// path inside the archive.
    pub fn takes(&self, path: &str) -> bool {
        if self.exclude.is_match(path) {
            return false;
        }
        let named = Format::by_name(path);
        let archive = named.format.is_some_and(Format::is_archive);
        let claimed = match named.format {
            Some(format) => archive || self.settings.formats.contains(&format),
            // `articles.gz` may hold anything; `articles.dat.gz` is no more wanted than `articles.dat`.
            None => named.packed && !named.stem_has_extension,
        };
        match &self.include {
            Some(include) => include.is_match(path) || claimed && (archive || named.format.is_none()),
            None => claimed || self.settings.format.is_some(),
        }
    }
}

fn globs(key: &'static str, patterns: &[String]) -> Result<GlobSet, InputError> {
    let fault = |error: &globset::Error| InputError::Glob { key, message: error.to_string() };
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(glob(pattern).map_err(|error| fault(&error))?);
    }
    set.build().map_err(|error| fault(&error))
}

fn glob(pattern: &str) -> Result<Glob, globset::Error> {
    let anchored = pattern.trim_start_matches("./");
    let pattern = if anchored.contains('/') { anchored.to_owned() } else { format!("**/{anchored}") };
    GlobBuilder::new(pattern.trim_end_matches('/')).literal_separator(true).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(settings: InputSettings, paths: &[&str]) -> Vec<bool> {
        let compiled = Compiled::new(settings).unwrap();
        paths.iter().map(|path| compiled.takes(path)).collect()
    }

    #[test]
    fn formats_claim_by_name() {
        let paths = ["a.txt", "b/A.TXT", "a.txt.gz", "a.jsonl.zst", "a.dat", "a.dat.gz", "a.gz", "a"];
        let all = taken(InputSettings::default(), &paths);
        assert_eq!(all, [true, true, true, true, false, false, true, false]);
        let lines = InputSettings { formats: vec![Format::Jsonl], ..InputSettings::default() };
        assert_eq!(taken(lines, &["a.txt", "a.ndjson"]), [false, true]);
    }

    #[test]
    fn globs_choose() {
        let list = |globs: &[&str]| globs.iter().map(ToString::to_string).collect::<Vec<_>>();
        let settings = InputSettings {
            include: list(&["*.dat", "2005/*.txt"]),
            exclude: list(&["draft*", "old/"]),
            ..InputSettings::default()
        };
        let paths = ["x/a.dat", "2005/a.txt", "x/2005/a.txt", "draft.dat", "old", "a.gz", "a.txt"];
        assert_eq!(taken(settings, &paths), [true, true, false, false, false, true, false]);
        let bad = InputSettings { exclude: list(&["a[b"]), ..InputSettings::default() };
        assert!(Compiled::new(bad).unwrap_err().to_string().starts_with("input.exclude: "));
    }
}
