//! What produced a run.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use docmill_core::ModelFile;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::record::SCHEMA_VERSION;
use crate::{JsonlError, Layout, Part, Seal, Sealed, Shards};

/// What produced a run: written beside the output, so that the records need not repeat it. Holds no time and
/// nothing of the machine: the same run gives the same bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunInfo {
    /// Short id: the first 12 hexadecimal digits of the SHA-256 of everything below but the totals and the parts,
    /// where a model file has no folder: a model is known by its bytes, wherever it lies.
    pub run_id: String,
    /// Version of the record's shape.
    pub schema_version: String,
    /// Version of docmill.
    pub docmill_version: String,
    /// Keys of the stages, in order.
    pub stages: Vec<String>,
    /// The settings that decide the output.
    pub config: Value,
    /// SHA-256 of those settings as JSON with sorted keys.
    pub config_sha256: String,
    /// The files that decide the answers.
    pub models: Vec<ModelInfo>,
    /// What became of the inputs. Not known of an output that was merged from several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totals: Option<RunTotals>,
    /// How the output is cut into parts, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shards: Option<Shards>,
    /// The parts, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// The output as it was written, if it is one file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Seal>,
    /// SHA-256 of everything above as JSON without spaces, so that a damaged file is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checksum: Option<String>,
}

/// What became of the inputs: `read = ok + failed + filtered + duplicates`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RunTotals {
    /// Inputs taken up.
    pub read: u64,
    /// Records with status `ok`.
    pub ok: u64,
    /// Records with status `failed`.
    pub failed: u64,
    /// Documents that a stage took out on purpose.
    pub filtered: u64,
    /// Documents left out as doubles of earlier ones.
    pub duplicates: u64,
    /// Records that are marked as doubles of earlier ones.
    pub marked: u64,
}

/// A file that decides answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModelInfo {
    /// Its name, free of the machine's folders.
    pub name: String,
    /// SHA-256 of its content, in lower-case hexadecimal.
    pub sha256: String,
    /// Its length.
    pub bytes: u64,
}

impl ModelInfo {
    /// What the file is to its model, `model.safetensors`: its name without that of the folder.
    pub fn role(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }
}

impl RunInfo {
    /// Gathers the facts; reads every model file once for its hash.
    ///
    /// # Errors
    /// If a model file cannot be read.
    pub fn new(
        docmill_version: &str,
        config: Value,
        stages: Vec<String>,
        models: &[ModelFile],
    ) -> Result<Self, JsonlError> {
        let config = sorted(config);
        let config_sha256 = hex::encode(Sha256::digest(serde_json::to_vec(&config)?));
        let models = models.iter().map(model_info).collect::<Result<_, _>>()?;
        let mut info = Self {
            run_id: String::new(),
            schema_version: SCHEMA_VERSION.to_owned(),
            docmill_version: docmill_version.to_owned(),
            stages,
            config,
            config_sha256,
            models,
            totals: None,
            shards: None,
            parts: Vec::new(),
            file: None,
            checksum: None,
        };
        let mut placeless = info.clone();
        for model in &mut placeless.models {
            model.name = model.role().to_owned();
        }
        info.run_id = hex::encode(Sha256::digest(serde_json::to_vec(&placeless)?)).chars().take(12).collect();
        Ok(info)
    }

    /// The same, of an output that has ended.
    #[must_use]
    pub fn of(self, sealed: &Sealed) -> Self {
        Self { parts: sealed.parts.clone(), file: sealed.file.clone(), ..self }
    }

    /// Writes `run.json` for an output that is complete, to be [published](crate::publish) with it.
    ///
    /// # Errors
    /// Those of the system.
    pub fn write(&self, layout: &Layout) -> Result<Seal, JsonlError> {
        let path = layout.run_info_partial();
        let mut json = serde_json::to_vec_pretty(&Self { checksum: Some(self.checksum()?), ..self.clone() })?;
        json.push(b'\n');
        let write = || {
            let mut file = File::create(&path)?;
            file.write_all(&json)?;
            file.sync_all()
        };
        write().map_err(JsonlError::io(&path))?;
        Ok(Seal::of_bytes(&json))
    }

    /// Checks the `run.json` of an output that has ended, whether it is in place yet or not.
    ///
    /// # Errors
    /// [`JsonlError::Changed`] if it is not what was written, those of the system if it cannot be read.
    pub fn check_sealed(layout: &Layout, seal: &Seal) -> Result<(), JsonlError> {
        let partial = layout.run_info_partial();
        seal.check(&if partial.exists() { partial } else { layout.run_info() })
    }

    /// Reads a `run.json`.
    ///
    /// # Errors
    /// Those of the system, a file that is something else, and [`JsonlError::Changed`].
    pub fn read(path: &Path) -> Result<Self, JsonlError> {
        let json = fs::read(path).map_err(JsonlError::read(path))?;
        let mut info: Self = serde_json::from_slice(&json).map_err(|error| JsonlError::Line {
            path: path.to_owned(),
            line: error.line() as u64,
            message: format!("not a docmill run: {error}"),
        })?;
        // Versions before this one wrote none.
        if let Some(checksum) = info.checksum.take()
            && checksum != info.checksum()?
        {
            let why = "its checksum is not that of its content".to_owned();
            return Err(JsonlError::Changed { path: path.to_owned(), why });
        }
        Ok(info)
    }

    /// The checksum of what a reader will find: numbers pass through JSON once before they are hashed.
    fn checksum(&self) -> Result<String, JsonlError> {
        let json = serde_json::to_vec(&Self { checksum: None, ..self.clone() })?;
        let read: Self = serde_json::from_slice(&json)?;
        Ok(hex::encode(Sha256::digest(serde_json::to_vec(&read)?)))
    }
}

/// The same value with its keys in order, also where a feature of `serde_json` keeps them as inserted: the id must
/// not depend on what else the program is built with.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields: BTreeMap<String, Value> = fields.into_iter().collect();
            fields.into_iter().map(|(key, field)| (key, sorted(field))).collect()
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}

fn model_info(file: &ModelFile) -> Result<ModelInfo, JsonlError> {
    let mut hash = Sha256::new();
    let mut reader = File::open(&file.path).map_err(JsonlError::read(&file.path))?;
    let bytes = io::copy(&mut reader, &mut HashWriter(&mut hash)).map_err(JsonlError::read(&file.path))?;
    Ok(ModelInfo { name: file.name.clone(), sha256: hex::encode(hash.finalize()), bytes })
}

struct HashWriter<'h>(&'h mut Sha256);

impl io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_follows_the_facts() {
        let info = |config: Value| RunInfo::new("1", config, vec!["a".to_owned()], &[]).unwrap();
        let one = info(serde_json::json!({"a": 1, "b": 2}));
        assert_eq!(one, info(serde_json::json!({"b": 2, "a": 1})));
        assert_ne!(one.run_id, info(serde_json::json!({"a": 1, "b": 3})).run_id);
        assert_eq!(one.run_id.len(), 12);
    }

    #[test]
    fn the_id_does_not_follow_the_place_of_a_model() {
        let folder = tempfile::tempdir().unwrap();
        let info = |name: &str, content: &str| {
            let path = folder.path().join("w");
            fs::write(&path, content).unwrap();
            RunInfo::new("1", Value::Null, vec![], &[ModelFile { name: name.to_owned(), path }])
                .unwrap()
                .run_id
        };
        assert_eq!(info("here/w", "abc"), info("there/w", "abc"));
        assert_ne!(info("here/w", "abc"), info("here/w", "abd"));
        assert_ne!(info("here/w", "abc"), info("here/x", "abc"));
    }

    #[test]
    fn a_model_file_is_hashed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("w");
        fs::write(&path, "abc").unwrap();
        let info =
            RunInfo::new("1", Value::Null, vec![], &[ModelFile { name: "m/w".to_owned(), path }]).unwrap();
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(
            info.models,
            [ModelInfo { name: "m/w".to_owned(), sha256: expected.to_owned(), bytes: 3 }]
        );
    }
}
