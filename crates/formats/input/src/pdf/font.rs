//! Fonts: which characters the bytes of a string are, and how wide.

use std::collections::HashMap;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use lopdf::{Dictionary, Document, Object, dictionary};

use super::cmap::CMap;
use super::open::dict;

/// Widths that one font may state.
const WIDTHS: usize = 100_000;

/// A font.
pub(super) struct Font {
    stated: Option<CMap>,
    codes: Codes,
    widths: Widths,
}

/// What bytes mean where the font does not state it.
enum Codes {
    /// A character for each byte.
    Single(Vec<Option<String>>),
    /// Numbers of glyphs, of so many bytes.
    Glyphs(usize),
    /// UTF-16, most significant byte first.
    Utf16,
    /// An East Asian encoding.
    East(&'static Encoding),
}

/// Widths (em).
struct Widths {
    single: Vec<Option<f64>>,
    ranges: Vec<(u32, u32, f64)>,
    many: HashMap<u32, f64>,
    other: Option<f64>,
}

/// A character that a string draws.
pub(super) struct Drawn {
    /// Its text; none if nothing says what it is.
    pub text: Option<String>,
    /// How far the pen moves (em).
    pub width: f64,
    /// It is the byte 32, which word spacing widens.
    pub blank: bool,
}

impl Font {
    /// The font of a dictionary; `unpack` gives the bytes of a stream.
    pub fn new(document: &Document, font: &Dictionary, mut unpack: impl FnMut(&Object) -> Vec<u8>) -> Self {
        let get = |key: &[u8]| font.get(key).ok().and_then(|o| document.dereference(o).ok()).map(|(_, o)| o);
        let stated = match get(b"ToUnicode") {
            Some(stream @ Object::Stream(_)) => {
                Some(CMap::parse(&unpack(stream))).filter(|map| !map.is_empty())
            }
            _ => None,
        };
        let subtype = get(b"Subtype").and_then(|o| o.as_name().ok()).unwrap_or_default();
        if subtype == b"Type0" {
            let below = get(b"DescendantFonts").and_then(|o| o.as_array().ok()).and_then(|all| all.first());
            let widths =
                dict(document, below).map_or_else(Widths::none, |below| Widths::many(document, below));
            let codes = match get(b"Encoding") {
                Some(Object::Name(name)) => by_name(name, stated.as_ref()),
                Some(stream @ Object::Stream(_)) => {
                    Codes::Glyphs(CMap::parse(&unpack(stream)).length.unwrap_or(2))
                }
                _ => Codes::Glyphs(2),
            };
            return Self { stated, codes, widths };
        }
        let scale = match get(b"FontMatrix").and_then(|o| o.as_array().ok()).and_then(|all| all.first()) {
            Some(scale) if subtype == b"Type3" => scale.as_float().map_or(0.001, f64::from).abs(),
            _ => 0.001,
        };
        let base = get(b"BaseFont").and_then(|o| o.as_name().ok()).unwrap_or_default();
        let codes = Codes::Single(single(document, get(b"Encoding"), base));
        let widths = Widths::single(document, font, scale, base, &codes);
        Self { stated, codes, widths }
    }

    /// What a string draws.
    pub fn drawn(&self, bytes: &[u8]) -> Vec<Drawn> {
        let length = match &self.codes {
            Codes::Single(_) => 1,
            Codes::Glyphs(length) => *length,
            Codes::Utf16 => 2,
            Codes::East(encoding) => return east(encoding, bytes),
        };
        let chunks = bytes.chunks(length.max(1));
        let drawn = chunks.map(|chunk| {
            let code = chunk.iter().fold(0, |code, &byte| code << 8 | u32::from(byte));
            let own = || match &self.codes {
                Codes::Single(codes) => codes.get(code as usize).cloned().flatten(),
                Codes::Utf16 => char::from_u32(code).map(String::from),
                Codes::Glyphs(_) | Codes::East(_) => None,
            };
            let text = self.stated.as_ref().and_then(|map| map.get(chunk.len(), code)).or_else(own);
            Drawn { text: text.map(|text| plain(&text)), width: self.widths.of(code), blank: chunk == b" " }
        });
        drawn.collect()
    }
}

fn east(encoding: &'static Encoding, bytes: &[u8]) -> Vec<Drawn> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let width = |c: char| if c.is_ascii() { 0.5 } else { 1.0 };
    text.chars().map(|c| Drawn { text: Some(c.to_string()), width: width(c), blank: false }).collect()
}

/// The encoding that a composite font names.
fn by_name(name: &[u8], stated: Option<&CMap>) -> Codes {
    let name = String::from_utf8_lossy(name);
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["UCS2", "UTF16"]) {
        Codes::Utf16
    } else if name.starts_with("Identity") || stated.is_some() {
        Codes::Glyphs(stated.and_then(|map| map.length).unwrap_or(2))
    } else if has(&["RKSJ"]) {
        Codes::East(encoding_rs::SHIFT_JIS)
    } else if has(&["GBK", "GB-EUC", "GBpc"]) {
        Codes::East(encoding_rs::GBK)
    } else if has(&["ETen", "B5"]) {
        Codes::East(encoding_rs::BIG5)
    } else if has(&["KSC"]) {
        Codes::East(encoding_rs::EUC_KR)
    } else if has(&["EUC"]) {
        Codes::East(encoding_rs::EUC_JP)
    } else {
        Codes::Glyphs(2)
    }
}

/// Characters of the 256 bytes of a simple font.
fn single(document: &Document, encoding: Option<&Object>, base: &[u8]) -> Vec<Option<String>> {
    let symbols = [&b"Symbol"[..], b"ZapfDingbats", b"Wingdings"];
    let is_symbols = symbols.iter().any(|name| memchr::memmem::find(base, name).is_some());
    let (name, own) = match encoding {
        Some(Object::Name(name)) => (Some(name.as_slice()), None),
        Some(Object::Dictionary(own)) => (own.get(b"BaseEncoding").and_then(Object::as_name).ok(), Some(own)),
        _ => (None, None),
    };
    let mut codes: Vec<Option<String>> = match name {
        _ if is_symbols => symbol_codes(),
        Some(b"WinAnsiEncoding") => by_encoding(WINDOWS_1252),
        Some(b"MacRomanEncoding") => by_encoding(MACINTOSH),
        _ => standard(document),
    };
    let differences =
        own.and_then(|own| own.get(b"Differences").ok()).and_then(|o| document.dereference(o).ok());
    let Some(differences) = differences.and_then(|(_, o)| o.as_array().ok()) else { return codes };
    let mut code: usize = 0;
    for entry in differences {
        match document.dereference(entry).map(|(_, entry)| entry) {
            Ok(Object::Integer(number)) => code = usize::try_from(*number).unwrap_or(256),
            Ok(Object::Name(name)) => {
                if let Some(place) = codes.get_mut(code) {
                    *place = glyph(document, name);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    codes
}

fn by_encoding(encoding: &'static Encoding) -> Vec<Option<String>> {
    let of = |byte: u8| encoding.decode_without_bom_handling(&[byte]).0.into_owned();
    (0..=255).map(|byte| Some(of(byte)).filter(|text| !text.contains('\u{FFFD}'))).collect()
}

/// Only the bullets of a font of symbols are text.
fn symbol_codes() -> Vec<Option<String>> {
    let of = |byte: u8| match byte {
        0x20 => Some(" ".to_owned()),
        0x6C | 0xA7 | 0xB7 => Some("•".to_owned()),
        _ => None,
    };
    (0..=255).map(of).collect()
}

/// The standard encoding of Adobe, as `lopdf` has it.
fn standard(document: &Document) -> Vec<Option<String>> {
    let font = dictionary! { "Type" => "Font" };
    let Ok(encoding) = font.get_font_encoding(document) else { return by_encoding(WINDOWS_1252) };
    let of = |byte: u8| encoding.bytes_to_string(&[byte]).ok().filter(|text| !text.is_empty());
    (0..=255).map(of).collect()
}

/// The characters of a glyph by its name, such as `eacute`, `uni041E`, `f_i` or `a.sc`.
fn glyph(document: &Document, name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    let stem = name.split('.').next().filter(|stem| !stem.is_empty())?;
    let hexadecimal = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    if let Some(c) = stem.strip_prefix("uni").and_then(|digits| hexadecimal(digits.get(..4)?)) {
        return Some(c.to_string());
    }
    if let Some(c) =
        stem.strip_prefix('u').filter(|digits| (4..=6).contains(&digits.len())).and_then(hexadecimal)
    {
        return Some(c.to_string());
    }
    if stem.contains('_') {
        return stem.split('_').take(8).map(|part| glyph(document, part.as_bytes())).collect();
    }
    let encoding = dictionary! {
        "Type" => "Encoding",
        "Differences" => vec![Object::Integer(0), Object::Name(stem.as_bytes().to_vec())],
    };
    let font = dictionary! { "Type" => "Font", "Encoding" => encoding };
    let text = font.get_font_encoding(document).ok()?.bytes_to_string(&[0]).ok()?;
    (!text.is_empty() && text != "\0").then_some(text)
}

/// Widths of the standard fonts, by character: of those with feet and without, upright and bold.
const STANDARD: &str = include_str!("../../data/standard_widths.tsv");

/// How wide a font is that states no widths: as the standard font that it is, or is most like.
fn standard_widths(base: &[u8]) -> impl Fn(Option<&str>) -> f64 {
    let has = |word: &[u8]| memchr::memmem::find(base, word).is_some();
    let fixed = has(b"Courier");
    let bold = usize::from(has(b"Bold"));
    let column = if has(b"Helvetica") || has(b"Arial") { 2 + bold } else { bold };
    let of = |line: &'static str| {
        let mut fields = line.split('\t');
        let character = fields.next()?.chars().next()?;
        Some((character, fields.nth(column)?.parse::<f64>().ok()? / 1000.0))
    };
    let known: HashMap<char, f64> =
        STANDARD.lines().filter(|line| !line.starts_with("# ")).filter_map(of).collect();
    let blank = if column < 2 { 0.25 } else { 0.278 };
    move |text| match text.and_then(|text| text.chars().next()) {
        _ if fixed => 0.6,
        Some(' ') => blank,
        Some(c) => known.get(&c).copied().unwrap_or(0.55),
        None => 0.5,
    }
}

/// Ligatures apart, symbols of private use as bullets, nothing that steers.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ﬀ' => plain.push_str("ff"),
            'ﬁ' => plain.push_str("fi"),
            'ﬂ' => plain.push_str("fl"),
            'ﬃ' => plain.push_str("ffi"),
            'ﬄ' => plain.push_str("ffl"),
            'ﬅ' | 'ﬆ' => plain.push_str("st"),
            '\u{A0}' | '\u{2000}'..='\u{200A}' | '\t' | '\n' | '\r' => plain.push(' '),
            '\u{F0A7}' | '\u{F0B7}' | '\u{F06C}' | '\u{F076}' => plain.push('•'),
            '\u{E000}'..='\u{F8FF}' | '\u{200B}' | '\u{FEFF}' => {}
            c if c.is_control() => {}
            c => plain.push(c),
        }
    }
    plain
}

impl Widths {
    fn none() -> Self {
        Self { single: Vec::new(), ranges: Vec::new(), many: HashMap::new(), other: Some(1.0) }
    }

    /// Of a simple font; of the standard ones, which need not state them, as they are known.
    fn single(document: &Document, font: &Dictionary, scale: f64, base: &[u8], codes: &Codes) -> Self {
        let get = |dict: &Dictionary, key: &[u8]| {
            dict.get(key).ok().and_then(|o| document.dereference(o).ok()).map(|(_, o)| o.clone())
        };
        let mut widths = Self { other: None, ..Self::none() };
        let first = get(font, b"FirstChar")
            .and_then(|o| o.as_i64().ok())
            .and_then(|first| usize::try_from(first).ok());
        if let (Some(first), Some(Object::Array(all))) =
            (first.filter(|first| *first < 256), get(font, b"Widths"))
        {
            widths.single = vec![None; 256];
            for (width, place) in all.iter().zip(widths.single.iter_mut().skip(first)) {
                let width = document.dereference(width).ok().and_then(|(_, width)| width.as_float().ok());
                *place = width.map(|width| f64::from(width) * scale);
            }
            let missing =
                dict(document, font.get(b"FontDescriptor").ok()).and_then(|d| get(d, b"MissingWidth"));
            widths.other =
                Some(missing.and_then(|o| o.as_float().ok()).map_or(0.0, |width| f64::from(width) * scale));
        } else if let Codes::Single(codes) = codes {
            let of = standard_widths(base);
            widths.single = codes.iter().map(|text| Some(of(text.as_deref()))).collect();
        }
        widths
    }

    /// Of a composite font (ISO 32000-1, 9.7.4.3).
    fn many(document: &Document, font: &Dictionary) -> Self {
        let number = |object: &Object| {
            document.dereference(object).ok().and_then(|(_, o)| o.as_float().ok()).map(f64::from)
        };
        let other = font.get(b"DW").ok().and_then(number).unwrap_or(1000.0) / 1000.0;
        let mut widths = Self { other: Some(other), ..Self::none() };
        let all = font
            .get(b"W")
            .ok()
            .and_then(|o| document.dereference(o).ok())
            .and_then(|(_, o)| o.as_array().ok());
        let mut rest = all.map(|all| all.iter()).unwrap_or_default();
        while let (Some(first), Some(second)) = (rest.next().and_then(number), rest.next()) {
            let first = first.clamp(0.0, 1e9) as u32;
            if let Ok((_, Object::Array(list))) = document.dereference(second) {
                for (at, width) in list.iter().filter_map(number).enumerate() {
                    if widths.many.len() < WIDTHS {
                        widths.many.insert(first.saturating_add(at as u32), width / 1000.0);
                    }
                }
            } else if let (Some(last), Some(width)) = (number(second), rest.next().and_then(number))
                && widths.ranges.len() < WIDTHS
            {
                widths.ranges.push((first, last.clamp(0.0, 1e9) as u32, width / 1000.0));
            }
        }
        widths.ranges.sort_by_key(|range| range.0);
        widths
    }

    fn of(&self, code: u32) -> f64 {
        if let Some(width) = self.single.get(code as usize).copied().flatten() {
            return width;
        }
        if let Some(width) = self.many.get(&code) {
            return *width;
        }
        let after = self.ranges.partition_point(|range| range.0 <= code);
        match after.checked_sub(1).and_then(|at| self.ranges.get(at)) {
            Some((_, last, width)) if code <= *last => *width,
            _ => self.other.unwrap_or(0.5),
        }
    }
}
