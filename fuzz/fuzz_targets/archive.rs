//! Any bytes as any kind of file: no panic, no item without an end, the same items again.
#![no_main]

mod names;

use std::path::PathBuf;
use std::sync::LazyLock;

use docmill_input::{Archive, InputSettings};
use libfuzzer_sys::{Corpus, fuzz_target};
use tempfile::TempDir;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder for one file"));

static ARCHIVE: LazyLock<Archive> = LazyLock::new(|| {
    let settings = InputSettings { max_bytes: 1 << 16, max_members: 100, ..InputSettings::default() };
    Archive::new(settings).expect("settings that hold")
});

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some((&first, bytes)) = data.split_first() else { return Corpus::Reject };
    let Some(name) = names::NAMES.get(usize::from(first)) else { return Corpus::Reject };
    let path: PathBuf = FOLDER.path().join(name);
    std::fs::write(&path, bytes).expect("room for a file");
    let items: Vec<_> = ARCHIVE.open(&[path.clone()]).expect("a thread").collect();
    let ids: Vec<String> = items.iter().map(|item| item.id()).collect();
    for (item, id) in items.into_iter().zip(&ids) {
        match ARCHIVE.load(item) {
            Ok(document) => assert!(document.id() == id && !document.text().trim().is_empty()),
            Err(failed) => {
                assert!(failed.id == *id && !failed.message.is_empty());
                assert!(!failed.message.contains("internal error"), "{}", failed.message);
            }
        }
    }
    let again: Vec<String> = ARCHIVE.open(&[path]).expect("a thread").map(|item| item.id()).collect();
    assert_eq!(ids, again);
    Corpus::Keep
});
