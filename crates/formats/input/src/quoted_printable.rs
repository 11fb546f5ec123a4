//! Quoted-printable (RFC 2045) that is not quite: a lone `=` stands for itself.

use encoding_rs::{Encoding, UTF_8};
use mail_parser::{Message, MessagePart, MimeHeaders};

/// The text of a part whose quoted-printable the parser has refused; none of any other.
pub(crate) fn text(message: &Message<'_>, part: &MessagePart<'_>) -> Option<String> {
    let quoted = |encoding: &str| encoding.trim().eq_ignore_ascii_case("quoted-printable");
    if !part.is_encoding_problem || !part.content_transfer_encoding().is_some_and(quoted) {
        return None;
    }
    let raw = message.raw_message.get(part.raw_body_offset() as usize..part.raw_end_offset() as usize)?;
    let stated = part.content_type().and_then(|kind| kind.attribute("charset"));
    let encoding = stated.and_then(|label| Encoding::for_label(label.trim().as_bytes())).unwrap_or(UTF_8);
    Some(encoding.decode_without_bom_handling(&decoded(raw)).0.into_owned())
}

fn decoded(raw: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'=', rest) {
        let (before, after) = rest.split_at(at);
        plain.extend_from_slice(before);
        let after = after.get(1..).unwrap_or_default();
        let digits = after.get(..2).filter(|code| code.iter().all(u8::is_ascii_hexdigit));
        let code = digits.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        // Digits alone, as in `=100`, are more often a number than a control character or a letter of ASCII.
        let code = code.filter(|code| !code.is_ascii_graphic() || matches!(code, b'=' | b'.' | b'?' | b'_'));
        if let Some(code) =
            code.filter(|code| !code.is_ascii_control() || matches!(code, b'\t' | b'\r' | b'\n'))
        {
            plain.push(code);
            rest = after.get(2..).unwrap_or_default();
        } else if let Some(next) = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")) {
            rest = next;
        } else {
            plain.push(b'=');
            rest = after;
        }
    }
    plain.extend_from_slice(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_code_stands_for_itself() {
        let text = decoded(b"Price =100 and x==y, Caf=C3=A9=2E A line that=\n goes on=");
        assert_eq!(String::from_utf8(text).unwrap(), "Price =100 and x==y, Café. A line that goes on=");
    }
}
