//! Any bytes as the lines of a journal, in memory, which is fast: no panic; a journal that was cut anywhere recovers a
//! part of what the whole recovers, and nothing else.
//!
//! The first byte chooses: the bytes as they are, or each line with the checksum that it should have. The second one
//! chooses where the journal is cut.
#![no_main]

mod sealed;

use std::path::Path;

use docmill_journal::Recovered;
use libfuzzer_sys::{Corpus, fuzz_target};
use serde_json::Value;

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some((&[first, cut], bytes)) = data.split_first_chunk() else { return Corpus::Reject };
    let content = if first % 2 == 0 { bytes.to_vec() } else { sealed::sealed(bytes) };
    let read = |content: &[u8]| Recovered::<Value>::read(content, Path::new("a.journal"));
    let part = read(&content[..content.len() * usize::from(cut) / 256]);
    match (read(&content), part) {
        (Err(error), part) => {
            assert!(error.to_string().starts_with("journal a.journal: "), "{error}");
            // Its first line, which is bad, or a part of it.
            assert!(!matches!(part, Ok(Some(_))));
        }
        (Ok(None), part) => assert!(matches!(part, Ok(None))),
        (Ok(Some(whole)), part) => {
            if let Some(part) = part.expect("a part of a journal") {
                assert_eq!(whole.facts, part.facts);
                assert!(whole.checkpoints.starts_with(&part.checkpoints));
                assert!(part.damaged.is_none() || part.damaged == whole.damaged);
            }
        }
    }
    Corpus::Keep
});
