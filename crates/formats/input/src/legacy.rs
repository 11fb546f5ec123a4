//! Encodings that chardetng does not look for: those of DOS and of the Macintosh, and those that shift within ASCII.
//!
//! A text is read by each candidate, and scored: letters that are frequent in their script count for it; an upper-case
//! letter or a sign inside a word, or two scripts in one, count against it.

use encoding_rs::{EUC_KR, Encoding, GBK, ISO_2022_JP};
use oem_cp::code_table::{
    DECODING_TABLE_CP437, DECODING_TABLE_CP720, DECODING_TABLE_CP737, DECODING_TABLE_CP850,
    DECODING_TABLE_CP852, DECODING_TABLE_CP855, DECODING_TABLE_CP862,
};

/// How much of a text is scored (bytes).
const LOOK: usize = 1 << 16;
/// A candidate must be so much better than what chardetng says; those of other scripts than the Latin one differ in few
/// letters, and are told by them.
const BETTER: f64 = 0.15;
const BETTER_FOREIGN: f64 = 0.02;
/// Bytes beyond ASCII that it takes to tell.
const FEW: usize = 4;
/// Where more than this share of the letters is not ASCII, the text is in another script than the Latin one.
const FOREIGN: f64 = 0.3;

/// Letters by frequency, script by script: what stands late is rare, what is missing is hardly ever met.
const CYRILLIC: &str = "оеаинтсрвлкмдпуяыьзбгйчіхжшюцщїєґэфјћљњђџўъё";
const GREEK: &str = "αοιετσνηυρπκμςλωίόδγέήάθχύφβώξζψϊϋΐ";
const HEBREW: &str = "יוהלאתמרבשנעםדחפקצטזןגכסךץף";
const ARABIC: &str = "اليمونترعبدهسكفةحقجشطأصخىذإضزثغئءآؤظـ";
const LATIN: &str = "éáíóäöüèàçñúãêłąęśżćńźčšžřěýůőűâîôûßåøæïëœõışğățșţđėįųūōēģķļņ’“”„«»–";

/// A way to read bytes.
#[derive(Clone, Copy)]
enum Reading {
    Standard(&'static Encoding),
    Table(&'static str, &'static [char; 128]),
}

impl Reading {
    fn read(self, bytes: &[u8]) -> String {
        match self {
            Self::Standard(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
            Self::Table(_, table) => oem_cp::decode_string_complete_table(bytes, table),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Standard(encoding) => encoding.name(),
            Self::Table(name, _) => name,
        }
    }
}

/// Scripts beside the Latin one.
const FOREIGN_READINGS: [Reading; 9] = [
    Reading::Standard(encoding_rs::WINDOWS_1251),
    Reading::Standard(encoding_rs::KOI8_U),
    Reading::Standard(encoding_rs::ISO_8859_5),
    Reading::Standard(encoding_rs::IBM866),
    Reading::Standard(encoding_rs::X_MAC_CYRILLIC),
    Reading::Table("IBM855", &DECODING_TABLE_CP855),
    Reading::Table("IBM737", &DECODING_TABLE_CP737),
    Reading::Table("IBM862", &DECODING_TABLE_CP862),
    Reading::Table("IBM720", &DECODING_TABLE_CP720),
];

/// The Latin one.
const LATIN_READINGS: [Reading; 4] = [
    Reading::Standard(encoding_rs::MACINTOSH),
    Reading::Table("IBM850", &DECODING_TABLE_CP850),
    Reading::Table("IBM437", &DECODING_TABLE_CP437),
    Reading::Table("IBM852", &DECODING_TABLE_CP852),
];

/// The text and the name of an encoding that fits the bytes better than `usual`; none if none does.
pub(crate) fn better(bytes: &[u8], usual: &'static Encoding) -> Option<(String, &'static str)> {
    let sample = bytes.get(..bytes.len().min(LOOK))?;
    let high = sample.iter().filter(|byte| !byte.is_ascii()).count();
    let letters = sample.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    if high < FEW {
        return None;
    }
    let foreign = high as f64 > FOREIGN * (high + letters) as f64;
    let readings: &[Reading] = if foreign { &FOREIGN_READINGS } else { &LATIN_READINGS };
    let of = |reading: Reading| score(&reading.read(sample), high);
    let now = of(Reading::Standard(usual));
    let (best, reading) =
        readings.iter().map(|reading| (of(*reading), *reading)).max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    let several = is_of_several_bytes(usual);
    let least = if several { 0.7 } else { 0.3 };
    let margin = if foreign { BETTER_FOREIGN } else { BETTER };
    let wins = best >= least && (best > now + margin || several && foreign);
    (wins && reading.name() != usual.name()).then(|| (reading.read(bytes), reading.name()))
}

fn is_of_several_bytes(encoding: &'static Encoding) -> bool {
    ["Shift_JIS", "EUC-JP", "EUC-KR", "GBK", "gb18030", "Big5"].contains(&encoding.name())
}

/// How much a reading looks like text, for each byte that is not ASCII.
fn score(text: &str, high: usize) -> f64 {
    let mut score = 0.0;
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        if !c.is_ascii() {
            score += of_char(before, c, chars.peek().copied().unwrap_or(' '));
        } else if c.is_ascii_alphabetic() && script(before).is_some_and(|script| script != LATIN) {
            score -= 1.5;
        }
        before = c;
    }
    score / high as f64
}

fn of_char(before: char, c: char, after: char) -> f64 {
    let inside = before.is_alphabetic() && after.is_alphabetic();
    if c == '\u{FFFD}' || c.is_control() {
        return -3.0;
    }
    if !c.is_alphabetic() {
        let opens = "“„«‘".contains(c) && !before.is_alphanumeric() && after.is_alphanumeric();
        let closes = "”“»’".contains(c) && !before.is_whitespace() && !after.is_alphanumeric();
        let dash = "–—".contains(c) && before.is_whitespace() == after.is_whitespace();
        if opens || closes || dash || c == '’' && inside {
            return 1.0;
        }
        let usual = "“”„‘’‚«»–—…№§°€·•\u{A0}©®".contains(c);
        return match (usual, inside) {
            (true, false) => 0.1,
            (false, false) => -0.7,
            (_, true) => -1.5,
        };
    }
    let Some(script) = script(c) else { return -1.0 };
    let mixed = before.is_alphabetic() && script_of_any(before) != Some(script);
    if mixed {
        return -2.0;
    }
    let lower = c.to_lowercase().next().unwrap_or(c);
    if c != lower && before.is_lowercase() {
        return -2.0;
    }
    let weight = weight(lower, script);
    if c == lower { weight } else { 0.5 * weight }
}

/// From 1.3 for the most frequent letter of the script to -0.3 for the rarest; -0.6 for what is hardly ever met.
fn weight(lower: char, script: &str) -> f64 {
    let all = script.chars().count();
    match script.chars().position(|letter| letter == lower) {
        Some(_) if script == LATIN => 1.0,
        Some(rank) => 1.3 - 1.6 * rank as f64 / all as f64,
        None if script == LATIN => 0.2,
        None => -0.6,
    }
}

fn script_of_any(c: char) -> Option<&'static str> {
    if c.is_ascii_alphabetic() { Some(LATIN) } else { script(c) }
}

/// The letters of the script that a letter beside ASCII is of.
fn script(c: char) -> Option<&'static str> {
    match u32::from(c) {
        0xC0..=0x24F => Some(LATIN),
        0x370..=0x3FF => Some(GREEK),
        0x400..=0x52F => Some(CYRILLIC),
        0x590..=0x5FF => Some(HEBREW),
        0x600..=0x6FF => Some(ARABIC),
        _ => None,
    }
}

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
