//! Where the crate gets docmill from.

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use toml::Value;

use crate::target::{Target, existing};

/// Where docmill's crates are.
#[derive(Debug, PartialEq, Eq)]
pub enum Source {
    /// In a folder of this machine: a checkout.
    Checkout(PathBuf),
    /// In a git repository, at a commit if one is named.
    Git { url: String, rev: Option<String> },
}

impl Source {
    /// What `--docmill` names; without it, the checkout around the new crate, around the program, or the one that the
    /// program was built from. docmill is on no registry.
    pub fn find(named: Option<&str>, target: &Target) -> Result<Self> {
        if let Some(named) = named {
            return Self::named(named);
        }
        let program = env::current_exe().unwrap_or_default();
        let around = target.folder().ancestors().chain(program.ancestors()).map(Path::to_owned);
        let built_from = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map(Path::to_owned);
        match around.chain(built_from).find(|folder| is_checkout(folder)) {
            Some(folder) => Ok(Self::Checkout(folder)),
            None => bail!(
                "cannot find docmill's crates around this folder or where this program was built; name them: \
                 --docmill FOLDER, or --docmill https://HOST/docmill.git#COMMIT"
            ),
        }
    }

    fn named(named: &str) -> Result<Self> {
        if named.contains("://") || named.starts_with("git@") {
            let (url, rev) = match named.split_once('#') {
                Some((url, rev)) if !rev.is_empty() => (url, Some(rev.to_owned())),
                _ => (named.trim_end_matches('#'), None),
            };
            return Ok(Self::Git { url: url.to_owned(), rev });
        }
        match existing(Path::new(named)) {
            Ok(folder) if is_checkout(&folder) => Ok(Self::Checkout(folder)),
            _ => {
                bail!(
                    "--docmill {named}: not a checkout of docmill; name the folder that contains crates/core"
                )
            }
        }
    }

    /// The right side of a line under `[dependencies]`.
    pub fn dependency(&self, krate: &str, target: &Target) -> String {
        match self {
            Self::Checkout(folder) => format!("{{ path = {} }}", quoted(&path_from(target, folder, krate))),
            Self::Git { url, rev: Some(rev) } => {
                format!("{{ git = {}, rev = {} }}", quoted(url), quoted(rev))
            }
            Self::Git { url, rev: None } => format!("{{ git = {} }}", quoted(url)),
        }
    }

    /// Where a checkout keeps what cargo compiles, quoted, as seen from the crate's folder: a crate with the same profiles
    /// and lock file finds docmill compiled there.
    pub fn target_folder(&self, target: &Target) -> Option<String> {
        match self {
            Self::Checkout(folder) => Some(quoted(&path_from(target, folder, "target"))),
            Self::Git { .. } => None,
        }
    }

    /// The lock file of a checkout.
    pub fn lock(&self) -> Option<PathBuf> {
        self.file("Cargo.lock")
    }

    /// Articles to try the stage on.
    pub fn seeds(&self) -> Option<PathBuf> {
        self.file("seeds")
    }

    fn file(&self, name: &str) -> Option<PathBuf> {
        match self {
            Self::Checkout(folder) => Some(folder.join(name)).filter(|path| path.exists()),
            Self::Git { .. } => None,
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Checkout(folder) => write!(f, "{}", folder.display()),
            Self::Git { url, .. } => f.write_str(url),
        }
    }
}

/// A text as TOML.
fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

/// The way from the crate's folder to what lies in a checkout. Inside the checkout it is relative, since the checkout may
/// be moved with the crate.
fn path_from(target: &Target, checkout: &Path, below: &str) -> String {
    match target.folder().strip_prefix(checkout) {
        Ok(inside) => "../".repeat(inside.components().count()) + below,
        Err(_) => checkout.join(below).display().to_string(),
    }
}

fn is_checkout(folder: &Path) -> bool {
    ["core", "cli"].iter().all(|krate| folder.join("crates").join(krate).join("Cargo.toml").is_file())
        && folder.join("configs/news.toml").is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_folders_are_told_apart() {
        let git =
            |url: &str, rev: Option<&str>| Source::Git { url: url.to_owned(), rev: rev.map(str::to_owned) };
        assert_eq!(Source::named("https://a.example/d.git").unwrap(), git("https://a.example/d.git", None));
        assert_eq!(Source::named("git@a.example:d.git#1f").unwrap(), git("git@a.example:d.git", Some("1f")));
        let error = Source::named("no/such/folder").unwrap_err().to_string();
        assert!(error.contains("not a checkout of docmill"), "{error}");
    }
}
