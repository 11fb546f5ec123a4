//! The same texts in many encodings: `data/texts.tsv` has a text for each of twenty languages, `data/encoded.tsv` their
//! bytes, in base64, in the encodings that these languages are written in.

use std::collections::HashMap;

use base64::Engine as _;
use docmill_input::{Archive, InputSettings};

/// Of 57.
const RIGHT: usize = 55;

#[test]
fn encodings_are_told() {
    let texts: HashMap<&str, &str> =
        include_str!("data/texts.tsv").lines().filter_map(|line| line.split_once('\t')).collect();
    let folder = tempfile::tempdir().unwrap();
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for line in include_str!("data/encoded.tsv").lines() {
        let mut parts = line.split('\t');
        let (encoding, language, bytes) =
            (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        let path = folder.path().join("a.txt");
        std::fs::write(&path, base64::engine::general_purpose::STANDARD.decode(bytes).unwrap()).unwrap();
        let archive = Archive::new(InputSettings::default()).unwrap();
        let document = archive.load(archive.open(&[path]).unwrap().next().unwrap());
        all += 1;
        match document {
            Ok(document) if document.text() == texts[language] => right += 1,
            Ok(document) => {
                let told = document.source().encoding.clone().unwrap_or_default();
                let text: String = document.text().chars().take(40).collect();
                wrong.push(format!("{language} in {encoding}, read as {told}: {text}"));
            }
            Err(failed) => wrong.push(format!("{language} in {encoding}: {}", failed.message)),
        }
    }
    assert!(right >= RIGHT, "{right} of {all} are right:\n{}", wrong.join("\n"));
}
