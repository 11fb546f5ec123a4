//! rust-bert on libtorch.
//!
//! Of rust-bert we take the architectures. Its pipeline (`TokenClassificationModel::predict`) is not used: past 64
//! windows it mixes up its inputs, it pads in document order, and it cuts `B-creative-work` down to `creative`.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Mutex;

use docmill_core::StageError;
use rust_bert::RustBertError;
use rust_bert::albert::AlbertForTokenClassification;
use rust_bert::bert::BertForTokenClassification;
use rust_bert::distilbert::DistilBertForTokenClassification;
use rust_bert::electra::ElectraForTokenClassification;
use rust_bert::roberta::RobertaForTokenClassification;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tch::nn::{Path as VarPath, VarStore};
use tch::{Kind, TchError, Tensor};

use super::{Engine, Factory};
use crate::batch::Batch;
use crate::settings::Device;
use docmill_pretrained::ModelDir;
use docmill_pretrained::{Family, ModelConfig};

/// Whether the device is there.
pub(super) fn check(device: Device) -> Result<(), StageError> {
    let Device::Cuda(number) = device else { return Ok(()) };
    let devices = tch::Cuda::device_count();
    if i64::from(number) < devices {
        return Ok(());
    }
    let reason = format!("cuda:{number} is not there: libtorch finds {devices} GPUs");
    let help = "use `cpu`, or build against a libtorch with CUDA (LIBTORCH)";
    Err(StageError::setting("device", reason, help))
}

/// Reads the weights, once for all instances.
pub(super) fn load(dir: &ModelDir, config: &ModelConfig, device: Device) -> Result<Factory, StageError> {
    let device = match device {
        Device::Cpu => tch::Device::Cpu,
        Device::Cuda(number) => tch::Device::Cuda(number as usize),
    };
    let path = dir.weights();
    let unreadable = |e: TchError| StageError::file(&path, e.to_string(), "download the file again");
    let weights = read(&path, device).map_err(unreadable)?;
    let loaded =
        Loaded { family: config.family, json: config.json.clone(), device, weights: Mutex::new(weights) };
    // Finds a config that does not fit the weights now, not in a worker.
    loaded.instance(dir)?;
    let dir = dir.clone();
    Ok(Box::new(move || Ok(Box::new(loaded.instance(&dir)?))))
}

/// Tensors by the names that rust-bert gives them, as 32-bit floats: half precision saves space on disk, but the
/// processor has no fast kernels for it.
fn read(path: &Path, device: tch::Device) -> Result<HashMap<String, Tensor>, TchError> {
    let tensors = if path.extension().is_some_and(|extension| extension == "safetensors") {
        Tensor::read_safetensors(path)?
    } else {
        Tensor::load_multi(path)?
    };
    // Names that layer norms had in the days of TensorFlow.
    let name = |name: String| {
        name.replace(".LayerNorm.gamma", ".LayerNorm.weight").replace(".LayerNorm.beta", ".LayerNorm.bias")
    };
    Ok(tensors
        .into_iter()
        .map(|(old, tensor)| {
            (name(old), tensor.to_device(device).to_kind(Kind::Float).set_requires_grad(false))
        })
        .collect())
}

/// A model's weights, from which instances are made.
struct Loaded {
    family: Family,
    json: Value,
    device: tch::Device,
    /// A tensor may be sent between threads but not looked at by two: hence the lock. Instances get handles of
    /// their own on the same storage, which nobody writes to.
    weights: Mutex<HashMap<String, Tensor>>,
}

impl Loaded {
    fn instance(&self, dir: &ModelDir) -> Result<RustBert, StageError> {
        let mut variables = VarStore::new(self.device);
        let model = Architecture::new(self.family, &variables.root(), &self.json).map_err(|e| {
            let help = "take the file from the model's repository again";
            StageError::file(dir.config(), e, help)
        })?;
        variables.freeze();
        let weights = self.weights.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mismatch = |reason: String| {
            let help = "weights and config.json must come from the same token-classification model";
            StageError::file(dir.weights(), reason, help)
        };
        let mut names: Vec<(String, Tensor)> = variables.variables().into_iter().collect();
        names.sort_by(|a, b| a.0.cmp(&b.0));
        for (name, mut variable) in names {
            let Some(weight) = weights.get(&name) else {
                // rust-bert gives some families one, which taggers are saved without and do not use.
                if name.contains(".pooler.") {
                    continue;
                }
                return Err(mismatch(format!("no tensor `{name}`")));
            };
            if variable.size() != weight.size() {
                let (found, expected) = (weight.size(), variable.size());
                return Err(mismatch(format!("tensor `{name}` has shape {found:?}, not {expected:?}")));
            }
            // The model holds this very variable; from now on it reads the shared storage, and what the variable
            // was made with is freed.
            variable.set_data(weight);
        }
        Ok(RustBert { model, device: self.device })
    }
}

/// One instance.
struct RustBert {
    model: Architecture,
    device: tch::Device,
}

impl Engine for RustBert {
    fn logits(&mut self, batch: &Batch) -> Result<Vec<f32>, StageError> {
        // Each worker computes on its own thread; libtorch would take one per core for each. The setting belongs to
        // the calling thread, which is not always the same, and costs nothing. (The pool between operations needs
        // none: the forward pass does not use it.)
        tch::set_num_threads(1);
        let failed = |e: TchError| StageError::Document(format!("libtorch: {e}"));
        tch::no_grad(|| {
            let tensor = |values: &[i64]| {
                let shape = [batch.rows, batch.width].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
                Tensor::f_from_slice(values)?.f_view(shape)?.f_to_device(self.device)
            };
            let ids = tensor(&batch.ids).map_err(failed)?;
            let types = tensor(&batch.types).map_err(failed)?;
            let mask = tensor(&batch.mask).map_err(failed)?;
            let logits = self.model.forward(&ids, &types, &mask)?;
            let logits = logits.f_to_kind(Kind::Float).and_then(|l| l.f_contiguous()).map_err(failed)?;
            Vec::try_from(logits.flatten(0, -1)).map_err(failed)
        })
    }
}

/// The families of rust-bert that tag words.
enum Architecture {
    Albert(AlbertForTokenClassification),
    Bert(BertForTokenClassification),
    DistilBert(DistilBertForTokenClassification),
    Electra(ElectraForTokenClassification),
    Roberta(RobertaForTokenClassification),
}

impl Architecture {
    fn new(family: Family, root: &VarPath<'_>, json: &Value) -> Result<Self, String> {
        fn config<C: DeserializeOwned>(json: &Value) -> Result<C, String> {
            C::deserialize(json).map_err(|e| e.to_string())
        }
        let failed = |e: RustBertError| e.to_string();
        Ok(match family {
            Family::Albert => {
                Self::Albert(AlbertForTokenClassification::new(root, &config(json)?).map_err(failed)?)
            }
            Family::Bert => {
                Self::Bert(BertForTokenClassification::new(root, &config(json)?).map_err(failed)?)
            }
            Family::DistilBert => {
                Self::DistilBert(DistilBertForTokenClassification::new(root, &config(json)?).map_err(failed)?)
            }
            Family::Electra => {
                Self::Electra(ElectraForTokenClassification::new(root, &config(json)?).map_err(failed)?)
            }
            Family::Roberta => {
                Self::Roberta(RobertaForTokenClassification::new(root, &config(json)?).map_err(failed)?)
            }
        })
    }

    fn forward(&self, ids: &Tensor, types: &Tensor, mask: &Tensor) -> Result<Tensor, StageError> {
        let (ids, types, mask) = (Some(ids), Some(types), Some(mask));
        let failed = |e: RustBertError| StageError::Document(format!("rust-bert: {e}"));
        Ok(match self {
            Self::Albert(model) => model.forward_t(ids, mask, types, None, None, false).logits,
            Self::Bert(model) => model.forward_t(ids, mask, types, None, None, false).logits,
            Self::DistilBert(model) => model.forward_t(ids, mask, None, false).map_err(failed)?.logits,
            Self::Electra(model) => {
                // rust-bert adds this one's mask to the attention scores as it is, where the others turn it into
                // 0 and -10000 first.
                let mask = mask.map(|mask| (mask - 1) * 10_000);
                model.forward_t(ids, mask.as_ref(), types, None, None, false).logits
            }
            Self::Roberta(model) => model.forward_t(ids, mask, types, None, None, false).logits,
        })
    }
}
