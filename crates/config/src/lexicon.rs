//! `[lexicon]`: words and names that a configuration adds.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use docmill_core::WordFile;
use docmill_core::settings::{Node, Origin, Value};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};

/// Key of the section.
pub const LEXICON: &str = "lexicon";

/// Words and names besides the shipped ones. The output depends on them.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LexiconSettings {
    /// Files of words and names, relative to the folder of the configuration that names them. An entry is added to its
    /// list, or replaces the shipped one; a later file overrides an earlier one. `docmill lexicon check` checks them.
    pub extend: Vec<String>,
}

/// Reads and checks the files that a configuration adds.
///
/// # Errors
/// With the place of the setting, for a file that cannot be read or is named twice; with its own file and line, for an
/// entry that does not parse.
pub fn read(tree: &Node) -> Result<Vec<WordFile>> {
    let Some(section) = tree.get(LEXICON) else { return Ok(Vec::new()) };
    let settings: LexiconSettings = section.parse().map_err(|error| error.under(LEXICON))?;
    let list = section.get("extend");
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut files = Vec::new();
    for (i, name) in settings.extend.iter().enumerate() {
        let origin = match list.map(|list| &list.value) {
            Some(Value::Array(items)) => &items[i].origin,
            _ => &section.origin,
        };
        let path = folder(origin).join(name);
        if paths.contains(&path) {
            bail!("{origin}: lexicon.extend: {} is named twice; remove one of them", path.display());
        }
        let content = fs::read(&path).with_context(|| {
            format!(
                "{origin}: lexicon.extend: {} cannot be read; name a file of words, relative to the configuration's \
                 folder",
                path.display()
            )
        })?;
        files.push(WordFile::new(&path.display().to_string(), content));
        paths.push(path);
    }
    docmill_lexicon::check(&files)?;
    Ok(files)
}

/// The folder that names in a setting are relative to: that of its file; for a flag, the current one.
fn folder(origin: &Origin) -> &Path {
    let file = origin.line.is_some().then(|| Path::new(&*origin.place));
    file.and_then(Path::parent).unwrap_or(Path::new(""))
}

/// What the files say, for the identity of a run: names without folders, and hashes.
pub fn identity(files: &[WordFile]) -> serde_json::Value {
    let name =
        |file: &WordFile| Path::new(file.name()).file_name().map(|name| name.to_string_lossy().into_owned());
    let hash = |file: &WordFile| hex::encode(Sha256::digest(file.content()));
    files.iter().map(|file| json!({ "file": name(file), "sha256": hash(file) })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toml_tree;

    const WORDS: &str = "# list: outlets\nname\nSteppe Wire\n";

    fn read_in(folder: &Path, setting: &str) -> Result<Vec<WordFile>> {
        let config = folder.join("my.toml");
        read(
            &toml_tree::parse(&format!("[lexicon]\nextend = {setting}\n"), &config.display().to_string())
                .unwrap(),
        )
    }

    #[test]
    fn files_are_found_from_the_configuration() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("words")).unwrap();
        fs::write(folder.path().join("words/my.tsv"), WORDS).unwrap();
        let files = read_in(folder.path(), "[\"words/my.tsv\"]").unwrap();
        assert_eq!(files[0].text(), Ok(WORDS));
        let before = identity(&files);
        assert_eq!(before[0]["file"], "my.tsv");
        fs::write(folder.path().join("words/my.tsv"), "# list: outlets\nname\nSteppe Post\n").unwrap();
        let after = identity(&read_in(folder.path(), "[\"words/my.tsv\"]").unwrap());
        assert_ne!(before, after);
        assert_eq!(identity(&[]), json!([]));
    }

    #[test]
    fn faults_name_the_setting_or_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let fault = |setting: &str| read_in(folder.path(), setting).unwrap_err().to_string();
        let path = folder.path().display();
        assert_eq!(
            fault("[\"my.tsv\"]"),
            format!(
                "{path}/my.toml:2: lexicon.extend: {path}/my.tsv cannot be read; name a file of words, relative to the \
                 configuration's folder"
            )
        );
        fs::write(folder.path().join("my.tsv"), format!("{WORDS}Steppe Wire\n")).unwrap();
        assert_eq!(
            fault("[\"my.tsv\"]"),
            format!("{path}/my.tsv:4: `Steppe Wire` is already on line 3; remove one of them")
        );
        fs::write(folder.path().join("my.tsv"), WORDS).unwrap();
        assert!(fault("[\"my.tsv\", \"my.tsv\"]").contains("is named twice; remove one of them"));
        assert!(fault("\"my.tsv\"").starts_with(&format!("{path}/my.toml:2: `lexicon.extend`: ")));
    }
}
