//! Models of the Hugging Face hub.
//!
//! What is in the hub's local cache is found without the feature `hf-hub` and without a network; the feature only
//! adds the download. The cache is the one that Python's `huggingface_hub` uses, so what either has fetched serves
//! both.

use std::env;
use std::path::{Path, PathBuf};

use docmill_core::StageError;

use crate::folder::ModelDir;

/// One revision of one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubModel {
    /// `owner/name`.
    repo: String,
    /// A full commit hash.
    revision: String,
}

impl HubModel {
    /// Reads `owner/name@revision`. The error is what is wrong, and what helps.
    pub fn parse(written: &str) -> Result<Self, (String, String)> {
        let (repo, revision) = match written.split_once('@') {
            Some((repo, revision)) => (repo, Some(revision)),
            None => (written, None),
        };
        let plain = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        };
        if !repo.split_once('/').is_some_and(|(owner, name)| plain(owner) && plain(name)) {
            let reason = format!("`hf:{written}` names no model of the hub");
            return Err((reason, "write hf:OWNER/NAME@REVISION".to_owned()));
        }
        let help = || {
            format!(
                "pin a full commit hash, as listed at https://huggingface.co/{repo}/commits/main: a branch or tag \
                 may change under you"
            )
        };
        let Some(revision) = revision else {
            return Err((format!("`hf:{repo}` names no revision"), help()));
        };
        let is_hash =
            revision.len() == 40 && revision.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !is_hash {
            return Err((format!("revision `{revision}` is not a commit hash"), help()));
        }
        Ok(Self { repo: repo.to_owned(), revision: revision.to_owned() })
    }

    /// Its files in the cache; none if they are not all there and may be fetched.
    pub fn look_up(&self, cache: &Path, offline: bool) -> Result<Option<ModelDir>, StageError> {
        let folder = self.folder(cache);
        match ModelDir::open(&folder, &self.name()) {
            Ok(dir) => Ok(Some(dir)),
            Err(_) if offline => {
                let help = "run once without --offline, or copy the hub's cache from another machine";
                let reason = format!("hf:{} is not in the cache, and nothing may be fetched", self.name());
                Err(StageError::file(folder, reason, help))
            }
            Err(_) if cfg!(feature = "hf-hub") => Ok(None),
            Err(_) => {
                let reason = format!(
                    "hf:{} is not in the cache, and this program was built without the cargo feature `hf-hub`",
                    self.name()
                );
                let help = "build with `--features hf-hub`, or name a folder";
                Err(StageError::setting("model", reason, help))
            }
        }
    }

    /// Fetches what is missing. `endpoint` is the hub if not given.
    #[cfg(feature = "hf-hub")]
    pub fn fetch(&self, cache: &Path, endpoint: Option<&str>) -> Result<ModelDir, StageError> {
        use hf_hub::api::sync::ApiBuilder;
        use hf_hub::{Repo, RepoType};

        use crate::folder::Layout;

        let failed = |what: &str, error: String| {
            let reason = format!("hf:{}: {what}: {error}", self.name());
            let help =
                "check the name, the revision and the network; models behind a form need HF_TOKEN's file";
            StageError::setting("model", reason, help)
        };
        let mut builder =
            ApiBuilder::from_env().with_cache_dir(cache.to_owned()).with_progress(false).with_retries(3);
        if let Some(endpoint) = endpoint {
            builder = builder.with_endpoint(endpoint.to_owned());
        }
        let api = builder.build().map_err(|e| failed("no connection", e.to_string()))?;
        let repo = api.repo(Repo::with_revision(self.repo.clone(), RepoType::Model, self.revision.clone()));
        let info = repo.info().map_err(|e| failed("no list of files", e.to_string()))?;
        let layout = Layout::pick(|file| info.siblings.iter().any(|sibling| sibling.rfilename == file))
            .map_err(|(reason, help)| {
                StageError::setting("model", format!("hf:{}: {reason}", self.name()), help)
            })?;
        let folder = self.folder(cache);
        for file in layout.files() {
            if !folder.join(file).is_file() {
                repo.download(file).map_err(|e| failed(file, e.to_string()))?;
            }
        }
        ModelDir::open(&folder, &self.name())
    }

    /// Without the feature, [`HubModel::look_up`] has said what to do already.
    #[cfg(not(feature = "hf-hub"))]
    pub fn fetch(&self, cache: &Path, _endpoint: Option<&str>) -> Result<ModelDir, StageError> {
        ModelDir::open(&self.folder(cache), &self.name())
    }

    fn name(&self) -> String {
        format!("{}@{}", self.repo, self.revision)
    }

    fn folder(&self, cache: &Path) -> PathBuf {
        let repo = format!("models--{}", self.repo.replace('/', "--"));
        cache.join(repo).join("snapshots").join(&self.revision)
    }
}

/// Where the hub's files are kept: `HF_HUB_CACHE`, else `HF_HOME/hub`, else `~/.cache/huggingface/hub`.
pub fn cache_dir() -> Result<PathBuf, StageError> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("HF_HUB_CACHE")
        .or_else(|| set("HF_HOME").map(|home| home.join("hub")))
        .or_else(|| env::home_dir().map(|home| home.join(".cache/huggingface/hub")))
        .ok_or_else(|| {
            StageError::setting("model", "there is no home folder for the hub's cache", "set HF_HOME")
        })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const REVISION: &str = "0123456789abcdef0123456789abcdef01234567";

    fn model() -> HubModel {
        HubModel::parse(&format!("owner/some-ner@{REVISION}")).unwrap()
    }

    fn files(folder: &Path) {
        fs::create_dir_all(folder).unwrap();
        for file in ["config.json", "model.safetensors", "vocab.txt"] {
            fs::write(folder.join(file), "x").unwrap();
        }
    }

    #[test]
    fn a_branch_is_refused_with_the_mend() {
        for branch in ["main", "v1.0", REVISION.trim_end_matches('7'), &REVISION.to_uppercase()] {
            let (reason, help) = HubModel::parse(&format!("owner/name@{branch}")).unwrap_err();
            assert_eq!(reason, format!("revision `{branch}` is not a commit hash"));
            assert!(help.contains("https://huggingface.co/owner/name/commits/main"), "{help}");
        }
        assert_eq!(HubModel::parse("owner/name").unwrap_err().0, "`hf:owner/name` names no revision");
    }

    #[test]
    fn a_name_cannot_leave_the_cache() {
        for name in ["name", "../name", "owner/..", "a/b/c", "owner/na me", "/name", "owner/"] {
            let error = HubModel::parse(&format!("{name}@{REVISION}")).unwrap_err();
            assert!(error.0.ends_with("names no model of the hub"), "{name}: {error:?}");
        }
    }

    #[test]
    fn what_is_in_the_cache_needs_no_network() {
        let cache = tempfile::tempdir().unwrap();
        files(&cache.path().join("models--owner--some-ner/snapshots").join(REVISION));
        let dir = model().look_up(cache.path(), true).unwrap().unwrap();
        assert_eq!(dir.files()[0].name, format!("owner/some-ner@{REVISION}/config.json"));
    }

    #[test]
    fn offline_says_what_is_missing() {
        let cache = tempfile::tempdir().unwrap();
        let error = model().look_up(cache.path(), true).unwrap_err().to_string();
        assert!(
            error.contains("is not in the cache, and nothing may be fetched; run once without"),
            "{error}"
        );
    }

    #[test]
    #[cfg(not(feature = "hf-hub"))]
    fn without_the_feature_it_is_named() {
        let cache = tempfile::tempdir().unwrap();
        let error = model().look_up(cache.path(), false).unwrap_err().to_string();
        assert!(error.contains("without the cargo feature `hf-hub`; build with"), "{error}");
    }

    #[cfg(feature = "hf-hub")]
    mod download {
        use std::io::{BufRead, BufReader, Write};
        use std::net::{TcpListener, TcpStream};

        use super::*;

        /// Serves a model of three files as the hub does, as far as hf-hub asks: the list, the first byte (for
        /// length, etag and commit), and the file.
        fn hub() -> String {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let endpoint = format!("http://{}", listener.local_addr().unwrap());
            std::thread::spawn(move || {
                for stream in listener.incoming() {
                    answer(stream.unwrap());
                }
            });
            endpoint
        }

        fn answer(mut stream: TcpStream) {
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map(Result::unwrap);
            let request = lines.next().unwrap();
            let path = request.split(' ').nth(1).unwrap();
            let first_byte = lines.take_while(|line| !line.is_empty()).any(|line| line.contains("bytes=0-0"));
            let file = path.rsplit('/').next().unwrap();
            let body = match file {
                _ if path == format!("/api/models/owner/some-ner/revision/{REVISION}") => {
                    let names = ["config.json", "README.md", "model.safetensors", "vocab.txt"];
                    let siblings = names.map(|name| serde_json::json!({ "rfilename": name }));
                    serde_json::json!({ "sha": REVISION, "siblings": siblings }).to_string()
                }
                "config.json" | "model.safetensors" | "vocab.txt"
                    if path == format!("/owner/some-ner/resolve/{REVISION}/{file}") =>
                {
                    format!("content of {file}")
                }
                _ => {
                    write!(
                        stream,
                        "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
                    )
                    .unwrap();
                    return;
                }
            };
            let length = if first_byte { 1 } else { body.len() };
            let sent = body.get(..length).unwrap();
            write!(
                stream,
                "HTTP/1.1 206 Partial Content\r\ncontent-length: {}\r\ncontent-range: bytes 0-{}/{}\r\n\
                 etag: \"{file}\"\r\nx-repo-commit: {REVISION}\r\nconnection: close\r\n\r\n{sent}",
                sent.len(),
                sent.len() - 1,
                body.len()
            )
            .unwrap();
        }

        #[test]
        fn a_model_is_fetched_once_and_found_again() {
            let cache = tempfile::tempdir().unwrap();
            let model = model();
            assert_eq!(model.look_up(cache.path(), false).unwrap(), None);
            let dir = model.fetch(cache.path(), Some(&hub())).unwrap();
            assert_eq!(fs::read_to_string(dir.weights()).unwrap(), "content of model.safetensors");
            assert_eq!(model.look_up(cache.path(), true).unwrap(), Some(dir));
        }

        #[test]
        fn a_model_that_is_not_there_is_named() {
            let cache = tempfile::tempdir().unwrap();
            let other = HubModel::parse(&format!("owner/other@{REVISION}")).unwrap();
            let error = other.fetch(cache.path(), Some(&hub())).unwrap_err().to_string();
            assert!(error.starts_with("setting `model`: hf:owner/other@0123"), "{error}");
        }
    }
}
