//! Headers that no mail program writes.

use std::borrow::Cow;

/// Bytes of a header with parameters (`; name*0=...`) that are read: the parser's time is the square of their number.
const LONGEST: usize = 16 << 10;

/// The message without the ends of headers with too many parameters.
pub(crate) fn bounded(message: &[u8]) -> Cow<'_, [u8]> {
    let mut plain: Vec<u8> = Vec::new();
    let (mut copied, mut line) = (0, 0);
    while line < message.len() {
        let end = end_of_line(message, line);
        if !has_parameters(&message[line..end]) {
            line = end;
            continue;
        }
        let mut header = end;
        while matches!(message.get(header), Some(b' ' | b'\t')) {
            header = end_of_line(message, header);
        }
        if header - line > LONGEST {
            plain.extend_from_slice(&message[copied..line + LONGEST]);
            plain.push(b'\n');
            copied = header;
        }
        line = header;
    }
    if copied == 0 {
        return Cow::Borrowed(message);
    }
    plain.extend_from_slice(&message[copied..]);
    Cow::Owned(plain)
}

/// Behind the line break.
fn end_of_line(message: &[u8], from: usize) -> usize {
    memchr::memchr(b'\n', &message[from..]).map_or(message.len(), |length| from + length + 1)
}

/// `Content-Type`, `Content-Disposition` and their like.
fn has_parameters(line: &[u8]) -> bool {
    const BEGIN: &[u8] = b"content-";
    line.get(..BEGIN.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(BEGIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_headers_are_cut_and_what_follows_is_kept() {
        let plain = b"Subject: x\nContent-Type: text/plain;\n name=x\n\nContent-Type: x\n";
        assert_eq!(bounded(plain), &plain[..]);
        for more in ["; name*1=x", ";\n name*1=x"] {
            let mail = format!("Subject: x\ncontent-type: text/plain{}\nTo: x\n\nOsh\n", more.repeat(5000));
            let left = bounded(mail.as_bytes());
            assert!(left.ends_with(b"\nTo: x\n\nOsh\n") && left.len() < LONGEST + 100);
        }
        let open = format!("Content-Type: x{}", "; a".repeat(10_000));
        assert_eq!(bounded(open.as_bytes()).len(), LONGEST + 1);
    }
}
