//! Archives to spoil.

use std::io::{Cursor, Write};

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zst(bytes: &[u8]) -> Vec<u8> {
    // Without a checksum, what is spoilt may pass for content.
    let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A tar file; a name of a member may say more: `name@link` is a symbolic link to its content, `name@hard` a hard one.
pub fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let (name, kind) = name.split_once('@').unwrap_or((name, ""));
        let mut header = tar::Header::new_gnu();
        // The crate refuses names that lead outside; attackers do not.
        header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_mode(0o644);
        let linked = match kind {
            "link" => Some(tar::EntryType::Symlink),
            "hard" => Some(tar::EntryType::Link),
            "fifo" => Some(tar::EntryType::Fifo),
            "sparse" => Some(tar::EntryType::GNUSparse),
            _ => None,
        };
        if let Some(kind) = linked {
            header.set_entry_type(kind);
            header.as_gnu_mut().unwrap().linkname[..content.len()].copy_from_slice(content);
        }
        let content = if linked.is_some() { &[][..] } else { content };
        header.set_size(content.len() as u64);
        header.set_cksum();
        tar.append(&header, content).unwrap();
    }
    tar.into_inner().unwrap()
}

pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The first part of it.
pub fn cut(bytes: &[u8], length: usize) -> Vec<u8> {
    bytes[..length].to_vec()
}

/// The same with one byte changed.
pub fn spoilt(mut bytes: Vec<u8>, at: usize) -> Vec<u8> {
    bytes[at] ^= 0x55;
    bytes
}

/// The same inside so many layers.
pub fn layers(mut bytes: Vec<u8>, times: usize, pack: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    for _ in 0..times {
        bytes = pack(&bytes);
    }
    bytes
}

/// UTF-16, little end first, with its byte order mark.
pub fn utf16(text: &str) -> Vec<u8> {
    format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
}
