//! `model.safetensors` of a Hugging Face folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use docmill_core::StageError;
use serde::Deserialize;

use crate::config::Config;
use crate::half::{bfloat, half};
use crate::linear::Linear;

/// A model's configuration and tensors, as read from its folder.
#[derive(Debug)]
pub struct Checkpoint {
    path: PathBuf,
    config: Config,
    tensors: BTreeMap<String, Tensor>,
    /// The whole file; tensors are ranges of it.
    bytes: Vec<u8>,
}

#[derive(Debug, Deserialize)]
struct Tensor {
    dtype: String,
    shape: Vec<usize>,
    data_offsets: [usize; 2],
}

impl Checkpoint {
    /// Reads `config.json` and `model.safetensors` of `folder`.
    pub fn open(folder: &Path) -> Result<Self, StageError> {
        let config = Config::load(folder)?;
        let path = folder.join("model.safetensors");
        let bytes = std::fs::read(&path).map_err(|e| {
            let mend = "give a folder with weights in safetensors; save_pretrained writes them";
            StageError::file(&path, format!("cannot read it: {e}"), mend)
        })?;
        match header(&bytes) {
            Ok(tensors) => Ok(Self { path, config, tensors, bytes }),
            Err(reason) => Err(StageError::file(&path, reason, "copy or download the file again")),
        }
    }

    /// The model's configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Whether there is a tensor of that name.
    pub fn has(&self, name: &str) -> bool {
        self.tensors.contains_key(name)
    }

    /// The linear layer `name` (its `.weight` and `.bias`), of any shape.
    pub fn linear(&self, name: &str) -> Result<Linear, StageError> {
        let weight = format!("{name}.weight");
        let shape = &self.tensor(&weight)?.shape;
        let &[outputs, inputs] = shape.as_slice() else {
            return Err(self.bad(format!("`{weight}` has the shape {shape:?}, not that of a matrix")));
        };
        if inputs == 0 {
            return Err(self.bad(format!("`{weight}` is empty")));
        }
        let bias = self.floats(&format!("{name}.bias"), &[outputs])?;
        Ok(Linear::new(&self.floats(&weight, &[outputs, inputs])?, &bias, inputs))
    }

    /// The tensor `name`, whose shape must be `shape`.
    pub(crate) fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, StageError> {
        let (halves, floats) = self.values(name, shape)?;
        Ok(if floats.is_empty() { halves.into_iter().map(half).collect() } else { floats })
    }

    /// The tensor `name`, as IEEE halves if it is stored so, else as `f32`; the other one is empty.
    pub(crate) fn values(&self, name: &str, shape: &[usize]) -> Result<(Vec<u16>, Vec<f32>), StageError> {
        let tensor = self.tensor(name)?;
        if tensor.shape != shape {
            return Err(self.bad(format!(
                "`{name}` has the shape {:?}, but config.json makes it {shape:?}",
                tensor.shape
            )));
        }
        let bytes = self.bytes.get(tensor.data_offsets[0]..tensor.data_offsets[1]).unwrap_or_default();
        let size = if tensor.dtype == "F32" { 4 } else { 2 };
        if bytes.len() != shape.iter().product::<usize>() * size {
            return Err(self.bad(format!("the file ends inside `{name}`, or its header is wrong")));
        }
        let pairs = || bytes.as_chunks().0.iter().copied().map(u16::from_le_bytes);
        match tensor.dtype.as_str() {
            "F16" => Ok((pairs().collect(), Vec::new())),
            "BF16" => Ok((Vec::new(), pairs().map(bfloat).collect())),
            "F32" => Ok((Vec::new(), bytes.as_chunks().0.iter().copied().map(f32::from_le_bytes).collect())),
            other => Err(self.bad(format!("`{name}` is stored as {other}, not as F16, BF16 or F32"))),
        }
    }

    fn tensor(&self, name: &str) -> Result<&Tensor, StageError> {
        self.tensors.get(name).ok_or_else(|| self.bad(format!("there is no tensor `{name}`")))
    }

    fn bad(&self, reason: String) -> StageError {
        StageError::file(&self.path, reason, "give a BERT model that Hugging Face transformers has saved")
    }
}

/// The tensors' names, and where they lie in the whole file.
fn header(bytes: &[u8]) -> Result<BTreeMap<String, Tensor>, String> {
    const SHORT: &str = "the file ends inside its header";
    let (length, rest) = bytes.split_first_chunk().ok_or(SHORT)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| SHORT)?;
    let text = rest.get(..length).ok_or(SHORT)?;
    let mut entries: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(text).map_err(|e| format!("not a safetensors file: {e}"))?;
    entries.remove("__metadata__");
    entries
        .into_iter()
        .map(|(name, entry)| {
            let mut tensor: Tensor = serde_json::from_value(entry)
                .map_err(|e| format!("not a safetensors file: tensor `{name}`: {e}"))?;
            for offset in &mut tensor.data_offsets {
                *offset = offset.saturating_add(8 + length);
            }
            Ok((name, tensor))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(header: &str) -> Vec<u8> {
        [&(header.len() as u64).to_le_bytes()[..], header.as_bytes()].concat()
    }

    #[test]
    fn a_broken_header_is_an_error() {
        for (bytes, reason) in [
            (vec![1, 2], "ends inside"),
            (u64::MAX.to_le_bytes().to_vec(), "ends inside"),
            (file("[]"), "not a safetensors file"),
            (file(r#"{"a": {"dtype": "F32"}}"#), "tensor `a`"),
        ] {
            let error = header(&bytes).unwrap_err();
            assert!(error.contains(reason), "{error}");
        }
    }

    #[test]
    fn offsets_count_from_the_files_start() {
        let text = r#"{"__metadata__": {"format": "pt"}, "a": {"dtype": "F16", "shape": [2], "data_offsets": [0, 4]}}"#;
        let tensors = header(&file(text)).unwrap();
        assert_eq!(tensors.keys().collect::<Vec<_>>(), ["a"]);
        assert_eq!(tensors["a"].data_offsets, [8 + text.len(), 12 + text.len()]);
    }
}
