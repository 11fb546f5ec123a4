//! Any bytes as a line of an output, of a list of failures, or as a `run.json`, in memory, which is fast: no panic; what
//! is read is written and read again as the same.
//!
//! The first byte, `0` to `3`, chooses which.
#![no_main]

use std::fmt::Debug;

use docmill_jsonl::{DuplicateRecord, FailedDocument, Record, RunInfo};
use libfuzzer_sys::{Corpus, fuzz_target};
use serde::Serialize;
use serde::de::DeserializeOwned;

fuzz_target!(|data: &[u8]| -> Corpus {
    match data.split_first() {
        Some((b'0', line)) => check::<Record>(line),
        Some((b'1', line)) => check::<RunInfo>(line),
        Some((b'2', line)) => check::<FailedDocument>(line),
        Some((b'3', line)) => check::<DuplicateRecord>(line),
        _ => return Corpus::Reject,
    }
    Corpus::Keep
});

fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(line: &[u8]) {
    match serde_json::from_slice::<T>(line) {
        Ok(read) => {
            let written = serde_json::to_vec(&read).expect("it is JSON");
            assert_eq!(serde_json::from_slice::<T>(&written).expect("what is written can be read"), read);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
