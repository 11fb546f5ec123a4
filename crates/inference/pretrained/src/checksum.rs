//! Whether a model's files are the ones that a config means.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::File;
use std::io::Read;

use docmill_core::StageError;
use docmill_core::settings::suggest;
use sha2::{Digest, Sha256};

use crate::folder::ModelDir;

/// SHA-256 sums by file name.
pub type Sums = BTreeMap<String, String>;

/// Checks what can be without reading the files: that sums are sums, and that the model has the files.
pub fn check(sums: &Sums, dir: Option<&ModelDir>) -> Result<(), StageError> {
    let key = |name: &str| format!("checksum.{name}");
    for (name, sum) in sums {
        if sum.len() != 64 || !sum.bytes().all(|b| b.is_ascii_hexdigit()) {
            let reason = format!("`{sum}` is not a SHA-256 sum");
            return Err(StageError::setting(key(name), reason, "give 64 hexadecimal digits"));
        }
        let Some(dir) = dir else { continue };
        let files = dir.files();
        let names = files.iter().filter_map(|file| file.path.file_name()?.to_str());
        if !names.clone().any(|file| file == name) {
            let reason = "the model has no such file, or does not use it";
            return Err(StageError::setting(key(name), reason, suggest(name, names, "file")));
        }
    }
    Ok(())
}

/// Reads the files and compares.
pub fn verify(sums: &Sums, dir: &ModelDir) -> Result<(), StageError> {
    for (name, expected) in sums {
        let path = dir.file(name);
        let unreadable = |e: std::io::Error| StageError::file(&path, e.to_string(), "give a readable file");
        let found = sha256(File::open(&path).map_err(unreadable)?).map_err(unreadable)?;
        if !found.eq_ignore_ascii_case(expected) {
            let reason = format!("its SHA-256 is {found}, not {expected}");
            let help = format!("download the file again, or correct `checksum.{name}`");
            return Err(StageError::file(path, reason, help));
        }
    }
    Ok(())
}

/// The sums of the model's files.
pub fn sums(dir: &ModelDir) -> Result<Sums, StageError> {
    let sum = |file: docmill_core::ModelFile| {
        let unreadable =
            |e: std::io::Error| StageError::file(&file.path, e.to_string(), "give a readable file");
        let name = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok((name, sha256(File::open(&file.path).map_err(unreadable)?).map_err(unreadable)?))
    };
    dir.files().into_iter().map(sum).collect()
}

fn sha256(mut file: impl Read) -> std::io::Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            n => hasher.update(&buffer[..n]),
        }
    }
    let mut sum = String::with_capacity(64);
    for byte in hasher.finalize() {
        let _ = write!(sum, "{byte:02x}");
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const OF_X: &str = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";

    fn model() -> (tempfile::TempDir, ModelDir) {
        let dir = tempfile::tempdir().unwrap();
        for file in ["config.json", "model.safetensors", "vocab.txt"] {
            fs::write(dir.path().join(file), "x").unwrap();
        }
        let model = ModelDir::open(dir.path(), "m").unwrap();
        (dir, model)
    }

    fn sums(name: &str, sum: &str) -> Sums {
        [(name.to_owned(), sum.to_owned())].into()
    }

    #[test]
    fn the_right_sum_passes() {
        let (_dir, model) = model();
        let sums = sums("model.safetensors", &OF_X.to_uppercase());
        check(&sums, Some(&model)).unwrap();
        verify(&sums, &model).unwrap();
    }

    #[test]
    fn another_sum_names_file_and_both_sums() {
        let (_dir, model) = model();
        let error = verify(&sums("vocab.txt", &"0".repeat(64)), &model).unwrap_err().to_string();
        assert!(error.contains(&format!("vocab.txt: its SHA-256 is {OF_X}, not 000")), "{error}");
    }

    #[test]
    fn a_sum_that_cannot_be_is_found_before_the_run() {
        let (_dir, model) = model();
        let error = check(&sums("vocab.txt", "abc"), None).unwrap_err().to_string();
        assert!(error.starts_with("setting `checksum.vocab.txt`: `abc` is not a SHA-256 sum"), "{error}");
        let error = check(&sums("model.safetensor", OF_X), Some(&model)).unwrap_err().to_string();
        assert!(error.ends_with("did you mean `model.safetensors`?"), "{error}");
    }
}
