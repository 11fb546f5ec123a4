//! The encoding that a page states of itself.

use encoding_rs::{Encoding, UTF_8};

/// How far the encoding is looked for (bytes). The HTML standard says 1024; many pages put scripts before it.
const PRESCAN: usize = 16_384;

/// The encoding in `<meta charset>` or `<meta http-equiv>` of the head: not in comments, scripts, or the text.
pub(crate) fn stated_encoding(page: &[u8]) -> Option<&'static Encoding> {
    let head = page.get(..page.len().min(PRESCAN))?.to_ascii_lowercase();
    let mut rest = head.as_slice();
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = rest.get(at + 1..)?;
        if let Some(comment) = rest.strip_prefix(b"!--") {
            rest = after(comment, b"-->");
            continue;
        }
        let name = rest.split(|byte| !byte.is_ascii_alphanumeric()).next().unwrap_or_default();
        match name {
            b"script" => rest = after(rest, b"</script"),
            b"style" => rest = after(rest, b"</style"),
            b"title" => rest = after(rest, b"</title"),
            b"body" => return None,
            b"meta" => {
                let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
                if let Some(encoding) = rest.get(..end).and_then(of_meta) {
                    return Some(encoding);
                }
            }
            _ => {}
        }
    }
    None
}

/// What follows a mark; nothing, if it is not there.
fn after<'a>(text: &'a [u8], mark: &[u8]) -> &'a [u8] {
    memchr::memmem::find(text, mark).and_then(|at| text.get(at + mark.len()..)).unwrap_or_default()
}

/// The encoding in the attributes of `meta`, in small letters.
fn of_meta(tag: &[u8]) -> Option<&'static Encoding> {
    let at = memchr::memmem::find(tag, b"charset")?;
    let rest = tag.get(at + b"charset".len()..)?.trim_ascii_start().strip_prefix(b"=")?;
    let start = rest.iter().position(|byte| !matches!(byte, b' ' | b'"' | b'\''))?;
    let label =
        rest.get(start..)?.split(|byte| !(byte.is_ascii_alphanumeric() || b"-_:".contains(byte))).next()?;
    // Whoever could read this far was not reading UTF-16: the standard takes it for a slip.
    Encoding::for_label(label).map(|encoding| if encoding.is_ascii_compatible() { encoding } else { UTF_8 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_stated_in_many_ways() {
        let stated = |page: &str| stated_encoding(page.as_bytes()).map(Encoding::name);
        assert_eq!(stated("<meta charset='windows-1251'>"), Some("windows-1251"));
        let long = "<META http-equiv=Content-Type content=\"text/html; CHARSET = koi8-r\">";
        assert_eq!(stated(long), Some("KOI8-R"));
        assert_eq!(stated("<p>charset"), None);
    }

    #[test]
    fn scripts_comments_and_text_state_nothing() {
        let stated = |page: &str| stated_encoding(page.as_bytes()).map(Encoding::name);
        let script =
            "<script src='a.js' charset='gbk'></script><script>var a = '<meta charset=big5>'</script>";
        let comment = "<!-- <meta charset=shift_jis> --><link charset=koi8-u href=a.css>";
        assert_eq!(stated(script), None);
        assert_eq!(stated(comment), None);
        assert_eq!(stated(&format!("{script}{comment}<meta charset=windows-1250>")), Some("windows-1250"));
        assert_eq!(stated("<body><meta charset=gbk>"), None);
        assert_eq!(stated("<!-- never closed <meta charset=gbk>"), None);
    }
}
