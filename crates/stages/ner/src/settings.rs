//! What can be set.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::str::FromStr;

use docmill_bert::Precision;
use docmill_core::schemars::{self, JsonSchema};
use docmill_pretrained::Sums;
use serde::{Deserialize, Serialize, Serializer};

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
