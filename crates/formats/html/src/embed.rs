//! JSON inside an HTML page.
//!
//! Two things happen to every string on its way into the page, whatever field it stands in:
//!
//! - What an HTML parser could take for markup (`<`, `>`, `&`) and what is not plainly visible in a file (controls,
//!   line separators, noncharacters) is written as `\uXXXX`.
//! - Characters that would make a reader see another text than the one that is there become visible: control
//!   characters as their pictures (␀), bidirectional embeddings, overrides and isolates as `[U+202E]`. Marks (U+200E,
//!   U+200F, U+061C) stay: ordinary Arabic and Persian texts hold them, and they only order their neighbours.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, Serializer};
use sha2::{Digest, Sha256};

/// A data block: JSON that no browser runs. `id` is ours, never foreign.
pub(crate) fn data_block(id: &str, value: &impl Serialize) -> Result<String, serde_json::Error> {
    Ok(format!("<script type=\"application/json\" id=\"{id}\">{}</script>\n", json(value)?))
}

/// The source expression that lets a Content-Security-Policy allow exactly this inline script or style.
pub(crate) fn csp_hash(content: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(content)))
}

/// JSON that may stand in a data block.
pub(crate) fn json(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Embedded))?;
    String::from_utf8(bytes).map_err(serde::ser::Error::custom)
}

/// Compact JSON with the module's two rules.
struct Embedded;

impl Formatter for Embedded {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(|c| treatment(c) != Treatment::Plain) {
            let (plain, tail) = rest.split_at(at);
            writer.write_all(plain.as_bytes())?;
            let mut chars = tail.chars();
            if let Some(c) = chars.next() {
                write_treated(writer, c)?;
            }
            rest = chars.as_str();
        }
        writer.write_all(rest.as_bytes())
    }

    fn write_char_escape<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        match escape {
            CharEscape::Quote => writer.write_all(b"\\\""),
            CharEscape::ReverseSolidus => writer.write_all(b"\\\\"),
            CharEscape::Solidus => writer.write_all(b"\\/"),
            CharEscape::LineFeed => writer.write_all(b"\\n"),
            CharEscape::CarriageReturn => writer.write_all(b"\\r"),
            CharEscape::Tab => writer.write_all(b"\\t"),
            CharEscape::Backspace => write_picture(writer, 8),
            CharEscape::FormFeed => write_picture(writer, 12),
            CharEscape::AsciiControl(byte) => write_picture(writer, byte),
        }
    }
}

/// What becomes of a character inside a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Treatment {
    Plain,
    /// Written as `\uXXXX`, so the page shows it.
    Escape,
    /// Shown as `[U+XXXX]`.
    Spell,
}

fn treatment(c: char) -> Treatment {
    match c {
        '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{FEFF}' => {
            Treatment::Escape
        }
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{7F}'..='\u{9F}' => Treatment::Spell,
        c if is_noncharacter(c) => Treatment::Spell,
        _ => Treatment::Plain,
    }
}

/// The last two of every plane, and 32 more.
fn is_noncharacter(c: char) -> bool {
    c as u32 & 0xFFFE == 0xFFFE || matches!(c, '\u{FDD0}'..='\u{FDEF}')
}

fn write_treated<W: ?Sized + io::Write>(writer: &mut W, c: char) -> io::Result<()> {
    match treatment(c) {
        Treatment::Escape => write!(writer, "\\u{:04x}", c as u32),
        Treatment::Spell => write!(writer, "[U+{:04X}]", c as u32),
        Treatment::Plain => write!(writer, "{c}"),
    }
}

/// The picture of a control character below 32: U+2400 and following.
fn write_picture<W: ?Sized + io::Write>(writer: &mut W, control: u8) -> io::Result<()> {
    write!(writer, "{}", char::from_u32(0x2400 + u32::from(control)).unwrap_or('\u{FFFD}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_string_ends_its_block_or_begins_a_comment() {
        let hostile = "</script><script>alert(1)</script><!--<img src=x onerror=\"alert(1)\">&lt;]]>";
        let block = data_block("d0", &[hostile]).unwrap();
        let inside = block
            .strip_prefix("<script type=\"application/json\" id=\"d0\">")
            .and_then(|b| b.strip_suffix("</script>\n"));
        let inside = inside.unwrap();
        assert!(!inside.contains(['<', '>', '&']), "{inside}");
        assert_eq!(serde_json::from_str::<Vec<String>>(inside).unwrap(), [hostile]);
    }

    #[test]
    fn what_would_mislead_the_eye_is_spelled_out() {
        let shown = json(&"a\u{202E}b\u{2066}c\0d\u{1b}e\u{7f}f\u{85}g\u{8}h\u{FFFF}i").unwrap();
        assert_eq!(shown, "\"a[U+202E]b[U+2066]c␀d␛e[U+007F]f[U+0085]g␈h[U+FFFF]i\"");
    }

    #[test]
    fn what_is_ordinary_stays() {
        let text = "Zoë said “да” 🛰️,\r\n\tcafe\u{301} \\ \" سلام\u{200F}";
        assert_eq!(serde_json::from_str::<String>(&json(&text).unwrap()).unwrap(), text);
    }

    #[test]
    fn keys_are_treated_like_values() {
        let map = std::collections::BTreeMap::from([("</script>", 1)]);
        assert_eq!(json(&map).unwrap(), "{\"\\u003c/script\\u003e\":1}");
    }

    #[test]
    fn the_hash_is_that_of_the_specification() {
        // Example of CSP Level 3, section 8.4.
        assert_eq!(
            csp_hash("alert('Hello, world.');"),
            "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
        );
    }

    proptest! {
        #[test]
        fn every_string_is_safe_and_valid(text in any::<String>()) {
            let json = json(&text).unwrap();
            let raw = json.chars().find(|&c| c.is_control() || treatment(c) != Treatment::Plain);
            prop_assert_eq!(raw, None);
            prop_assert!(serde_json::from_str::<String>(&json).is_ok());
        }
    }
}
