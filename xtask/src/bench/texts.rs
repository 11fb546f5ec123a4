//! The documents of a measurement.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use walkdir::WalkDir;

/// Copies `count` of the .txt files below a folder, spread evenly, into one folder. Returns how many and their bytes.
pub fn choose(from: &Path, count: usize, to: &Path) -> Result<(usize, u64)> {
    let files = collect(from)?;
    let count = count.clamp(1, files.len());
    fs::create_dir_all(to)?;
    let mut bytes = 0;
    for i in 0..count {
        let file = files[i * files.len() / count].canonicalize()?;
        bytes += fs::copy(&file, to.join(format!("{i:06}.txt")))?;
    }
    Ok((count, bytes))
}

/// The .txt files below a folder, in order; without hidden ones, such as what macOS leaves in archives.
///
/// # Errors
/// If the folder cannot be read, or has none.
pub fn collect(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && entry.file_type().is_file() && entry.path().extension().is_some_and(|end| end == "txt")
        {
            files.push(entry.into_path());
        }
    }
    ensure!(!files.is_empty(), "no .txt in {}", folder.display());
    Ok(files)
}
