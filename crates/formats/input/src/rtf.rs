//! Rich text (RTF 1.9): text and facts.
//!
//! Written here because the parsers on crates.io leave the code pages of fonts aside, in which Cyrillic or Arabic texts
//! are written.

use docmill_core::{ExtraField, Meta};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::collections::HashMap;

/// Groups inside one another.
const DEPTH: usize = 10_000;

/// Groups that hold no text of the document. Those that begin with `\*` are left out besides.
const SKIPPED: [&str; 22] = [
    "colortbl",
    "stylesheet",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "listtext",
    "pntext",
    "fldinst",
    "annotation",
    "xe",
    "tc",
    "filetbl",
    "revtbl",
    "nonshppict",
    "private",
];

/// Where text goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Note,
    Title,
    Author,
    Fonts,
    Created,
    Nowhere,
}

#[derive(Clone, Copy)]
struct Group {
    place: Place,
    /// Characters that stand for each `\u` where a program knows no Unicode.
    fallback: usize,
    encoding: &'static Encoding,
    /// Hidden or deleted.
    hidden: bool,
}

struct Parser<'b> {
    rest: &'b [u8],
    group: Group,
    outer: Vec<Group>,
    /// Bytes that are not yet decoded.
    pending: Vec<u8>,
    /// First half of a surrogate pair.
    half: Option<u16>,
    /// Characters still to be left out after `\u`.
    leave: usize,
    default: &'static Encoding,
    fonts: HashMap<i64, &'static Encoding>,
    font: i64,
    text: String,
    notes: String,
    title: String,
    author: String,
    created: [i64; 3],
}

/// Text and facts of an RTF document.
pub(crate) fn rtf(bytes: &[u8]) -> Result<(Meta, String), String> {
    let start = bytes.strip_prefix(crate::lines::BOM).unwrap_or(bytes).trim_ascii_start();
    if !start.starts_with(b"{\\rtf") {
        return Err("not an RTF document, although its name says so".to_owned());
    }
    let group = Group { place: Place::Text, fallback: 1, encoding: WINDOWS_1252, hidden: false };
    let mut parser = Parser {
        rest: start,
        group,
        outer: Vec::new(),
        pending: Vec::new(),
        half: None,
        leave: 0,
        default: WINDOWS_1252,
        fonts: HashMap::new(),
        font: 0,
        text: String::new(),
        notes: String::new(),
        title: String::new(),
        author: String::new(),
        created: [0; 3],
    };
    parser.run()?;
    let mut meta = Meta { title: fact(&parser.title), author: fact(&parser.author), ..Meta::default() };
    let [year, month, day] = parser.created;
    if year > 1900 && (1..=12).contains(&month) && (1..=31).contains(&day) {
        meta.extra
            .push(ExtraField { key: "created".to_owned(), value: format!("{year:04}-{month:02}-{day:02}") });
    }
    let mut text = tidy(&parser.text);
    let notes = tidy(&parser.notes);
    if !notes.is_empty() {
        text = format!("{text}\n\n{notes}");
    }
    Ok((meta, text))
}

fn fact(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Lines without blanks at their ends, paragraphs one empty line apart.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() && (tidy.is_empty() || tidy.ends_with("\n\n")) {
            continue;
        }
        tidy.push_str(line);
        tidy.push('\n');
    }
    tidy.trim().to_owned()
}

impl Parser<'_> {
    fn run(&mut self) -> Result<(), String> {
        while let Some((&byte, after)) = self.rest.split_first() {
            self.rest = after;
            match byte {
                b'{' => {
                    self.flush();
                    if self.outer.len() >= DEPTH {
                        return Err(format!("an RTF document with groups nested more than {DEPTH} deep"));
                    }
                    self.outer.push(self.group);
                }
                b'}' => {
                    self.flush();
                    match self.outer.pop() {
                        Some(outer) if !self.outer.is_empty() => self.group = outer,
                        // What follows the last group is no RTF.
                        _ => return Ok(()),
                    }
                }
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                byte => self.byte(byte),
            }
        }
        self.flush();
        Ok(())
    }

    fn control(&mut self) {
        let letters = self.rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        if letters == 0 {
            let Some((&symbol, after)) = self.rest.split_first() else { return };
            self.rest = after;
            match symbol {
                b'\'' => {
                    let code = self.rest.get(..2).and_then(|code| std::str::from_utf8(code).ok());
                    if let Some(byte) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
                        self.rest = self.rest.get(2..).unwrap_or_default();
                        self.byte(byte);
                    }
                }
                b'*' => self.group.place = Place::Nowhere,
                b'~' => self.put("\u{a0}"),
                b'_' => self.put("\u{2011}"),
                b'\r' | b'\n' => self.put("\n\n"),
                b'\\' | b'{' | b'}' => self.byte(symbol),
                _ => {}
            }
            return;
        }
        let (word, after) = self.rest.split_at(letters);
        let word = String::from_utf8_lossy(word).into_owned();
        let sign = usize::from(after.first() == Some(&b'-'));
        let digits =
            after.get(sign..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = if digits == 0 { 0 } else { sign + digits };
        let (number, mut after) = after.split_at(end);
        let number = std::str::from_utf8(number).ok().and_then(|number| number.parse().ok());
        if after.first() == Some(&b' ') {
            after = after.get(1..).unwrap_or_default();
        }
        self.rest = after;
        self.word(&word, number);
    }

    fn word(&mut self, word: &str, number: Option<i64>) {
        if word == "u" {
            self.unicode(number.unwrap_or(0));
            return;
        }
        self.flush();
        self.leave = 0;
        let on = number != Some(0);
        match word {
            "bin" => {
                let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0).min(self.rest.len());
                self.rest = self.rest.get(length..).unwrap_or_default();
            }
            "ansicpg" => {
                if let Some(encoding) = number.and_then(by_code_page) {
                    self.default = encoding;
                    self.group.encoding = encoding;
                }
            }
            "mac" => self.default = encoding_rs::MACINTOSH,
            "uc" => self.group.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            "deff" | "f" => {
                self.font = number.unwrap_or(0);
                if self.group.place != Place::Fonts {
                    self.group.encoding = self.fonts.get(&self.font).copied().unwrap_or(self.default);
                }
            }
            "fcharset" => {
                if let Some(encoding) =
                    number.and_then(by_charset).filter(|_| self.group.place == Place::Fonts)
                {
                    self.fonts.insert(self.font, encoding);
                }
            }
            "plain" => {
                self.group.hidden = false;
                self.group.encoding = self.default;
            }
            "v" | "deleted" => self.group.hidden = on,
            "fonttbl" => self.group.place = Place::Fonts,
            "info" => self.group.place = Place::Nowhere,
            "title" if self.group.place == Place::Nowhere => self.group.place = Place::Title,
            "author" if self.group.place == Place::Nowhere => self.group.place = Place::Author,
            "creatim" => self.group.place = Place::Created,
            "yr" | "mo" | "dy" if self.group.place == Place::Created => {
                let at = ["yr", "mo", "dy"].iter().position(|part| *part == word).unwrap_or(0);
                self.created[at] = number.unwrap_or(0);
            }
            "footnote" => self.begin_note(),
            "par" | "sect" | "page" | "row" => self.put("\n\n"),
            "line" | "cell" | "nestcell" => self.put("\n"),
            "tab" => self.put("\t"),
            "emdash" => self.put("—"),
            "endash" => self.put("–"),
            "lquote" => self.put("‘"),
            "rquote" => self.put("’"),
            "ldblquote" => self.put("“"),
            "rdblquote" => self.put("”"),
            "bullet" => self.put("•"),
            "emspace" | "enspace" | "qmspace" => self.put(" "),
            word if SKIPPED.contains(&word) => self.group.place = Place::Nowhere,
            _ => {}
        }
    }

    fn begin_note(&mut self) {
        if self.group.place == Place::Text {
            self.group.place = Place::Note;
            self.notes.push_str("\n\n");
        }
    }

    fn unicode(&mut self, number: i64) {
        self.flush();
        self.leave = self.group.fallback;
        // Above 32767, the number is written as a negative one.
        let Ok(unit) = u16::try_from(number.rem_euclid(1 << 16)) else { return };
        let units = match self.half.take() {
            Some(half) => vec![half, unit],
            None if (0xD800..0xDC00).contains(&unit) => {
                self.half = Some(unit);
                return;
            }
            None => vec![unit],
        };
        let text = String::from_utf16_lossy(&units);
        self.put(&text);
    }

    fn byte(&mut self, byte: u8) {
        if self.leave > 0 {
            self.leave -= 1;
        } else {
            self.pending.push(byte);
        }
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let pending = std::mem::take(&mut self.pending);
            let (text, _) = self.group.encoding.decode_without_bom_handling(&pending);
            self.put(&text);
        }
    }

    fn put(&mut self, text: &str) {
        if !self.pending.is_empty() {
            self.flush();
        }
        let place = match self.group.place {
            _ if self.group.hidden => return,
            Place::Text => &mut self.text,
            Place::Note => &mut self.notes,
            Place::Title => &mut self.title,
            Place::Author => &mut self.author,
            Place::Fonts | Place::Created | Place::Nowhere => return,
        };
        place.push_str(text);
    }
}

/// The encoding of a code page of Windows.
pub(crate) fn by_code_page(page: i64) -> Option<&'static Encoding> {
    let label = match page {
        874 | 1250..=1258 => format!("windows-{page}"),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        866 => "ibm866".to_owned(),
        10_000 => "macintosh".to_owned(),
        10_007 => "x-mac-cyrillic".to_owned(),
        65_001 => "utf-8".to_owned(),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding of a character set of Windows; none for the one of the document.
fn by_charset(set: i64) -> Option<&'static Encoding> {
    by_code_page(match set {
        77 => 10_000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_out_in_the_code_page_of_its_font() {
        let source = b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}{\\f1\\fcharset204 Arial Cyr;}}\
            {\\info{\\title Steppe {\\b news}}{\\author A. Nabiyev}{\\creatim\\yr2005\\mo9\\dy20}}\
            {\\header Page head}{\\*\\generator Msft}\\f1 \\'ce\\'f8 \\f0 waits\\~here.\\par\n\
            \\ldblquote Caf\\'e9\\rdblquote{\\footnote A note.} \\u1054?\\u-10179?\\u-8704? {\\v no}{\\deleted no}\\{x\\}\\line y\\par}garbage";
        let (meta, text) = rtf(source).unwrap();
        assert_eq!(text, "Ош waits\u{a0}here.\n\n“Café” О😀 {x}\ny\n\nA note.");
        assert_eq!(
            (meta.title.as_deref(), meta.author.as_deref()),
            (Some("Steppe news"), Some("A. Nabiyev"))
        );
        assert_eq!(meta.extra[0].value, "2005-09-20");
    }

    #[test]
    fn hostile_files_are_told() {
        assert!(rtf(b"Osh").unwrap_err().contains("not an RTF document"));
        let deep = [b"{\\rtf".to_vec(), vec![b'{'; 20_000]].concat();
        assert!(rtf(&deep).unwrap_err().contains("groups nested"));
        assert_eq!(rtf(b"{\\rtf1 \\bin99999999999 x").unwrap().1, "");
        assert_eq!(rtf(b"{\\rtf1 a\\'").unwrap().1, "a");
    }
}
