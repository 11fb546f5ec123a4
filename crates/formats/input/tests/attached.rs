//! Files attached to letters, and members that nothing reads.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{Cursor, Write};

use base64::Engine as _;
use docmill_input::{Archive, InputSettings};

/// What is read of files in a folder: id below the folder, text or reason, parent.
struct Read {
    lines: Vec<String>,
    not_read: Vec<(String, u64)>,
}

fn read_with(files: &[(&str, &[u8])], settings: InputSettings) -> Read {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let root = format!("{}/", folder.path().display());
    let archive = Archive::new(settings).unwrap();
    let line = |item| match archive.load(item) {
        Ok(document) => {
            let parent = document.meta.extra.iter().find(|field| field.key == "parent");
            let parent = parent.map_or(String::new(), |field| format!(" in {}", field.value));
            format!("{}{parent}: {}", document.id(), document.text()).replace(&root, "")
        }
        Err(failed) => format!("{}! {}", failed.id, failed.message).replace(&root, ""),
    };
    let lines = archive.open(&[folder.path().to_owned()]).unwrap().map(line).collect();
    Read { lines, not_read: archive.passed_over() }
}

fn read(files: &[(&str, &[u8])]) -> Read {
    read_with(files, InputSettings::default())
}

fn kinds(not_read: &[(String, u64)]) -> Vec<(&str, u64)> {
    not_read.iter().map(|(kind, count)| (kind.as_str(), *count)).collect()
}

/// A part of a letter, in base64.
fn part(kind: &str, name: &str, content: &[u8]) -> String {
    let name = if name.is_empty() { String::new() } else { format!("; filename=\"{name}\"") };
    let content = base64::prelude::BASE64_STANDARD.encode(content);
    format!(
        "Content-Type: {kind}\nContent-Disposition: attachment{name}\nContent-Transfer-Encoding: base64\n\n{content}\n"
    )
}

fn letter(text: &str, parts: &[String]) -> String {
    let mut letter = format!(
        "From: a@desk.example\nSubject: S\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{text}\n"
    );
    for part in parts {
        letter += &format!("--b\n{part}");
    }
    letter + "--b--\n"
}

const REPORT: &[u8] = br"{\rtf1\ansi The port is shut.}";

#[test]
fn files_in_a_letter_are_documents_that_name_it() {
    let parts = [
        part("application/rtf", "report.rtf", REPORT),
        part("application/octet-stream", "REPORT.RTF", REPORT),
        part("text/csv", "rows.csv", b"id,text\n7,A row.\n"),
        part("application/vnd.ms-excel", "sums.xls", b"\xD0\xCF\x11\xE0"),
        part("image/png", "", b"\x89PNG"),
        part("text/plain", "note.txt", b"A note."),
    ];
    let read = read(&[("a.eml", letter("See below.", &parts).as_bytes())]);
    assert_eq!(
        read.lines,
        [
            "a.eml: See below.\n\nA note.",
            "a.eml!report.rtf in a.eml: The port is shut.",
            "a.eml!REPORT.RTF in a.eml: The port is shut.",
            "7 in a.eml: A row."
        ]
    );
    assert_eq!(kinds(&read.not_read), [(".png", 1), (".xls", 1)]);
}

#[test]
fn in_mailboxes_and_in_letters_inside_letters() {
    let inner = letter("Inner.", &[part("application/rtf", "r.rtf", REPORT)]);
    let forward = letter(
        " ",
        &[format!("Content-Type: message/rfc822\n\n{inner}\n").replace("=b", "=c").replace("--b", "--c")],
    );
    let encoded = letter("Outer.", &[part("message/rfc822", "", inner.as_bytes())]);
    let only_a_file = letter(" ", &[part("application/rtf", "", REPORT)]);
    let mailbox = [&forward, &encoded, &only_a_file]
        .map(|letter| format!("From a@b Tue Sep 20 08:00:00 2005\n{letter}\n"))
        .concat();
    let read = read(&[("a.mbox", mailbox.as_bytes())]);
    assert_eq!(
        read.lines,
        [
            "a.mbox#1!1 in a.mbox#1: Inner.",
            "a.mbox!#1!1!r.rtf in a.mbox#1!1: The port is shut.",
            "a.mbox#2: Outer.",
            "a.mbox!#2!attachment.eml in a.mbox#2: Inner.",
            "a.mbox!#2!attachment.eml!r.rtf in a.mbox!#2!attachment.eml: The port is shut.",
            "a.mbox!#3!attachment.rtf in a.mbox#3: The port is shut.",
        ]
    );
}

#[test]
fn letters_wrapped_in_letters_end_with_the_layers() {
    let mut wrapped = letter("Deepest.", &[]);
    for _ in 0..12 {
        wrapped = letter("Around.", &[part("message/rfc822", "", wrapped.as_bytes())]);
    }
    let read = read(&[("a.eml", wrapped.as_bytes())]);
    assert_eq!(read.lines.len(), 10, "{:?}", read.lines);
    assert!(read.lines[9].contains("input.max_depth"), "{}", read.lines[9]);
}

#[test]
fn members_that_nothing_reads_are_counted_by_kind() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.add_directory("sub", options).unwrap();
    for name in ["a.txt", "b.XLS", "sub/c.xls", "._d.xls"] {
        zip.start_file(name, options).unwrap();
        zip.write_all(b"Osh.").unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    let mut tar = tar::Builder::new(Vec::new());
    for (name, kind) in [("x/", tar::EntryType::Directory), ("x/y.xls", tar::EntryType::Regular)] {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        tar.append_data(&mut header, name, &b""[..]).unwrap();
    }
    let tar = tar.into_inner().unwrap();
    let read = read(&[("a.zip", &zip), ("b.tar", &tar)]);
    assert_eq!(read.lines, ["a.zip!a.txt: Osh."]);
    assert_eq!(kinds(&read.not_read), [(".xls", 3)]);
}

#[test]
fn chosen_formats_leave_others_out() {
    let settings = InputSettings { exclude: vec!["*.rtf".to_owned()], ..InputSettings::default() };
    let mail = letter("See below.", &[part("application/rtf", "r.rtf", REPORT)]);
    let read = read_with(&[("a.eml", mail.as_bytes())], settings);
    assert_eq!(read.lines, ["a.eml: See below."]);
    assert!(read.not_read.is_empty(), "nobody asked for it: {:?}", read.not_read);
}
