//! From bytes to text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

pub(crate) use crate::utf16::wide;
use crate::{foreign, legacy};

/// How much of a text is looked at to tell it from a binary (bytes), as git and grep do.
const LOOK: usize = 8192;

/// The reason of a file without a byte.
pub(crate) const EMPTY: &str = "the file is empty";

/// The reason of a file without a word.
const BLANK: &str = "the file holds white space only";

/// A text, and how it was written down.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub text: String,
    pub encoding: &'static str,
    /// Malformed sequences, each U+FFFD now.
    pub replaced: u64,
}

/// Whether bytes are no text, in UTF-16 neither.
pub(crate) fn is_binary(head: &[u8]) -> bool {
    let utf16 = match Encoding::for_bom(head) {
        Some((encoding, _)) => encoding != UTF_8,
        None => wide(head).is_some(),
    };
    let head = head.get(..head.len().min(LOOK)).unwrap_or_default();
    // A text may hold a zero by accident; the padding at its end says nothing.
    let body = head.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    let zeros = head.iter().take(body).filter(|&&byte| byte == 0).count();
    let control = head.iter().any(|byte| matches!(byte, 1..=8 | 14..=25 | 28..=31));
    let any = zeros > 0 || body < head.len();
    !utf16 && any && (body == 0 || control || zeros > 1 + body / 1000)
}

/// UTF-32, by its mark or by the zeros of its upper bytes.
fn utf32(bytes: &[u8]) -> Option<Decoded> {
    let (quads, _) = bytes.as_chunks::<4>();
    let sample = quads.get(..quads.len().min(LOOK)).unwrap_or_default();
    let little = bytes.starts_with(&[0xFF, 0xFE, 0, 0])
        || sample.len() >= 2 && sample.iter().all(|[a, _, c, d]| *a != 0 && *c < 0x11 && *d == 0);
    let big = bytes.starts_with(&[0, 0, 0xFE, 0xFF])
        || sample.len() >= 2 && sample.iter().all(|[a, b, _, d]| *a == 0 && *b < 0x11 && *d != 0);
    let code = |quad: &[u8; 4]| if little { u32::from_le_bytes(*quad) } else { u32::from_be_bytes(*quad) };
    if !little && !big {
        return None;
    }
    let mut replaced = u64::from(!bytes.len().is_multiple_of(4));
    let mut text = String::with_capacity(bytes.len() / 4);
    for c in quads.iter().map(code).map(char::from_u32) {
        replaced += u64::from(c.is_none());
        text.push(c.unwrap_or('\u{FFFD}'));
    }
    let text = text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text);
    Some(Decoded { text, encoding: if little { "UTF-32LE" } else { "UTF-32BE" }, replaced })
}

/// Bytes to text: by byte order mark, else as UTF-8, else as `stated`, else as detected. A byte order mark goes;
/// everything else, line ends too, stays as it is, so that positions fit the file.
pub(crate) fn decode(mut bytes: Vec<u8>, stated: Option<&'static Encoding>) -> Result<Decoded, String> {
    if bytes.is_empty() {
        return Err(EMPTY.to_owned());
    }
    if let Some(reason) = foreign::refused(&bytes) {
        return Err(reason);
    }
    let narrow = stated.is_none_or(Encoding::is_ascii_compatible);
    if let Some(decoded) = narrow.then(|| utf32(&bytes)).flatten() {
        return if decoded.text.trim().is_empty() { Err(BLANK.to_owned()) } else { Ok(decoded) };
    }
    let marked = Encoding::for_bom(&bytes);
    let stated = if marked.is_none() && narrow { wide(&bytes).or(stated) } else { stated };
    if is_binary(&bytes) && stated.is_none_or(|stated| stated != UTF_16LE && stated != UTF_16BE) {
        let at = bytes.iter().position(|&byte| byte == 0).unwrap_or_default();
        return Err(format!("a binary file (a zero byte at byte {at})"));
    }
    let end = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    if stated.is_none_or(Encoding::is_ascii_compatible) && marked.is_none_or(|(marked, _)| marked == UTF_8) {
        // The padding of a last block.
        bytes.truncate(end);
    }
    let decoded = match marked {
        Some((encoding, mark)) => {
            bytes.drain(..mark);
            // A mark of UTF-16 before what is plainly UTF-8: in UTF-16, every blank has a zero byte.
            let lies = encoding != UTF_8 && !bytes.contains(&0) && std::str::from_utf8(&bytes).is_ok();
            by(if lies { UTF_8 } else { encoding }, bytes)
        }
        None => match legacy::shifted(&bytes).filter(|_| stated.is_none() && bytes.is_ascii()) {
            Some((text, encoding)) => Decoded { text, encoding, replaced: 0 },
            None => unmarked(bytes, stated),
        },
    };
    if decoded.text.trim().is_empty() {
        return Err(BLANK.to_owned());
    }
    if decoded.encoding != UTF_8.name() && mostly_control(&decoded.text) {
        return Err("a binary file (no encoding makes a text of it)".to_owned());
    }
    Ok(decoded)
}

/// Bytes without a byte order mark to text, as [`decode`] does; whatever they are.
pub(crate) fn unmarked(bytes: Vec<u8>, stated: Option<&'static Encoding>) -> Decoded {
    match String::from_utf8(bytes) {
        Ok(text) if stated.is_none_or(Encoding::is_ascii_compatible) => {
            Decoded { text, encoding: UTF_8.name(), replaced: 0 }
        }
        Ok(text) => by(stated.unwrap_or(UTF_8), text.into_bytes()),
        Err(error) => {
            let bytes = error.into_bytes();
            // What is stated to be UTF-8 and is not: damaged UTF-8, or another encoding.
            if let Some(encoding) = stated.filter(|stated| *stated != UTF_8) {
                return by(encoding, bytes);
            }
            let usual = guess(&bytes);
            match legacy::better(&bytes, usual).filter(|_| usual != UTF_8) {
                Some((text, encoding)) => {
                    let replaced = text.matches('\u{FFFD}').count() as u64;
                    Decoded { text, encoding, replaced }
                }
                None => by(usual, bytes),
            }
        }
    }
}

/// The encoding of bytes that are not sound UTF-8.
fn guess(bytes: &[u8]) -> &'static Encoding {
    // A damaged UTF-8 text has far more sound characters than damaged ones; other encodings hardly ever form any.
    let (mut sound, mut damaged) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    if sound > damaged {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn by(encoding: &'static Encoding, bytes: Vec<u8>) -> Decoded {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if encoding == UTF_8 => return Decoded { text, encoding: encoding.name(), replaced: 0 },
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    let (text, malformed) = encoding.decode_without_bom_handling(&bytes);
    let marks = |text: &str| text.matches('\u{FFFD}').count() as u64;
    // Marks that the text itself has, in UTF-8, are no damage.
    let own = if encoding == UTF_8 {
        bytes.windows(3).filter(|w| *w == [0xEF, 0xBF, 0xBD]).count() as u64
    } else {
        0
    };
    let replaced = if malformed { marks(&text).saturating_sub(own) } else { 0 };
    Decoded { text: text.into_owned(), encoding: encoding.name(), replaced }
}

/// More than one control character in fifty: every byte is a character of windows-1252, but not of a text.
fn mostly_control(text: &str) -> bool {
    let control =
        text.chars().filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1a}'));
    control.count() * 50 > text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, &'static str, u64) {
        let decoded = decode(bytes.to_vec(), None).unwrap();
        (decoded.text, decoded.encoding, decoded.replaced)
    }

    #[test]
    fn text_stays_as_it_is() {
        let text = "\u{feff}Line one\r\nЛиния\r🛰️ \u{0} tail";
        let text = format!("{}{text}", "x".repeat(LOOK));
        assert_eq!(decoded(text.as_bytes()), (text.clone(), "UTF-8", 0));
        assert_eq!(decoded("\u{feff}Kabul\r\n".as_bytes()).0, "Kabul\r\n");
    }

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(decoded(b"\xff\xfeO\0s\0h\0"), ("Osh".to_owned(), "UTF-16LE", 0));
        assert_eq!(decoded(b"\xfe\xff\0O\0s\0h"), ("Osh".to_owned(), "UTF-16BE", 0));
        assert_eq!(decoded(b"O\0s\0h\0.\0"), ("Osh.".to_owned(), "UTF-16LE", 0));
        assert_eq!(decoded(b"\0O\0s\0h\0."), ("Osh.".to_owned(), "UTF-16BE", 0));
        assert_eq!(decoded(b"\xff\xfe\0\0a\0\0\0"), ("a".to_owned(), "UTF-32LE", 0));
        assert_eq!(decoded(b"Osh.\0\0\0\0"), ("Osh.".to_owned(), "UTF-8", 0));
        assert_eq!(
            decoded(b"The caf\xe9 in Osh, \x93quoted\x94."),
            ("The café in Osh, “quoted”.".to_owned(), "windows-1252", 0)
        );
        let russian = "Президент посетил Душанбе и Худжанд в сентябре.";
        let (bytes, encoding, _) = encoding_rs::WINDOWS_1251.encode(russian);
        assert_eq!(decoded(&bytes), (russian.to_owned(), encoding.name(), 0));
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let (text, encoding, replaced) = decoded(
            "“Osh” – \u{FFFD} naïve"
                .as_bytes()
                .iter()
                .chain(b" \xff cut \xe2\x80")
                .copied()
                .collect::<Vec<_>>()
                .as_slice(),
        );
        assert_eq!((encoding, replaced), ("UTF-8", 2));
        assert!(text.starts_with("“Osh” – \u{FFFD} naïve \u{FFFD} cut \u{FFFD}"), "{text}");
        // A lone surrogate in UTF-16.
        assert_eq!(decoded(b"\xff\xfeO\0\x00\xd8s\0").2, 1);
    }

    #[test]
    fn what_is_no_text_is_told_apart() {
        let reason = |bytes: &[u8]| decode(bytes.to_vec(), None).unwrap_err();
        assert!(reason(b"").contains("empty"));
        assert!(reason(b" \r\n\t ").contains("white space"));
        assert!(reason(b"\xef\xbb\xbf").contains("white space"));
        assert!(reason(b"PK\x03\x04\x00\x00").contains("zero byte at byte 4"));
        assert!(reason(b"\xff\xfe\0\0").contains("white space"));
        assert!(reason(b"%!PS-Adobe-3.0\n").starts_with("a PostScript file, which is not read"));
        let noise: Vec<u8> = (1..=255).collect();
        assert!(reason(&noise).contains("a binary file"));
    }

    #[test]
    fn a_stated_encoding_is_used() {
        let stated = decode(b"\xcf\xf0\xe8".to_vec(), Some(encoding_rs::WINDOWS_1251)).unwrap();
        assert_eq!((stated.text.as_str(), stated.encoding), ("При", "windows-1251"));
        assert_eq!(decode(b"O\0s\0h\0".to_vec(), Some(UTF_16LE)).unwrap().text, "Osh");
    }
}
