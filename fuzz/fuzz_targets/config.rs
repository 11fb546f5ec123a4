//! Any bytes as a configuration, and any text as a `--set`: no panic; what is refused is refused with a reason.
#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use docmill_config::Config;
use docmill_core::StageEntry;
use docmill_engine::Registry;
use libfuzzer_sys::{Corpus, fuzz_target};
use tempfile::TempDir;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder for one file"));

/// Stages without a model. Not `process`, which would start any program.
const STAGES: [&[StageEntry]; 5] = [
    docmill_header::STAGES,
    docmill_language::STAGES,
    docmill_tokenize::STAGES,
    docmill_citations::STAGES,
    docmill_times::STAGES,
];

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| Registry::new(&STAGES).expect("stages of other names"));

fuzz_target!(|data: &[u8]| -> Corpus {
    // What `extends` and `lexicon` name is read: not devices, which never end.
    let text = String::from_utf8_lossy(data);
    if text.contains("dev") || text.contains("proc") || text.contains("\\u") || text.contains("\\U") {
        return Corpus::Reject;
    }
    let path: PathBuf = FOLDER.path().join("a.toml");
    std::fs::write(&path, data).expect("room for a file");
    check(Config::load(Some(&path), &[], &REGISTRY));
    let sets: Vec<String> = text.lines().take(3).map(str::to_owned).collect();
    check(Config::load(Some("rules".as_ref()), &sets, &REGISTRY));
    Corpus::Keep
});

fn check(config: Result<Config, impl std::fmt::Display>) {
    match config {
        Ok(config) => assert!(!config.plan.stages().is_empty() || config.identity.is_object()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
