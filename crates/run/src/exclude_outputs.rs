//! The run's own files, which may lie in a folder that it reads.

use std::env;
use std::path::PathBuf;

use docmill_input::Item;
use docmill_jsonl::Layout;

/// Tells the run's own files from its inputs: after `docmill run . -o out.jsonl`, the same command must not read what it
/// has written.
pub struct OwnFiles {
    folder: PathBuf,
    files: Vec<PathBuf>,
}

impl OwnFiles {
    /// `reused` is an earlier output that is read, but not for its documents.
    pub fn new(layout: &Layout, reused: Option<&Layout>) -> Self {
        let folder = env::current_dir().unwrap_or_default();
        let durable = [Some(layout), reused].into_iter().flatten().filter(|layout| layout.is_durable());
        let files = durable
            .flat_map(|layout| [layout.name().to_owned(), layout.quarantine(), layout.run_info()])
            .map(|file| folder.join(file))
            .collect();
        Self { folder, files }
    }

    /// True if an item comes from one of them, as far as names tell.
    pub fn is_from(&self, item: &Item) -> bool {
        let path = self.folder.join(&item.source().path);
        self.files.iter().any(|file| path.starts_with(file))
    }
}
