//! Kinds of files, by name and by content.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text: `.txt`, `.text`.
    Text,
    /// Text with Markdown markup, which is kept: `.md`, `.markdown`.
    Markdown,
    /// A web page; docmill extracts the readable text: `.html`, `.htm`, `.xhtml`.
    Html,
    /// JSON objects: one per line, in an array, or spread over several lines: `.jsonl`, `.ndjson`, `.json`. `json` is
    /// the same.
    #[serde(alias = "json")]
    Jsonl,
    /// A table with a header, separated by commas, or semicolons if the header is: `.csv`.
    Csv,
    /// A table with a header, separated by tabs: `.tsv`, `.tab`.
    Tsv,
    /// A Parquet file: `.parquet`.
    Parquet,
    /// A Word document: `.docx`, `.docm`.
    Docx,
    /// An `OpenDocument` text: `.odt`.
    Odt,
    /// Rich text: `.rtf`.
    Rtf,
    /// An electronic book: `.epub`.
    Epub,
    /// A PDF with a layer of text: `.pdf`.
    Pdf,
    /// A mail message: `.eml`.
    Eml,
    /// An Outlook message: `.msg`.
    Msg,
    /// A mailbox: `.mbox`.
    Mbox,
    /// A web archive: `.warc`.
    Warc,
    /// A web archive of the old kind: `.arc`.
    Arc,
    /// An archive of files: `.tar`.
    Tar,
    /// An archive of files: `.zip`.
    Zip,
}

/// What a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named {
    /// Whether the name ends as that of a compressed file.
    pub packed: bool,
    /// The format, without compression.
    pub format: Option<Format>,
    /// Whether the name has an extension, without that of compression.
    pub stem_has_extension: bool,
}

/// Endings of compressed files, and what is left when they are unpacked.
const PACKED: [(&str, &str); 12] = [
    (".gz", ""),
    (".gzip", ""),
    (".zst", ""),
    (".zstd", ""),
    (".bz2", ""),
    (".xz", ""),
    (".tgz", ".tar"),
    (".taz", ".tar"),
    (".tbz", ".tar"),
    (".tbz2", ".tar"),
    (".txz", ".tar"),
    (".tzst", ".tar"),
];

impl Format {
    /// Every format.
    pub const ALL: [Self; 19] = [
        Self::Text,
        Self::Markdown,
        Self::Html,
        Self::Jsonl,
        Self::Csv,
        Self::Tsv,
        Self::Parquet,
        Self::Docx,
        Self::Odt,
        Self::Rtf,
        Self::Epub,
        Self::Pdf,
        Self::Eml,
        Self::Msg,
        Self::Mbox,
        Self::Warc,
        Self::Arc,
        Self::Tar,
        Self::Zip,
    ];

    /// The format by the name's extension, in any case.
    pub(crate) fn by_name(name: &str) -> Named {
        let mut stem = name.rsplit(['/', '\\']).next().unwrap_or(name).to_ascii_lowercase();
        let mut packed = false;
        while let Some(inner) = unpacked_name(&stem) {
            packed = true;
            stem = inner;
        }
        let extension = stem.rsplit_once('.').filter(|(before, _)| !before.is_empty()).map(|(_, e)| e);
        Named { packed, format: extension.and_then(by_extension), stem_has_extension: extension.is_some() }
    }

    /// The format by the first bytes, if they are telling.
    pub(crate) fn by_content(head: &[u8]) -> Option<Self> {
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return Some(package(head).unwrap_or(Self::Zip));
        }
        if head.starts_with(b"%PDF-") {
            return Some(Self::Pdf);
        }
        if head.starts_with(b"{\\rtf") {
            return Some(Self::Rtf);
        }
        if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
            return Some(Self::Msg);
        }
        if head.starts_with(b"PAR1") {
            return Some(Self::Parquet);
        }
        if head.get(257..262) == Some(b"ustar") {
            return Some(Self::Tar);
        }
        if head.starts_with(b"WARC/") {
            return Some(Self::Warc);
        }
        if head.starts_with(b"filedesc://") {
            return Some(Self::Arc);
        }
        if head.starts_with(b"From ") && head.contains(&b'@') {
            return Some(Self::Mbox);
        }
        let start = head.trim_ascii_start();
        let begins = |tag: &[u8]| start.get(..tag.len()).is_some_and(|s| s.eq_ignore_ascii_case(tag));
        if begins(b"<!doctype html") || begins(b"<html") {
            return Some(Self::Html);
        }
        // An array of objects, or an object over several lines.
        let after = |mark: &[u8]| start.strip_prefix(mark).map(<[u8]>::trim_ascii_start);
        let array = after(b"[").is_some_and(|rest| rest.starts_with(b"{"));
        let object = start.starts_with(b"{\n") || start.starts_with(b"{\r\n");
        if array || object && after(b"{").is_some_and(|rest| rest.starts_with(b"\"")) {
            return Some(Self::Jsonl);
        }
        // A first line that is a whole object, and a second that begins one.
        let (first, rest) = head.split_at(memchr::memchr(b'\n', head)?);
        let object = first.trim_ascii().starts_with(b"{") && first.trim_ascii().ends_with(b"}");
        let next = rest.trim_ascii_start();
        (object && (next.is_empty() || next.starts_with(b"{"))).then_some(Self::Jsonl)
    }

    /// `a.txt` for `a.txt.gz`, `a.tar` for `a.tgz`; other names as they are.
    pub(crate) fn unpacked(name: &str) -> String {
        unpacked_name(&name.to_ascii_lowercase()).unwrap_or_else(|| name.to_owned())
    }

    /// Whether a file of the format holds files.
    pub(crate) fn is_archive(self) -> bool {
        matches!(self, Self::Tar | Self::Zip)
    }

    /// Whether a file of the format holds one document.
    pub(crate) fn is_document(self) -> bool {
        let text = matches!(self, Self::Text | Self::Markdown | Self::Html | Self::Eml);
        text || matches!(self, Self::Docx | Self::Odt | Self::Rtf | Self::Epub | Self::Pdf)
    }

    /// The format of a document that is not written as text, by its first bytes: it is never read as text.
    pub(crate) fn of_document(bytes: &[u8]) -> Option<Self> {
        let head = bytes.get(..bytes.len().min(4096))?;
        let head = head.strip_prefix(crate::lines::BOM).unwrap_or(head);
        Self::by_content(head)
            .filter(|format| matches!(format, Self::Docx | Self::Odt | Self::Rtf | Self::Epub | Self::Pdf))
    }
}

/// What a zip file is, if its first bytes tell: `mimetype` is the first member of an `OpenDocument` file or a book, and
/// `[Content_Types].xml` or its folders are of one by Word.
fn package(head: &[u8]) -> Option<Format> {
    let has = |word: &[u8]| memchr::memmem::find(head, word).is_some();
    if !head.starts_with(b"PK\x03\x04") {
        return None;
    }
    if has(b"mimetypeapplication/epub+zip") {
        Some(Format::Epub)
    } else if has(b"mimetypeapplication/vnd.oasis.opendocument.text") {
        Some(Format::Odt)
    } else if has(b"[Content_Types].xml") && has(b"word/") {
        Some(Format::Docx)
    } else {
        None
    }
}

fn by_extension(extension: &str) -> Option<Format> {
    Some(match extension {
        "txt" | "text" => Format::Text,
        "md" | "markdown" => Format::Markdown,
        "html" | "htm" | "xhtml" => Format::Html,
        "jsonl" | "ndjson" | "json" | "jl" => Format::Jsonl,
        "csv" => Format::Csv,
        "tsv" | "tab" => Format::Tsv,
        "parquet" => Format::Parquet,
        "docx" | "docm" => Format::Docx,
        "odt" => Format::Odt,
        "rtf" => Format::Rtf,
        "epub" => Format::Epub,
        "pdf" => Format::Pdf,
        "eml" => Format::Eml,
        "msg" => Format::Msg,
        "mbox" => Format::Mbox,
        "warc" => Format::Warc,
        "arc" => Format::Arc,
        "tar" => Format::Tar,
        "zip" => Format::Zip,
        _ => return None,
    })
}

/// `a.txt` for `a.txt.gz`, `a.tar` for `a.tgz`; the name in lower case.
fn unpacked_name(name: &str) -> Option<String> {
    let ending = |(ending, inner): &(&str, &str)| {
        let stem = name.strip_suffix(ending).filter(|stem| !stem.is_empty())?;
        Some(format!("{stem}{inner}"))
    };
    PACKED.iter().find_map(ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_another_name() {
        assert_eq!(serde_json::from_str::<Format>("\"json\"").unwrap(), Format::Jsonl);
    }

    #[test]
    fn names_tell_formats() {
        let format = |name| Format::by_name(name).format;
        assert_eq!(format("a/B.TXT"), Some(Format::Text));
        assert_eq!(format("a.b/c"), None);
        assert_eq!(format(".txt"), None);
        assert_eq!(format("a.jsonl.gz.xz"), Some(Format::Jsonl));
        assert_eq!(format("A.TGZ"), Some(Format::Tar));
        assert!(Format::by_name("a.jsonl.gz").packed && !Format::by_name("a.jsonl").packed);
    }

    #[test]
    fn content_tells_formats() {
        let format = |head: &str| Format::by_content(head.as_bytes());
        assert_eq!(format("PK\u{3}\u{4}..."), Some(Format::Zip));
        assert_eq!(format("\n <!DOCTYPE html><p>"), Some(Format::Html));
        assert_eq!(format("{\"a\": 1}\n{\"a\": 2"), Some(Format::Jsonl));
        assert_eq!(format("{a brace}\nand prose"), None);
        assert_eq!(format("From afar it looks small."), None);
    }
}
