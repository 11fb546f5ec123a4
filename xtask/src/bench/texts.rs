//! The documents of a measurement.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// Copies `count` of the .txt files below a folder, spread evenly, into one folder. Returns how many and their bytes.
pub fn choose(from: &Path, count: usize, to: &Path) -> Result<(usize, u64)> {
    let mut files = Vec::new();
    collect(from, &mut files)?;
    files.sort();
    ensure!(!files.is_empty(), "no .txt in {}", from.display());
    let count = count.clamp(1, files.len());
    fs::create_dir_all(to)?;
    let mut bytes = 0;
    for i in 0..count {
        let file = files[i * files.len() / count].canonicalize()?;
        bytes += fs::copy(&file, to.join(format!("{i:06}.txt")))?;
    }
    Ok((count, bytes))
}

/// The .txt files below a folder.
pub fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        // What macOS leaves in archives.
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() {
            collect(&path, files)?;
        } else if !hidden && path.extension().is_some_and(|extension| extension == "txt") {
            files.push(path);
        }
    }
    Ok(())
}
