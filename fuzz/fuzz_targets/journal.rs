//! Any bytes as a journal: no panic; what is recovered can be gone on with, and is then recovered again.
//!
//! The first byte chooses: the bytes as they are, or each line with the checksum that it should have, which no mutation
//! would find.
#![no_main]

mod sealed;

use std::path::PathBuf;
use std::sync::LazyLock;

use docmill_journal::{Ending, Entry, Journal, JournalError};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use tempfile::TempDir;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder for one file"));

fuzz_target!(|data: &[u8]| {
    let Some((&first, bytes)) = data.split_first() else { return };
    let content = if first % 2 == 0 { bytes.to_vec() } else { sealed::sealed(bytes) };
    let path: PathBuf = FOLDER.path().join("out.jsonl.journal");
    std::fs::write(&path, &content).expect("room for a file");
    let mut journal = Journal::<Value>::open(&path).expect("nobody else holds it");
    let recovered = match journal.recovered() {
        Ok(Some(recovered)) => recovered,
        Ok(None) => return,
        Err(error) => {
            let expected = matches!(error, JournalError::Damaged { .. } | JournalError::Version { .. });
            assert!(expected && !error.to_string().is_empty(), "{error:?}");
            return;
        }
    };
    let mut before = 0;
    for checkpoint in &recovered.checkpoints {
        assert!(checkpoint.inputs >= before);
        before = checkpoint.inputs;
    }
    let Some(last) = recovered.checkpoints.last() else { return };
    let entries: Vec<Entry> =
        journal.entries(last).expect("the file is there").map(|entry| entry.expect("it was read")).collect();
    assert_eq!(entries.len() as u64, last.inputs);
    journal.resume(last).expect("room");
    let entry = Entry {
        id: "a\n\u{7f}".into(),
        sha256: None,
        bytes: 1,
        modified: None,
        ending: Ending::Failed,
        line: 0,
        signature: None,
    };
    journal.note(&entry).expect("it serializes");
    journal.commit(&Value::from(7)).expect("room");
    let again = journal.recovered().expect("it was written by a journal").expect("it has a first line");
    assert_eq!(again.facts, recovered.facts);
    assert_eq!(again.checkpoints.len(), recovered.checkpoints.len() + 1);
    assert!(again.damaged.is_none() && again.done.is_none());
    let end = again.checkpoints.last().expect("the last");
    assert_eq!((end.inputs, &end.state), (last.inputs + 1, &Value::from(7)));
    let found = journal.entries(end).expect("the file is there").last().expect("it was noted");
    assert_eq!(found.expect("it was read"), entry);
});
