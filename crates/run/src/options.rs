//! What a run is asked to do.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use docmill_config::ConfigOptions;
use docmill_jsonl::Layout;

use crate::limit::FailureLimit;

/// What a run is asked to do.
#[derive(Debug, Clone)]
pub struct Options {
    /// The configuration.
    pub config: ConfigOptions,
    /// Files, folders, archives, or `-` for standard input.
    pub inputs: Vec<PathBuf>,
    /// A file that names more of them, one a line; `-` is standard input.
    pub files_from: Option<PathBuf>,
    /// Where the lines go.
    pub layout: Layout,
    /// Worker threads; all processors if not given.
    pub jobs: Option<NonZeroUsize>,
    /// The output of an earlier run, whose records are copied where nothing has changed.
    pub reuse: Option<PathBuf>,
    /// A folder that keeps encodings.
    pub cache: Option<PathBuf>,
    /// Discard what an earlier run of the same output has left.
    pub restart: bool,
    /// Do again what follows the first input that has changed since.
    pub redo_changed: bool,
    /// Take the first so many documents only.
    pub limit: Option<u64>,
    /// Take so many documents from all over the inputs, the same ones each time.
    pub sample: Option<usize>,
    /// Replace an output that docmill has not written.
    pub overwrite: bool,
    /// How many documents may fail.
    pub max_failures: Option<FailureLimit>,
}
