//! JSON that is not quite JSON, as programs write it: `NaN`, numbers that no machine holds, halves of surrogate pairs,
//! control characters inside strings.

/// The object in sound JSON, and how many characters of its strings were lost to U+FFFD.
pub(crate) fn repaired(json: &[u8]) -> (Vec<u8>, u64) {
    let mut out = Vec::with_capacity(json.len());
    let mut replaced = 0;
    let mut rest = json;
    while let Some((&byte, after)) = rest.split_first() {
        rest = match byte {
            b'"' => string(after, &mut out, &mut replaced),
            b'-' | b'+' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => token(rest, &mut out),
            _ => {
                out.push(byte);
                after
            }
        };
    }
    (out, replaced)
}

/// A string after its first mark; what follows it is left.
fn string<'a>(mut rest: &'a [u8], out: &mut Vec<u8>, replaced: &mut u64) -> &'a [u8] {
    out.push(b'"');
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'"' => {
                out.push(b'"');
                return rest;
            }
            b'\\' => match unit(rest) {
                Some(first @ 0xD800..=0xDBFF) => {
                    let second =
                        rest.get(5..).filter(|next| next.starts_with(b"\\")).and_then(|n| unit(n.get(1..)?));
                    if let Some(second @ 0xDC00..=0xDFFF) = second {
                        out.extend_from_slice(format!("\\u{first:04x}\\u{second:04x}").as_bytes());
                        rest = rest.get(11..).unwrap_or_default();
                    } else {
                        out.extend_from_slice("\u{FFFD}".as_bytes());
                        *replaced += 1;
                        rest = rest.get(5..).unwrap_or_default();
                    }
                }
                Some(0xDC00..=0xDFFF) => {
                    out.extend_from_slice("\u{FFFD}".as_bytes());
                    *replaced += 1;
                    rest = rest.get(5..).unwrap_or_default();
                }
                _ => {
                    out.push(b'\\');
                    if let Some((&escaped, after)) = rest.split_first() {
                        out.push(escaped);
                        rest = after;
                    }
                }
            },
            control if control < 0x20 => out.extend_from_slice(format!("\\u{control:04x}").as_bytes()),
            byte => out.push(byte),
        }
    }
    rest
}

/// The number behind `u`, of four hexadecimal digits.
fn unit(rest: &[u8]) -> Option<u32> {
    let digits = rest.strip_prefix(b"u")?.get(..4)?;
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// A number or word outside strings: `null`, if JSON has no such value.
fn token<'a>(rest: &'a [u8], out: &mut Vec<u8>) -> &'a [u8] {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let end = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
    let (token, after) = rest.split_at(end);
    let text = std::str::from_utf8(token).unwrap_or_default();
    let word = text.trim_start_matches(['-', '+']);
    let none = matches!(word, "NaN" | "nan" | "Infinity" | "inf" | "Inf" | "None" | "undefined");
    let huge =
        word.starts_with(|c: char| c.is_ascii_digit()) && text.parse::<f64>().is_ok_and(f64::is_infinite);
    out.extend_from_slice(if none || huge { b"null" } else { token });
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, wanted: &str, replaced: u64) {
        let (repaired, lost) = repaired(json.as_bytes());
        assert_eq!((String::from_utf8_lossy(&repaired).as_ref(), lost), (wanted, replaced), "{json}");
    }

    #[test]
    fn what_is_no_json_becomes_null_or_u_fffd() {
        check(r#"{"a": NaN, "b": -Infinity, "c": 1e400}"#, r#"{"a": null, "b": null, "c": null}"#, 0);
        check(r#"{"a": "x\ud800y\udc00"}"#, "{\"a\": \"x\u{FFFD}y\u{FFFD}\"}", 2);
        check("{\"a\": \"x\0\ty\"}", r#"{"a": "x\u0000\u0009y"}"#, 0);
    }

    #[test]
    fn sound_json_stays() {
        for json in [r#"{"a": "NaN \ud83d\ude00 \" \\", "b": [1.5e3, -2, true, null]}"#, "{}", "[\"\\"] {
            check(json, json, 0);
        }
    }
}
