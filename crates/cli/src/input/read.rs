//! From bytes to a document.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use docmill_core::{Document, Meta};
use docmill_engine::Unreadable;
use sha2::{Digest, Sha256};

use super::{Input, InputSettings};

/// How much of a text is looked at to tell it from a binary (bytes), as git and grep do.
const LOOK: usize = 8192;

/// Reads an input.
pub fn load(input: &Input, settings: &InputSettings) -> Result<Document, Box<Unreadable>> {
    let mut source = input.source();
    let bytes = match input {
        Input::Unreadable { reason, .. } => Err(reason.clone()),
        Input::Stdin => read_bounded(io::stdin().lock(), settings.max_bytes),
        Input::File { path, .. } => read_file(path, settings.max_bytes),
    };
    let document = bytes.and_then(|bytes| {
        source.bytes = bytes.len() as u64;
        source.sha256 = Some(hex::encode(Sha256::digest(&bytes)));
        let text = decode(bytes)?;
        Document::new(source.id(), source.clone(), Meta::default(), text).map_err(|e| e.to_string())
    });
    document.map_err(|message| Box::new(Unreadable { source, message }))
}

fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>, String> {
    let file = File::open(path).map_err(|e| format!("cannot be read: {e}"))?;
    let kind = file.metadata().map_err(|e| format!("cannot be read: {e}"))?;
    if !kind.is_file() {
        return Err("not a regular file; only files, folders and `-` are read".to_owned());
    }
    read_bounded(file, limit)
}

fn read_bounded(reader: impl Read, limit: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file that is too long from one that just fits.
    reader
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|e| format!("cannot be read: {e}"))?;
    if bytes.len() as u64 > limit {
        return Err(format!("longer than {limit} bytes; split it, or raise `input.max_bytes`"));
    }
    Ok(bytes)
}

/// UTF-8 to text. A byte order mark goes; everything else, line ends too, stays as it is, so that positions fit
/// the file.
fn decode(mut bytes: Vec<u8>) -> Result<String, String> {
    if bytes.is_empty() {
        return Err("the file is empty".to_owned());
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(
            "UTF-16 (by its byte order mark); convert it to UTF-8, for instance with iconv".to_owned()
        );
    }
    if let Some(at) = bytes.iter().take(LOOK).position(|&b| b == 0) {
        return Err(format!("a binary file (a zero byte at byte {at})"));
    }
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes().iter().take(at).filter(|&&b| b == b'\n').count();
        format!(
            "not UTF-8 (byte {at}, line {line}); convert it, for instance with iconv -f WINDOWS-1252 -t UTF-8"
        )
    })?;
    if text.trim().is_empty() {
        return Err("the file holds white space only".to_owned());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_as_it_is() {
        let text = "\u{feff}Line one\r\nЛиния\r🛰️ \u{0} tail".to_owned();
        let text = format!("{}{text}", "x".repeat(LOOK));
        assert_eq!(decode(text.clone().into_bytes()).unwrap(), text);
        assert_eq!(decode("\u{feff}Kabul\r\n".to_owned().into_bytes()).unwrap(), "Kabul\r\n");
    }

    #[test]
    fn what_is_no_text_is_told_apart() {
        assert!(decode(vec![]).unwrap_err().contains("empty"));
        assert!(decode(b" \r\n\t ".to_vec()).unwrap_err().contains("white space"));
        assert!(decode(b"PK\x03\x04\x00\x00".to_vec()).unwrap_err().contains("zero byte at byte 4"));
        assert!(decode(b"ok\nthen \xff".to_vec()).unwrap_err().contains("not UTF-8 (byte 8, line 2)"));
        assert!(decode(b"\xff\xfea\0".to_vec()).unwrap_err().contains("UTF-16"));
    }

    #[test]
    fn reading_stops_at_the_limit() {
        assert!(read_bounded(io::repeat(b'a'), 1000).unwrap_err().contains("longer than 1000 bytes"));
        assert_eq!(read_bounded(&b"abc"[..], 3).unwrap(), b"abc");
    }
}
