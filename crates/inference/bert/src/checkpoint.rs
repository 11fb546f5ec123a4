//! `model.safetensors` of a Hugging Face folder.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use docmill_core::StageError;
use serde::Deserialize;

use crate::config::Config;
use crate::half::{bfloat, half};
use crate::linear::Linear;

/// A model's configuration and where its tensors are; they are read when asked for, so that a head costs no more than
/// itself.
#[derive(Debug)]
pub struct Checkpoint {
    path: PathBuf,
    config: Config,
    tensors: BTreeMap<String, Tensor>,
    file: File,
}

#[derive(Debug, Deserialize)]
struct Tensor {
    dtype: String,
    shape: Vec<usize>,
    data_offsets: [u64; 2],
}

impl Checkpoint {
    /// Reads `config.json` and `model.safetensors` of `folder`.
    pub fn open(folder: &Path) -> Result<Self, StageError> {
        Self::open_file(folder, "model.safetensors")
    }

    /// Reads `config.json` of `folder` and the tensors in its file `name`: a head may have a file of its own.
    pub fn open_file(folder: &Path, name: &str) -> Result<Self, StageError> {
        let config = Config::load(folder)?;
        let path = folder.join(name);
        let mut file = File::open(&path).map_err(|e| {
            let help = "give a folder with weights in safetensors; save_pretrained writes them";
            StageError::file(&path, format!("cannot read it: {e}"), help)
        })?;
        match header(&mut file) {
            Ok(tensors) => Ok(Self { path, config, tensors, file }),
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

    /// How many rows the tensor `name` has.
    pub(crate) fn rows_of(&self, name: &str) -> Result<usize, StageError> {
        Ok(self.tensor(name)?.shape.first().copied().unwrap_or(0))
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
        let size = if tensor.dtype == "F32" { 4 } else { 2 };
        let [start, end] = tensor.data_offsets;
        let length = shape.iter().product::<usize>() as u64 * size;
        let read = if end.checked_sub(start) == Some(length) { self.bytes(start, length).ok() } else { None };
        let Some(bytes) = read else {
            return Err(self.bad(format!("the file ends inside `{name}`, or its header is wrong")));
        };
        let pairs = || bytes.as_chunks().0.iter().copied().map(u16::from_le_bytes);
        match tensor.dtype.as_str() {
            "F16" => Ok((pairs().collect(), Vec::new())),
            "BF16" => Ok((Vec::new(), pairs().map(bfloat).collect())),
            "F32" => Ok((Vec::new(), bytes.as_chunks().0.iter().copied().map(f32::from_le_bytes).collect())),
            other => Err(self.bad(format!("`{name}` is stored as {other}, not as F16, BF16 or F32"))),
        }
    }

    fn bytes(&self, start: u64, length: u64) -> io::Result<Vec<u8>> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        // Not `vec![0; length]`: a header that lies would have us ask for any amount of memory.
        file.take(length).read_to_end(&mut bytes)?;
        if bytes.len() as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    fn tensor(&self, name: &str) -> Result<&Tensor, StageError> {
        self.tensors.get(name).ok_or_else(|| self.bad(format!("there is no tensor `{name}`")))
    }

    fn bad(&self, reason: String) -> StageError {
        StageError::file(&self.path, reason, "give a BERT model that Hugging Face transformers has saved")
    }
}

/// The tensors' names, and where they lie in the whole file.
fn header(file: &mut impl Read) -> Result<BTreeMap<String, Tensor>, String> {
    const SHORT: &str = "the file ends inside its header";
    let mut length = [0; 8];
    file.read_exact(&mut length).map_err(|_| SHORT)?;
    let length = u64::from_le_bytes(length);
    let mut text = Vec::new();
    file.take(length).read_to_end(&mut text).map_err(|e| e.to_string())?;
    if text.len() as u64 != length {
        return Err(SHORT.to_owned());
    }
    let mut entries: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(&text).map_err(|e| format!("not a safetensors file: {e}"))?;
    entries.remove("__metadata__");
    let tensors: BTreeMap<String, Tensor> = entries
        .into_iter()
        .map(|(name, entry)| {
            let mut tensor: Tensor = serde_json::from_value(entry)
                .map_err(|e| format!("not a safetensors file: tensor `{name}`: {e}"))?;
            for offset in &mut tensor.data_offsets {
                *offset = offset.saturating_add(8 + length);
            }
            Ok((name, tensor))
        })
        .collect::<Result<_, String>>()?;
    let mut places: Vec<([u64; 2], &String)> = tensors.iter().map(|(n, t)| (t.data_offsets, n)).collect();
    places.sort_unstable();
    for pair in places.windows(2) {
        let [([_, end], before), ([start, _], name)] = pair else { continue };
        if start < end {
            return Err(format!("the tensors `{before}` and `{name}` lie in the same place"));
        }
    }
    Ok(tensors)
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
            let error = header(&mut bytes.as_slice()).unwrap_err();
            assert!(error.contains(reason), "{error}");
        }
    }

    #[test]
    fn tensors_in_one_place_are_refused() {
        let text = r#"{"a": {"dtype": "F16", "shape": [2], "data_offsets": [0, 4]},
            "b": {"dtype": "F16", "shape": [2], "data_offsets": [2, 6]}}"#;
        let error = header(&mut file(text).as_slice()).unwrap_err();
        assert_eq!(error, "the tensors `a` and `b` lie in the same place");
    }

    #[test]
    fn offsets_count_from_the_files_start() {
        let text = r#"{"__metadata__": {"format": "pt"}, "a": {"dtype": "F16", "shape": [2], "data_offsets": [0, 4]}}"#;
        let tensors = header(&mut file(text).as_slice()).unwrap();
        assert_eq!(tensors.keys().collect::<Vec<_>>(), ["a"]);
        assert_eq!(tensors["a"].data_offsets, [8 + text.len() as u64, 12 + text.len() as u64]);
    }
}
