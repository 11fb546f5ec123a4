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
    /// File formats to read inside folders and archives, chosen by file name. Files named on the command line are
    /// always read, and archives are always opened.
    pub formats: Vec<Format>,
    /// Globs of files to read, including files that no format claims; empty: every file that a format claims. A glob
    /// without `/` matches the file name, one with `/` the path below the named folder or inside the archive. Archives
    /// are always opened.
    pub include: Vec<String>,
    /// Globs of files, folders and archives to skip. `._*` are files that macOS adds to archives.
    pub exclude: Vec<String>,
    /// Read every file and standard input as this format, regardless of names; compression and archives are still
    /// unpacked. Folders then contribute all their files.
    pub format: Option<Format>,
    /// Text encoding by its WHATWG name (`windows-1251`); empty: from the byte order mark, or else detected.
    pub encoding: String,
    /// Largest document in bytes; in files of many documents, the largest line or row. Larger ones are reported and
    /// skipped.
    pub max_bytes: u64,
    /// Largest ratio of unpacked to packed size, for each member and for a whole file with everything nested in it. Up
    /// to 16 MB, any ratio is allowed.
    pub max_ratio: u64,
    /// Deepest nesting of archives and compression: `a.tar.gz` has two levels.
    pub max_depth: u32,
    /// Most members to read in one file, including members of nested archives.
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

    /// The same of a member of an archive or letter. One that nothing reads and nobody has excluded is counted.
    pub fn takes_member(&self, path: &str) -> bool {
        let takes = self.takes(path);
        if !takes && !self.exclude.is_match(path) {
            self.passed.add(path);
        }
        takes
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
