//! Texts that are none, or hardly.

use super::build::{utf16, zip};
use super::{Case, MAX_BYTES, fails, read};

pub fn cases() -> Vec<Case> {
    let late_zero = format!("{} zero\0 byte", "Osh waits. ".repeat(1000));
    vec![
        fails("empty.txt", "", "the file is empty"),
        fails("blank.txt", " \r\n\t\n", "white space only"),
        fails("mark-only.txt", "\u{feff}", "white space only"),
        read("two-marks.txt", "\u{feff}\u{feff}Osh waits.", "\u{feff}Osh waits."),
        read("mark-of-utf16-on-utf8.txt", b"\xff\xfeOsh waits for rain, says Kabul.".to_vec(), "Osh waits"),
        fails(
            "mark-of-utf8-on-utf16.txt",
            [b"\xef\xbb\xbf", &utf16("Osh waits.")[2..]].concat(),
            "zero byte",
        ),
        read("utf16-without-mark.txt", utf16("Osh waits.")[2..].to_vec(), "Osh waits."),
        read("utf16-odd-length.txt", [&utf16("Osh waits.")[..], b"x"].concat(), "Osh waits.\u{fffd}"),
        read(
            "utf16-lone-surrogate.txt",
            [&utf16("Osh")[..], b"\x00\xd8 \0waits.\0".split_at(4).0].concat(),
            "Osh\u{fffd}",
        ),
        read("utf32.txt", b"\xff\xfe\0\0O\0\0\0".to_vec(), "O"),
        fails("utf32-of-nothing.txt", b"\xff\xfe\0\0".to_vec(), "white space only"),
        fails("pdf.txt", "%PDF-1.4\n1 0 obj", "a PDF that cannot be read"),
        read("rtf.text", "{\\rtf1 Osh}", "Osh"),
        read("padded.txt", [&b"Osh waits."[..], &[0; 512]].concat(), "Osh waits."),
        read("zero-first.txt", "\0Osh waits.", "\0Osh waits."),
        fails("zeros.txt", "\0\0\0Osh waits.", "zero byte at byte 0"),
        read("zero-late.txt", late_zero, "zero\0 byte"),
        read("latin-1.txt", b"A caf\xe9 in Osh, an \xe9lan.".to_vec(), "A café in Osh, an élan."),
        read(
            "cut-character.txt",
            ["“Osh” – “waits”".as_bytes(), b"\xe2\x80"].concat(),
            "“Osh” – “waits”\u{fffd}",
        ),
        read("overlong.txt", ["“Osh” – “waits”".as_bytes(), b" \xc0\xaf"].concat(), "\u{fffd}\u{fffd}"),
        read(
            "surrogate-in-utf8.txt",
            ["“Osh” – “waits”".as_bytes(), b" \xed\xa0\x80"].concat(),
            "waits” \u{fffd}",
        ),
        fails("noise.txt", (1..=255).collect::<Vec<u8>>(), "no encoding makes a text of it"),
        fails("program.md", b"\x7fELF\x02\x01\x01\0\0".to_vec(), "a program, which is not read"),
        fails("archive-by-content.txt", zip(&[("a.txt", b"Osh.")]), "a binary file"),
        read(
            "escapes.txt",
            "Osh \u{1b}[31mwaits\u{1b}[0m for the rain, and for the red of dawn.",
            "\u{1b}[31mwaits",
        ),
        read("line-ends.txt", "Osh\r\nwaits\rfor\nrain.\u{85}\u{2028}Still.", "waits\rfor"),
        fails("long-line.txt", vec![b'a'; 100 << 20], "input.max_bytes"),
        read("longest.txt", vec![b'a'; MAX_BYTES], "aaaa"),
        fails("one-too-long.txt", vec![b'a'; MAX_BYTES + 1], "input.max_bytes"),
        read("marks-on-marks.txt", format!("a{}", "\u{301}".repeat(100_000)), "a\u{301}"),
        read("brackets.txt", "(".repeat(MAX_BYTES / 2), "((("),
        read("quotes.txt", "“a” ‘b' \"c\" ".repeat(10_000), "“a”"),
    ]
}
