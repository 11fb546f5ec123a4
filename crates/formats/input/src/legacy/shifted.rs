//! Encodings that shift within ASCII: ISO-2022, HZ, UTF-7.

use encoding_rs::{EUC_KR, Encoding, GBK, ISO_2022_JP};

/// A text whose bytes are all ASCII, and which shifts to other characters with escapes: ISO-2022, HZ, UTF-7.
pub(crate) fn shifted(bytes: &[u8]) -> Option<(String, &'static str)> {
    let has = |mark: &[u8]| memchr::memmem::find(bytes, mark).is_some();
    if has(b"\x1B$B") || has(b"\x1B$@") {
        let (text, malformed) = ISO_2022_JP.decode_without_bom_handling(bytes);
        return (!malformed).then(|| (text.into_owned(), "ISO-2022-JP"));
    }
    if has(b"\x1B$)C") {
        return by_eight_bits(bytes, b"\x0E", b"\x0F", EUC_KR)
            .map(|text| (text.replace("\u{1B}$)C", ""), "ISO-2022-KR"));
    }
    if has(b"~{") && has(b"~}") {
        return by_eight_bits(bytes, b"~{", b"~}", GBK).map(|text| (text, "HZ-GB-2312"));
    }
    utf7(bytes).map(|text| (text, "UTF-7"))
}

/// What stands between two marks, with the eighth bit set, as `encoding` has it; none if that is malformed.
fn by_eight_bits(bytes: &[u8], begin: &[u8], end: &[u8], encoding: &'static Encoding) -> Option<String> {
    let mut wide = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    let mut any = false;
    while let Some(at) = memchr::memmem::find(rest, begin) {
        wide.extend_from_slice(rest.get(..at)?);
        rest = rest.get(at + begin.len()..)?;
        let length = memchr::memmem::find(rest, end).unwrap_or(rest.len());
        let line = rest.get(..length)?;
        any |= !line.is_empty();
        wide.extend(line.iter().map(|byte| if byte.is_ascii_graphic() { byte | 0x80 } else { *byte }));
        rest = rest.get((length + end.len()).min(rest.len())..)?;
    }
    wide.extend_from_slice(rest);
    let (text, malformed) = encoding.decode_without_bom_handling(&wide);
    (any && !malformed).then(|| text.into_owned())
}

/// UTF-7 (RFC 2152), where three stretches or more give letters, and none is malformed.
fn utf7(bytes: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(bytes.len());
    let mut stretches = 0;
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'+', rest) {
        text.push_str(std::str::from_utf8(rest.get(..at)?).ok()?);
        rest = rest.get(at + 1..)?;
        let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/".contains(byte);
        let length = rest.iter().position(|byte| !is_base64(byte)).unwrap_or(rest.len());
        let ends = rest.get(length) == Some(&b'-');
        if length == 0 {
            text.push('+');
        } else {
            text.push_str(&of_base64(rest.get(..length)?)?);
            stretches += 1;
        }
        rest = rest.get(length + usize::from(ends)..)?;
    }
    text.push_str(std::str::from_utf8(rest).ok()?);
    (stretches >= 3).then_some(text)
}

/// UTF-16 in base64 without padding, beyond ASCII.
fn of_base64(digits: &[u8]) -> Option<String> {
    let mut units: Vec<u16> = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for &digit in digits {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            _ => 63,
        };
        bits = (bits << 6 | u32::from(value)) & 0x003F_FFFF;
        held += 6;
        if held >= 16 {
            held -= 16;
            units.push((bits >> held & 0xFFFF) as u16);
        }
    }
    let sound = held < 6 && bits & ((1 << held) - 1) == 0 && !units.is_empty();
    let text = String::from_utf16(&units).ok().filter(|_| sound)?;
    text.chars().all(|c| !c.is_ascii() && !c.is_control()).then_some(text)
}
