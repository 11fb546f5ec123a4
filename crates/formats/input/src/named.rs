//! What is named on the command line, before the work.

use std::io;
use std::path::{Path, PathBuf};

/// Something named cannot be read as named.
#[derive(Debug, thiserror::Error)]
pub enum NamedError {
    /// It is not there.
    #[error("{}: {source}; name a file, a folder, or `-` for standard input", path.display())]
    Missing {
        /// What was named.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A document would be read twice.
    #[error("{} is named twice, because it is inside {}; name only one of them", inner.display(), outer.display())]
    Twice {
        /// The one inside.
        inner: PathBuf,
        /// The one around it, or the same.
        outer: PathBuf,
    },
}

/// Checks that everything named is there, so that a typo ends the run before a model is loaded, and that nothing is
/// named twice: each document has one line, and one id.
///
/// # Errors
/// With the path at fault.
pub fn check_named(paths: &[PathBuf]) -> Result<(), NamedError> {
    for path in paths {
        if path.as_os_str() != "-"
            && let Err(source) = path.symlink_metadata()
        {
            return Err(NamedError::Missing { path: path.clone(), source });
        }
    }
    // What cannot be resolved, such as a broken link, is reported by the walk.
    let real = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
    let mut real: Vec<(PathBuf, &PathBuf)> = paths.iter().map(|path| (real(path), path)).collect();
    // Sorted by components, whatever lies in a folder follows it at once.
    real.sort_by(|(a, _), (b, _)| a.components().cmp(b.components()));
    let inside = |inner: &Path, outer: &Path| inner.starts_with(outer);
    match real.windows(2).find(|pair| inside(&pair[1].0, &pair[0].0)) {
        Some(pair) => Err(NamedError::Twice { inner: pair[1].1.clone(), outer: pair[0].1.clone() }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_twice_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(path("a/b")).unwrap();
        std::fs::create_dir_all(path("a-c")).unwrap();
        std::fs::create_dir_all(path("a/d")).unwrap();
        assert!(check_named(&[path("a/b"), path("a-c"), path("a/d")]).is_ok());
        let error = check_named(&[path("a/b"), path("a-c"), path("a")]).unwrap_err().to_string();
        assert!(error.contains("a/b is named twice"), "{error}");
        assert!(check_named(&[path("none")]).unwrap_err().to_string().contains("name a file"));
    }
}
