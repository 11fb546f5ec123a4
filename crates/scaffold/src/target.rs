//! Where the crate goes, and whose workspace that is.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use toml::Table;

use crate::name::Name;

/// The folder of the crate.
#[derive(Debug)]
pub struct Target {
    folder: PathBuf,
    member: bool,
}

impl Target {
    /// The folder called `name` in `parent`, which must be there.
    pub fn new(parent: &Path, name: &Name) -> Result<Self> {
        let Ok(parent) = existing(parent) else {
            bail!("the folder {} does not exist; create it first", parent.display());
        };
        let folder = parent.join(name.as_str());
        let member = is_member(&folder)?;
        Ok(Self { folder, member })
    }

    /// Where it is, from the root.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// True if a workspace above takes the folder for one of its own.
    pub fn is_member(&self) -> bool {
        self.member
    }
}

/// The folder from the root, with links followed.
pub fn existing(path: &Path) -> std::io::Result<PathBuf> {
    let full = fs::canonicalize(path)?;
    if full.is_dir() { Ok(full) } else { Err(std::io::ErrorKind::NotADirectory.into()) }
}

/// Whether the nearest workspace above counts `folder` among its members.
fn is_member(folder: &Path) -> Result<bool> {
    for root in folder.ancestors().skip(1) {
        let Ok(text) = fs::read_to_string(root.join("Cargo.toml")) else { continue };
        let manifest: Table = text.parse().with_context(|| root.join("Cargo.toml").display().to_string())?;
        let Some(workspace) = manifest.get("workspace") else { continue };
        let Ok(below) = folder.strip_prefix(root) else { continue };
        let listed = |key: &str, fits: fn(&str, &Path) -> bool| {
            let list = workspace.get(key).and_then(toml::Value::as_array);
            list.into_iter().flatten().filter_map(toml::Value::as_str).any(|pattern| fits(pattern, below))
        };
        return Ok(
            listed("members", matches) && !listed("exclude", |excluded, below| below.starts_with(excluded))
        );
    }
    Ok(false)
}

/// Whether a path fits a pattern of cargo's: `*` is any one folder, or any part of its name.
fn matches(pattern: &str, path: &Path) -> bool {
    let mut parts = path.components();
    let same = Path::new(pattern).components().all(|wanted| {
        let (wanted, Some(part)) = (wanted.as_os_str().to_string_lossy(), parts.next()) else { return false };
        let part = part.as_os_str().to_string_lossy();
        match wanted.split_once('*') {
            Some((start, end)) => {
                part.len() >= start.len() + end.len() && part.starts_with(start) && part.ends_with(end)
            }
            None => wanted == part,
        }
    });
    same && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_told_as_cargo_does() {
        let top = tempfile::tempdir().unwrap();
        let top = existing(top.path()).unwrap();
        let manifest =
            "[workspace]\nmembers = [\"crates/*\", \"tool\", \"stage-*\"]\nexclude = [\"crates/old\"]\n";
        fs::write(top.join("Cargo.toml"), manifest).unwrap();
        let member = |path: &str| is_member(&top.join(path)).unwrap();
        for inside in ["crates/a", "tool", "stage-x"] {
            assert!(member(inside), "{inside}");
        }
        for outside in ["a", "crates/a/b", "crates/old", "tools", "examples/a"] {
            assert!(!member(outside), "{outside}");
        }
    }
}
