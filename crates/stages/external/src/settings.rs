//! What can be set, and the handshake.

use std::num::{NonZeroU32, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU32;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use docmill_core::{
    BuildContext, BuiltStage, LayerKey, ModelFile, Replicas, StageConfig, StageError, schemars::Schema,
};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::child::{Child, Spec};
use crate::fault::Fault;
use crate::schema;
use crate::worker::{Shared, Worker};

/// As good as for ever, and no clock overflows.
const LONGEST_WAIT: Duration = Duration::from_hours(366 * 24);

/// Settings of a stage `process.NAME`.
#[derive(Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ProcessSettings {
    /// The program and its arguments, for instance `["python3", "topics.py"]`. docmill starts it without a shell in the
    /// working directory and finds it by PATH. The content of files among the arguments is part of the run's identity.
    pub command: Vec<String>,
    /// Further files that the answers depend on (a model, a word list). If one of them changes, docmill does not resume
    /// the run.
    pub files: Vec<PathBuf>,
    /// Most documents sent together; limited by the size of a chunk (`run.chunk_documents`).
    pub batch: NonZeroUsize,
    /// Number of processes that run in parallel; limited by the run's workers.
    pub workers: NonZeroUsize,
    /// Seconds to wait for the next answer.
    pub timeout_seconds: f64,
    /// Seconds to wait for the process to start, including the time to load its models.
    pub start_seconds: f64,
    /// How often to restart the process for one document at which it hangs, exits or violates the protocol before that
    /// document fails. After as many failed starts in a row, docmill gives up on the stage.
    pub restarts: NonZeroU32,
    /// Largest answer to one document, in bytes.
    pub max_answer_bytes: usize,
    /// What the config calls the stage, and what its child has said.
    #[serde(skip)]
    #[schemars(skip)]
    met: Option<Met>,
}

/// A stage whose child has said what it is.
struct Met {
    name: String,
    provides: Vec<LayerKey>,
    shared: Arc<Shared>,
}

impl Default for ProcessSettings {
    fn default() -> Self {
        Self {
            command: Vec::new(),
            files: Vec::new(),
            batch: NonZeroUsize::new(16).unwrap_or(NonZeroUsize::MIN),
            workers: NonZeroUsize::MIN,
            timeout_seconds: 60.0,
            start_seconds: 120.0,
            restarts: NonZeroU32::MIN,
            max_answer_bytes: 64 << 20,
            met: None,
        }
    }
}

impl std::fmt::Debug for ProcessSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProcessSettings").field("command", &self.command).finish_non_exhaustive()
    }
}

impl ProcessSettings {
    fn spec(&self, name: &str) -> Result<Spec, StageError> {
        if self.command.first().is_none_or(String::is_empty) {
            let help = format!("write in [process.{name}]: command = [\"python3\", \"{name}.py\"]");
            return Err(StageError::setting("command", "there is none", help));
        }
        let seconds = |key: &str, value: f64| {
            let help = "write a number of seconds above 0";
            let duration = Duration::try_from_secs_f64(value).ok().filter(|duration| !duration.is_zero());
            let duration = duration.map(|duration| duration.min(LONGEST_WAIT));
            duration.ok_or_else(|| StageError::setting(key, format!("{value} is no time to wait"), help))
        };
        Ok(Spec {
            name: name.to_owned(),
            command: self.command.clone(),
            start: seconds("start_seconds", self.start_seconds)?,
            timeout: seconds("timeout_seconds", self.timeout_seconds)?,
            max_line: self.max_answer_bytes,
        })
    }

    fn shared(&self) -> Result<&Met, StageError> {
        let unmet = || StageError::Document("the process was not asked what it is".to_owned());
        self.met.as_ref().ok_or_else(unmet)
    }

    /// Files among the arguments, the program itself if a path names it, and those of `files`.
    fn deciding_files(&self) -> impl Iterator<Item = &Path> {
        let named = |(i, argument): (usize, &String)| {
            let path = Path::new(argument);
            // Without a slash, the program is looked up elsewhere.
            (i > 0 || path.components().count() > 1) && path.is_file()
        };
        let arguments = self.command.iter().enumerate().filter(move |&argument| named(argument));
        arguments.map(|(_, argument)| Path::new(argument)).chain(self.files.iter().map(PathBuf::as_path))
    }
}

impl StageConfig for ProcessSettings {
    fn prepare(&mut self, name: &str) -> Result<(), StageError> {
        let spec = self.spec(name)?;
        let child = Child::start(&spec).map_err(|fault| {
            let help = match fault {
                Fault::Start { .. } => "install it, or write where it is",
                Fault::Silent(_) => {
                    "let it answer before it does anything that takes long, or raise `start_seconds`"
                }
                _ => "it must answer {\"type\":\"hello\",...}; run it by hand to see what it says",
            };
            StageError::setting("command", fault.to_string(), help)
        })?;
        let hello = child.hello().clone();
        let (mut keys, mut provides) = (Vec::new(), Vec::new());
        for layer in &hello.provides {
            let (shown, validator) = match &layer.schema {
                Some(given) => {
                    let wrong = |reason| {
                        let reason = format!("the schema of its layer `{}`: {reason}", layer.layer);
                        StageError::setting("command", reason, "correct it in the program, or remove it")
                    };
                    (
                        schema::shown(&layer.layer, given).map_err(wrong)?,
                        Some(schema::validator(given).map_err(wrong)?),
                    )
                }
                None => (Schema::default(), None),
            };
            let key = LayerKey::foreign(&layer.layer, shown);
            provides.push((key.name(), validator));
            keys.push(key);
        }
        let requires = hello.requires.iter().map(|name| LayerKey::any(name).name()).collect();
        let shared = Shared {
            spec,
            hello,
            requires,
            provides,
            batch: self.batch.get(),
            restarts: self.restarts.get(),
            first: Mutex::new(Some(child)),
            failed_starts: AtomicU32::new(0),
            given_up: OnceLock::new(),
        };
        self.met = Some(Met { name: name.to_owned(), provides: keys, shared: Arc::new(shared) });
        Ok(())
    }

    fn requires(&self) -> Vec<LayerKey> {
        let requires = self.met.iter().flat_map(|met| &met.shared.requires);
        requires.map(|name| LayerKey::any(name)).collect()
    }

    fn provides(&self) -> Vec<LayerKey> {
        self.met.iter().flat_map(|met| met.provides.clone()).collect()
    }

    fn check(&self, _context: &BuildContext) -> Result<(), StageError> {
        match self.files.iter().find(|path| !path.is_file()) {
            Some(path) => Err(StageError::file(path, "there is no such file", "correct `files`")),
            None => Ok(()),
        }
    }

    fn model_files(&self, _context: &BuildContext) -> Result<Vec<ModelFile>, StageError> {
        let stage = &self.shared()?.name;
        let mut files: Vec<ModelFile> = Vec::new();
        for path in self.deciding_files() {
            // Relative ones as they were written; of others, the folders are this machine's.
            let shown =
                if path.is_relative() { path.as_os_str() } else { path.file_name().unwrap_or_default() };
            let shown = format!("process.{stage}/{}", shown.to_string_lossy());
            let taken = |name: &str| files.iter().any(|file| file.name == name);
            let mut name = shown.clone();
            for number in 2.. {
                if !taken(&name) {
                    break;
                }
                name = format!("{shown} ({number})");
            }
            files.push(ModelFile { name, path: path.to_owned() });
        }
        Ok(files)
    }

    /// The command, and what the child says of itself. How many children there are and how long they may take decides
    /// nothing.
    fn identity(&self, _written: Value) -> Value {
        json!({ "command": self.command, "handshake": self.met.as_ref().map(|met| &met.shared.hello) })
    }

    fn build(&self, _context: &BuildContext) -> Result<BuiltStage, StageError> {
        let shared = self.shared()?.shared.clone();
        Ok(BuiltStage::batched(Replicas::Exactly(self.workers), move || Worker::new(shared.clone())))
    }
}
