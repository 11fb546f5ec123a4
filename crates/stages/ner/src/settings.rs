//! What can be set.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::str::FromStr;

use docmill_core::layers::{Encodings, Entities, Sentences, Tokens};
use docmill_core::schemars::{self, JsonSchema};
use docmill_core::settings::suggest;
use docmill_core::{BuildContext, BuiltStage, LayerKey, ModelFile, Replicas, StageConfig, StageError};
use serde::{Deserialize, Serialize, Serializer};

use docmill_bert::{Checkpoint, Precision};
use docmill_pretrained::{ModelConfig, ModelDir, ModelRef, Sums, check_sums, verify_sums};

use crate::decode::Tagger;
use crate::engines;
use crate::head::Head;
use crate::labels::{self, Labels};
use crate::no_names::NoNames;
use crate::stage::Model;

/// Settings of the stage `ner`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NerSettings {
    /// What runs the model.
    pub engine: EngineKind,
    /// A model for this stage alone; empty: the model that all stages share (`model` at the top of the configuration).
    /// Either a folder with a Hugging Face token-classification model (config.json, model.safetensors, tokenizer.json
    /// or vocab.txt), or `hf:OWNER/NAME@REVISION` with a full commit hash.
    ///
    /// The engine `native` uses the results of the stage `encode`, unless a model is named here.
    pub model: String,
    /// Expected SHA-256 sums of the model's files, by file name.
    pub checksum: Sums,
    /// Precision of the engine `native` with a model of its own; `encode.precision` sets that of the shared model.
    pub precision: Precision,
    /// Device that runs the model: `cpu`, `cuda`, or `cuda:1` for the second GPU.
    pub device: Device,
    /// New names for the model's entity types, for instance `{ person = "PER" }`. Types with the same new name are
    /// merged.
    pub rename: BTreeMap<String, String>,
    /// Entity types to keep, after renaming; empty: all.
    pub only: Vec<String>,
    /// Whether a mention with a low score takes the type that the same words have elsewhere in the document.
    pub consistent: bool,
    /// Whether to lower-case words before the model reads them. Default: as the model specifies.
    pub lower_case: Option<bool>,
    /// Most wordpieces in one input, including special ones. Default: the model's own limit. Longer sentences are split
    /// into overlapping windows.
    pub max_window: Option<NonZeroUsize>,
    /// Most wordpieces in one batch, including padding. Larger batches need more memory and suit GPUs.
    pub token_budget: NonZeroUsize,
}

impl Default for NerSettings {
    fn default() -> Self {
        Self {
            engine: EngineKind::default(),
            model: String::new(),
            checksum: BTreeMap::new(),
            precision: Precision::default(),
            device: Device::default(),
            rename: BTreeMap::new(),
            only: Vec::new(),
            consistent: true,
            lower_case: None,
            max_window: None,
            token_budget: NonZeroUsize::new(1024).expect("not zero"),
        }
    }
}

/// What runs the model.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EngineKind {
    /// docmill's own engine, in pure Rust: BERT models on the CPU.
    #[default]
    Native,
    /// rust-bert on libtorch: any Hugging Face token-classification model of the families ALBERT, BERT,
    /// `CamemBERT`, DistilBERT, ELECTRA, RoBERTa and XLM-RoBERTa.
    RustBert,
}

/// Where a model runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub enum Device {
    /// The processor, one thread for each worker.
    #[default]
    Cpu,
    /// The GPU of this number; workers take turns.
    Cuda(u32),
}

impl FromStr for Device {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let number = match written {
            "cpu" => return Ok(Self::Cpu),
            "cuda" => Some(0),
            _ => written.strip_prefix("cuda:").and_then(|number| number.parse().ok()),
        };
        number.map(Self::Cuda).ok_or_else(|| format!("unknown device \"{written}\"; use cpu, cuda or cuda:1"))
    }
}

impl Serialize for Device {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Cpu => serializer.serialize_str("cpu"),
            Self::Cuda(number) => serializer.collect_str(&format_args!("cuda:{number}")),
        }
    }
}

impl TryFrom<String> for Device {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        written.parse()
    }
}

impl NerSettings {
    /// The labels of a model as these settings name them, and which of its types are kept.
    fn labels(&self, config: &ModelConfig) -> Result<(Labels, Vec<bool>), String> {
        let labels = Labels::parse(&config.labels, &self.rename)?;
        let kept =
            labels.types().iter().map(|t| self.only.is_empty() || self.only.iter().any(|o| **o == **t));
        let kept = kept.collect();
        Ok((labels, kept))
    }

    /// Whether the stage is a head over the shared model's encodings.
    fn reads_encodings(&self) -> bool {
        self.engine == EngineKind::Native && self.model.is_empty()
    }

    /// The stage's own model, or the shared one.
    fn reference(&self, context: &BuildContext) -> Result<ModelRef, StageError> {
        ModelRef::parse(if self.model.is_empty() { &context.model } else { &self.model })
    }

    /// Refuses settings that a head over encodings would not heed.
    fn check_unread(&self) -> Result<(), StageError> {
        let of_encode = [
            ("precision", self.precision != Precision::default()),
            ("max_window", self.max_window.is_some()),
            ("lower_case", self.lower_case.is_some()),
        ];
        match of_encode.into_iter().find(|(_, set)| *set && self.reads_encodings()) {
            Some((key, _)) => {
                let reason = "the stage `encode` reads the sentences, and this is its business";
                let help = "set it for `encode`, or name a `model` for this stage alone";
                Err(StageError::setting(key, reason, help))
            }
            None => Ok(()),
        }
    }

    /// Most wordpieces in one input.
    fn max_window(&self, config: &ModelConfig) -> usize {
        self.max_window.map_or(config.max_positions, |max| max.get().min(config.max_positions))
    }

    /// Checks what a model on this machine allows to check.
    fn check_model(&self, dir: &ModelDir) -> Result<ModelConfig, StageError> {
        let config = ModelConfig::read(&dir.config())?;
        let types = labels::type_names(&config.labels);
        if let Some(unknown) = self.rename.keys().find(|name| !types.contains(&name.as_str())) {
            let reason = format!("the model has no type `{unknown}`");
            return Err(StageError::setting("rename", reason, suggest(unknown, types.into_iter(), "type")));
        }
        let (labels, _) = self.labels(&config).map_err(|reason| {
            StageError::file(dir.config(), reason, "choose a model that was trained to tag words")
        })?;
        let types = labels.types().iter().map(|t| &**t);
        if let Some(unknown) = self.only.iter().find(|name| !types.clone().any(|t| t == *name)) {
            let reason = format!("the model has no type `{unknown}`");
            return Err(StageError::setting("only", reason, suggest(unknown, types, "type")));
        }
        Ok(config)
    }
}

impl StageConfig for NerSettings {
    fn requires(&self) -> Vec<LayerKey> {
        let mut layers = vec![LayerKey::of::<Sentences>(), LayerKey::of::<Tokens>()];
        if self.reads_encodings() {
            layers.push(LayerKey::of::<Encodings>());
        }
        layers
    }

    fn provides(&self) -> Vec<LayerKey> {
        vec![LayerKey::of::<Entities>()]
    }

    fn check(&self, context: &BuildContext) -> Result<(), StageError> {
        if self.max_window.is_some_and(|max| max.get() < 8) {
            let help = "give at least 8, or leave it to the model";
            return Err(StageError::setting("max_window", "too short for words and special pieces", help));
        }
        self.check_unread()?;
        check_sums(&self.checksum, None)?;
        let model = self.reference(context);
        engines::check(self.engine, self.device)?;
        if let Some(dir) = model?.look_up(context)? {
            check_sums(&self.checksum, Some(&dir))?;
            self.check_model(&dir)?;
        }
        Ok(())
    }

    fn model_files(&self, context: &BuildContext) -> Result<Vec<ModelFile>, StageError> {
        Ok(self.reference(context)?.obtain(context)?.files())
    }

    fn build(&self, context: &BuildContext) -> Result<BuiltStage, StageError> {
        let dir = self.reference(context)?.obtain(context)?;
        check_sums(&self.checksum, Some(&dir))?;
        verify_sums(&self.checksum, &dir)?;
        let config = self.check_model(&dir)?;
        let (labels, kept) = self
            .labels(&config)
            .map_err(|reason| StageError::file(dir.config(), reason, "correct the labels"))?;
        let no_names = NoNames::new(&context.words)?;
        let tagger = Tagger::new(labels, kept, config.transitions.clone(), no_names);
        if self.reads_encodings() {
            let classifier = Checkpoint::open(dir.path())?.linear("classifier")?;
            if classifier.outputs() != tagger.labels().len() {
                let reason = format!(
                    "{} labels, but the weights score {}",
                    tagger.labels().len(),
                    classifier.outputs()
                );
                return Err(StageError::file(dir.config(), reason, "correct `id2label`"));
            }
            return Ok(BuiltStage::per_document(Head { classifier, tagger, consistent: self.consistent }));
        }
        let most = self.max_window(&config);
        let budget = self.token_budget.get();
        let model = Model::load(&dir, &config, self.lower_case, tagger, most, budget, self.consistent)?;
        let engine = engines::load(self, &dir, &config)?;
        let replicas = match self.device {
            Device::Cpu => Replicas::PerJob,
            // One model fills the GPU; a second would only take its memory.
            Device::Cuda(_) => Replicas::Exactly(NonZeroUsize::MIN),
        };
        Ok(BuiltStage::batched(replicas, move || Ok(model.stage(engine()?))))
    }
}

#[cfg(test)]
mod tests {
    use docmill_core::settings::{Node, Origin, Value};

    use super::*;

    #[test]
    fn devices_are_read() {
        assert_eq!("cpu".parse(), Ok(Device::Cpu));
        assert_eq!("cuda".parse(), Ok(Device::Cuda(0)));
        assert_eq!("cuda:2".parse(), Ok(Device::Cuda(2)));
        assert!("gpu".parse::<Device>().unwrap_err().starts_with("unknown device \"gpu\"; use cpu"));
    }

    #[test]
    fn a_typo_in_a_key_is_found() {
        let mut node = Node::empty_table(Origin::default());
        node.set(&["modle"], Node { value: Value::String("x".into()), origin: Origin::default() });
        let error = node.parse::<NerSettings>().unwrap_err().to_string();
        assert!(error.ends_with("unknown key `modle`; did you mean `model`?"), "{error}");
    }
}
