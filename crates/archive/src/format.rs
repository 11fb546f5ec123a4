//! Kinds of files, by name and by content.

use schemars::JsonSchema;
use serde::Deserialize;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text: `.txt`, `.text`.
    Text,
    /// Text with Markdown marks, which stay: `.md`, `.markdown`.
    Markdown,
    /// One JSON object a line: `.jsonl`, `.ndjson`.
    Jsonl,
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

/// Extensions of compressed files, and those of tar files compressed.
const PACKED: [(&str, &str); 12] = [
    (".gz", ""),
    (".gzip", ""),
    (".zst", ""),
    (".zstd", ""),
    (".bz2", ""),
    (".xz", ""),
    (".tgz", ".tar"),
    (".tbz", ".tar"),
    (".tbz2", ".tar"),
    (".txz", ".tar"),
    (".tzst", ".tar"),
    (".taz", ".tar"),
];

impl Format {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Text, Self::Markdown, Self::Jsonl];

    /// The format by the name's extension, in any case.
    pub(crate) fn by_name(name: &str) -> Named {
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_ascii_lowercase();
        let mut stem = name;
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
    #[expect(clippy::unused_self, reason = "archives come next")]
    pub(crate) fn is_archive(self) -> bool {
        false
    }

    /// Whether a file of the format holds one document.
    pub(crate) fn is_document(self) -> bool {
        matches!(self, Self::Text | Self::Markdown)
    }
}

fn by_extension(extension: &str) -> Option<Format> {
    Some(match extension {
        "txt" | "text" => Format::Text,
        "md" | "markdown" => Format::Markdown,
        "jsonl" | "ndjson" => Format::Jsonl,
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
    fn names_tell_formats() {
        let format = |name| Format::by_name(name).format;
        assert_eq!(format("a/B.TXT"), Some(Format::Text));
        assert_eq!(format("a.b/c"), None);
        assert_eq!(format(".txt"), None);
        assert_eq!(format("a.jsonl.gz.xz"), Some(Format::Jsonl));
        assert!(Format::by_name("a.jsonl.gz").packed && !Format::by_name("a.jsonl").packed);
    }
}
