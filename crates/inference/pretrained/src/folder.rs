//! The files of a model.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use docmill_core::{ModelFile, StageError};

/// The files that make up a model, of those that a folder or repository has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    weights: &'static str,
    tokenizer: TokenizerKind,
    /// Whether there is a `tokenizer_config.json`.
    tokenizer_config: bool,
    /// Whether there is a `lemmas.tsv`.
    lemmas: bool,
    /// Whether there is a `context.safetensors`.
    context: bool,
}

/// What the tokenizer is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenizerKind {
    /// tokenizer.json: Hugging Face's own, of any kind.
    Json,
    /// vocab.txt: BERT's wordpieces.
    WordPiece,
    /// vocab.json and merges.txt: RoBERTa's byte pairs.
    BytePairs,
}

/// Names as repositories on the hub have them.
pub const CONFIG: &str = "config.json";
pub const TOKENIZER: &str = "tokenizer.json";
pub const TOKENIZER_CONFIG: &str = "tokenizer_config.json";
pub const VOCAB_TXT: &str = "vocab.txt";
pub const VOCAB_JSON: &str = "vocab.json";
/// Lemmas that a model's scripts get wrong; only models made for docmill have it.
pub const LEMMAS: &str = "lemmas.tsv";
/// The layers that read sentences among their neighbours, with their heads; only models made for docmill have it.
pub const CONTEXT: &str = "context.safetensors";
pub const MERGES: &str = "merges.txt";
const WEIGHTS: [&str; 2] = ["model.safetensors", "rust_model.ot"];

impl Layout {
    /// Picks the files by asking which there are. The error says what is missing and what helps.
    pub fn pick(has: impl Fn(&str) -> bool) -> Result<Self, (String, String)> {
        if !has(CONFIG) {
            let help =
                "name a folder with a Hugging Face model: config.json, model.safetensors, tokenizer.json";
            return Err((format!("no {CONFIG}"), help.to_owned()));
        }
        let Some(weights) = WEIGHTS.into_iter().find(|name| has(name)) else {
            let help = if has("model.safetensors.index.json") {
                "weights in several parts are not read; join them with `save_pretrained(max_shard_size=\"99GB\")`"
            } else if has("pytorch_model.bin") {
                "pytorch_model.bin is not read; convert it with `AutoModelForTokenClassification\
                 .from_pretrained(FOLDER).save_pretrained(FOLDER)` in Python"
            } else {
                "add the weights"
            };
            return Err((format!("no {}", WEIGHTS.join(" or ")), help.to_owned()));
        };
        let tokenizer = if has(TOKENIZER) {
            TokenizerKind::Json
        } else if has(VOCAB_TXT) {
            TokenizerKind::WordPiece
        } else if has(VOCAB_JSON) && has(MERGES) {
            TokenizerKind::BytePairs
        } else {
            let reason = format!("no {TOKENIZER}, {VOCAB_TXT} or {VOCAB_JSON} with {MERGES}");
            let help = "write a tokenizer.json with `AutoTokenizer.from_pretrained(FOLDER)\
                        .save_pretrained(FOLDER)` in Python";
            return Err((reason, help.to_owned()));
        };
        Ok(Self {
            weights,
            tokenizer,
            tokenizer_config: has(TOKENIZER_CONFIG),
            lemmas: has(LEMMAS),
            context: has(CONTEXT),
        })
    }

    /// Names of all files.
    pub fn files(&self) -> Vec<&'static str> {
        let mut files = vec![CONFIG, self.weights];
        match self.tokenizer {
            TokenizerKind::Json => files.push(TOKENIZER),
            TokenizerKind::WordPiece => files.push(VOCAB_TXT),
            TokenizerKind::BytePairs => files.extend([VOCAB_JSON, MERGES]),
        }
        if self.tokenizer_config {
            files.push(TOKENIZER_CONFIG);
        }
        if self.lemmas {
            files.push(LEMMAS);
        }
        if self.context {
            files.push(CONTEXT);
        }
        files
    }
}

/// A model on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelDir {
    root: PathBuf,
    /// What to call it where the folder of this machine should not show.
    name: String,
    layout: Layout,
}

impl ModelDir {
    /// A model in a folder, all of whose files are there.
    pub fn open(root: &Path, name: &str) -> Result<Self, StageError> {
        if !root.is_dir() {
            let reason = if root.exists() { "not a folder" } else { "no such folder" };
            let help = "set `model` to the folder of a model, or to hf:OWNER/NAME@REVISION";
            return Err(StageError::file(root, reason, help));
        }
        let layout = Layout::pick(|file| root.join(file).is_file())
            .map_err(|(reason, help)| StageError::file(root, reason, help))?;
        let dir = Self { root: root.to_owned(), name: name.to_owned(), layout };
        let weights = dir.weights();
        if is_lfs_pointer(&weights) {
            let reason = "a Git LFS pointer, not the weights";
            return Err(StageError::file(weights, reason, "run `git lfs pull` in the folder"));
        }
        Ok(dir)
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// config.json.
    pub fn config(&self) -> PathBuf {
        self.root.join(CONFIG)
    }

    /// The weights.
    pub fn weights(&self) -> PathBuf {
        self.root.join(self.layout.weights)
    }

    /// Any of the model's files.
    pub fn file(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// What the tokenizer is read from.
    pub fn tokenizer(&self) -> TokenizerKind {
        self.layout.tokenizer
    }

    /// `tokenizer_config.json`, if there is one.
    pub fn tokenizer_config(&self) -> Option<PathBuf> {
        self.layout.tokenizer_config.then(|| self.file(TOKENIZER_CONFIG))
    }

    /// The exceptions among lemmas, if there are any.
    pub fn lemmas(&self) -> Option<PathBuf> {
        self.layout.lemmas.then(|| self.file(LEMMAS))
    }

    /// All files, for the run's identity.
    pub fn files(&self) -> Vec<ModelFile> {
        let file = |name| ModelFile { name: format!("{}/{name}", self.name), path: self.file(name) };
        self.layout.files().into_iter().map(file).collect()
    }
}

fn is_lfs_pointer(path: &Path) -> bool {
    const BEGINNING: &[u8] = b"version https://git-lfs";
    let mut bytes = [0; BEGINNING.len()];
    File::open(path).and_then(|mut file| file.read_exact(&mut bytes)).is_ok() && bytes == BEGINNING
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            fs::write(dir.path().join(file), "{}").unwrap();
        }
        dir
    }

    fn error(files: &[&str]) -> String {
        let dir = folder(files);
        let error = ModelDir::open(dir.path(), "m").unwrap_err().to_string();
        error.replace(&dir.path().display().to_string(), "DIR")
    }

    #[test]
    fn all_files_enter_the_identity() {
        let dir = folder(&[CONFIG, "model.safetensors", "rust_model.ot", VOCAB_TXT, "README.md"]);
        let model = ModelDir::open(dir.path(), "m").unwrap();
        let names: Vec<String> = model.files().into_iter().map(|file| file.name).collect();
        assert_eq!(names, ["m/config.json", "m/model.safetensors", "m/vocab.txt"]);
    }

    #[test]
    fn hugging_face_s_own_tokenizer_comes_first() {
        let dir = folder(&[CONFIG, "rust_model.ot", VOCAB_TXT, TOKENIZER, TOKENIZER_CONFIG]);
        let model = ModelDir::open(dir.path(), "m").unwrap();
        assert_eq!(model.tokenizer(), TokenizerKind::Json);
        assert!(model.tokenizer_config().is_some());
        assert!(model.weights().ends_with("rust_model.ot"));
    }

    #[test]
    fn what_is_missing_is_named_with_its_mend() {
        assert!(error(&[]).starts_with("DIR: no config.json; name a folder with"));
        assert_eq!(error(&[CONFIG]), "DIR: no model.safetensors or rust_model.ot; add the weights");
        assert!(error(&[CONFIG, "pytorch_model.bin"]).contains("convert it with"));
        assert!(error(&[CONFIG, "model.safetensors.index.json"]).contains("several parts"));
        assert!(
            error(&[CONFIG, "model.safetensors", VOCAB_JSON])
                .starts_with("DIR: no tokenizer.json, vocab.txt or vocab.json with merges.txt; write a")
        );
    }

    #[test]
    fn a_folder_that_is_none_is_named() {
        let error = ModelDir::open(Path::new("/no/such/model"), "m").unwrap_err().to_string();
        assert!(error.starts_with("/no/such/model: no such folder; set `model` to"), "{error}");
        let error = ModelDir::open(Path::new(file!()).file_name().unwrap().as_ref(), "m");
        assert!(error.is_err());
    }

    #[test]
    fn weights_that_git_left_behind_are_told_from_weights() {
        let dir = folder(&[CONFIG, VOCAB_TXT]);
        fs::write(dir.path().join("model.safetensors"), "version https://git-lfs.github.com/spec/v1\n")
            .unwrap();
        let error = ModelDir::open(dir.path(), "m").unwrap_err().to_string();
        assert!(
            error.ends_with("a Git LFS pointer, not the weights; run `git lfs pull` in the folder"),
            "{error}"
        );
    }
}
