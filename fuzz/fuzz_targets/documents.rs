//! Any bytes as a file that holds one document, in memory, which is fast: no panic, and the same document again.
//!
//! The first byte, `0` to `9`, chooses the format.
#![no_main]

use std::sync::LazyLock;

use docmill_input::{Archive, InputSettings};
use libfuzzer_sys::{Corpus, fuzz_target};

static ARCHIVE: LazyLock<Archive> = LazyLock::new(|| {
    let settings = InputSettings { max_bytes: 1 << 16, max_members: 100, ..InputSettings::default() };
    Archive::new(settings).expect("settings that hold")
});

const NAMES: [&str; 9] =
    ["a.html", "a.eml", "a.md", "a.txt", "a.rtf", "a.docx", "a.odt", "a.epub", "a.pdf"];

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some((&first, bytes)) = data.split_first() else { return Corpus::Reject };
    let number = usize::from(first.wrapping_sub(b'0'));
    let item = || match NAMES.get(number) {
        Some(name) => Some(ARCHIVE.file(name, bytes.to_vec())),
        None if number == NAMES.len() => Some(ARCHIVE.object("1", bytes.to_vec())),
        None => None,
    };
    let (Some(item), Some(again)) = (item(), item()) else { return Corpus::Reject };
    let id = item.id();
    match ARCHIVE.load(item) {
        Ok(document) => {
            assert!(document.id() == id && !document.text().trim().is_empty());
            // Twice, one time in four: it doubles the time.
            if bytes.len() % 4 == 0 {
                let again = ARCHIVE.load(again).expect("as before");
                assert!(document.text() == again.text() && document.meta == again.meta);
            }
        }
        Err(failed) => {
            assert!(failed.id == id && !failed.message.is_empty());
            assert!(!failed.message.contains("internal error"), "{}", failed.message);
        }
    }
    Corpus::Keep
});
