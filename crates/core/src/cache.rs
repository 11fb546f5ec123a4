//! What was computed before, kept on disk by key.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A folder of values by key, for values that are a pure function of their key and cost more to compute than to read.
/// Values of any number of runs and workers lie beside one another; none ever goes by itself.
///
/// A key is a name of letters and digits that identifies everything that determines the value, usually a SHA-256 in
/// hexadecimal. Callers must check that a value is complete.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    found: AtomicU64,
    made: AtomicU64,
    unwritten: AtomicU64,
}

/// How often a cache was of use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CacheCounts {
    /// Values that were there.
    pub found: u64,
    /// Values that had to be made.
    pub made: u64,
    /// Those of them that could not be kept.
    pub unwritten: u64,
}

impl Cache {
    /// A cache in `folder`, which is made if it is not there.
    ///
    /// # Errors
    /// Those of the system.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let zero = AtomicU64::default;
        Ok(Self { folder: folder.to_owned(), found: zero(), made: zero(), unwritten: zero() })
    }

    /// The value of `key` if it is there, is no longer than `most` bytes, and `read` takes it for whole.
    ///
    /// ```
    /// use docmill_core::Cache;
    ///
    /// let folder = std::env::temp_dir().join(format!("docmill-doctest-{}", std::process::id()));
    /// let cache = Cache::open(&folder).unwrap();
    /// assert_eq!(cache.find("ab12", 100, Some), None);
    /// cache.keep("ab12", b"dear to compute");
    /// assert_eq!(cache.find("ab12", 100, Some).as_deref(), Some(&b"dear to compute"[..]));
    /// assert_eq!((cache.counts().found, cache.counts().made), (1, 1));
    /// # std::fs::remove_dir_all(folder).unwrap();
    /// ```
    pub fn find<T>(&self, key: &str, most: u64, read: impl FnOnce(Vec<u8>) -> Option<T>) -> Option<T> {
        let path = self.path(key);
        let fits = fs::metadata(&path).is_ok_and(|file| file.is_file() && file.len() <= most);
        let value = fs::read(&path).ok().filter(|_| fits).and_then(read);
        let count = if value.is_some() { &self.found } else { &self.made };
        count.fetch_add(1, Ordering::Relaxed);
        value
    }

    /// Stores a value. If it cannot be stored, the run continues and computes it again next time.
    pub fn keep(&self, key: &str, value: &[u8]) {
        if self.write(key, value).is_err() {
            self.unwritten.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// What was found and made so far.
    pub fn counts(&self) -> CacheCounts {
        CacheCounts {
            found: self.found.load(Ordering::Relaxed),
            made: self.made.load(Ordering::Relaxed),
            unwritten: self.unwritten.load(Ordering::Relaxed),
        }
    }

    /// Whole under its name or not there, also if two workers write one value or the program is killed.
    fn write(&self, key: &str, value: &[u8]) -> io::Result<()> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let path = self.path(key);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let partial = path.with_extension(format!("{}-{number}.partial", std::process::id()));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let written = fs::write(&partial, value).and_then(|()| fs::rename(&partial, &path));
        if written.is_err() {
            // Its room may be what is wanting.
            let _ = fs::remove_file(&partial);
        }
        written
    }

    /// In 256 folders: systems slow down over folders of a million files.
    fn path(&self, key: &str) -> PathBuf {
        self.folder.join(key.get(..2).unwrap_or("00")).join(key)
    }
}
