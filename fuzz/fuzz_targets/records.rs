//! Any bytes as an output: no panic in reading, verifying or counting; what `verify` finds clean can be read.
//!
//! The first byte chooses the name's ending, and so the compression.
#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use docmill_jsonl::{Reader, Record, RunInfo, SCHEMA_VERSION, Summary, verify};
use libfuzzer_sys::{Corpus, fuzz_target};
use tempfile::TempDir;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder for one file"));

const NAMES: [&str; 4] = ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "a.run.json"];

/// What a compressed line may grow to.
const MOST: u64 = 1 << 20;

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some((&first, bytes)) = data.split_first() else { return Corpus::Reject };
    let Some(name) = NAMES.get(usize::from(first)) else { return Corpus::Reject };
    let path: PathBuf = FOLDER.path().join(name);
    std::fs::write(&path, bytes).expect("room for a file");
    if name.ends_with("run.json") {
        if let Err(error) = RunInfo::read(&path) {
            assert!(error.to_string().contains(name), "{error}");
        }
        return Corpus::Keep;
    }
    let open = || Reader::open(&path).map(|reader| reader.max_line(MOST));
    let Ok(reader) = open() else { return Corpus::Keep };
    let records: Vec<_> = reader.collect();
    for record in &records {
        match record {
            Ok(record) => {
                let line = serde_json::to_vec(record).expect("a record is JSON");
                let again: Record = serde_json::from_slice(&line).expect("what is written can be read");
                assert_eq!(*record, again);
            }
            Err(error) => assert!(error.to_string().contains(name), "{error}"),
        }
    }
    let clean = open().is_ok_and(|reader| verify(reader).is_ok_and(|report| report.is_clean()));
    let ours = |record: &Record| record.schema_version == SCHEMA_VERSION;
    // Older versions are verified, but lack keys.
    if clean && records.iter().flatten().all(ours) && records.iter().any(Result::is_ok) {
        let unread = records.iter().find_map(|record| record.as_ref().err());
        assert!(unread.is_none_or(|error| error.to_string().contains("missing field")), "{unread:?}");
    }
    let _ = open().map(|reader| Summary::read(reader, 3));
    Corpus::Keep
});
