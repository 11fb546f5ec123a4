//! Outlook messages, written here property by property.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::io::{Cursor, Write};

use cfb::CompoundFile;
use docmill_core::{Document, Unreadable};
use docmill_input::{Archive, InputSettings};

type Store = CompoundFile<Cursor<Vec<u8>>>;

fn store() -> Store {
    CompoundFile::create(Cursor::new(Vec::new())).unwrap()
}

fn put(store: &mut Store, folder: &str, property: &str, bytes: &[u8]) {
    let mut stream = store.create_stream(format!("{folder}/__substg1.0_{property}")).unwrap();
    stream.write_all(bytes).unwrap();
}

fn wide(store: &mut Store, folder: &str, tag: &str, text: &str) {
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    put(store, folder, &format!("{tag}001F"), &bytes);
}

/// Short properties: what lies before them, then number, type and value of each.
fn short(store: &mut Store, folder: &str, header: usize, values: &[(u16, u16, u64)]) {
    let mut bytes = vec![0; header];
    for (tag, kind, value) in values {
        bytes.extend(kind.to_le_bytes());
        bytes.extend(tag.to_le_bytes());
        bytes.extend(6_u32.to_le_bytes());
        bytes.extend(value.to_le_bytes());
    }
    let mut stream = store.create_stream(format!("{folder}/__properties_version1.0")).unwrap();
    stream.write_all(&bytes).unwrap();
}

fn attachment(store: &mut Store, folder: &str, number: u32) -> String {
    let folder = format!("{folder}/__attach_version1.0_#{number:08X}");
    store.create_storage(&folder).unwrap();
    short(store, &folder, 8, &[]);
    folder
}

fn file(store: &mut Store, folder: &str, number: u32, name: &str, content: &[u8]) {
    let folder = attachment(store, folder, number);
    wide(store, &folder, "3707", name);
    put(store, &folder, "37010102", content);
}

/// A letter inside another one, and where it lies.
fn letter(store: &mut Store, folder: &str, number: u32) -> String {
    let inner = format!("{}/__substg1.0_3701000D", attachment(store, folder, number));
    store.create_storage(&inner).unwrap();
    short(store, &inner, 24, &[]);
    inner
}

fn read(bytes: &[u8], settings: InputSettings) -> Vec<Result<Document, Box<Unreadable>>> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.msg"), bytes).unwrap();
    let archive = Archive::new(settings).unwrap();
    let items: Vec<_> = archive.open(&[folder.path().to_owned()]).unwrap().collect();
    items.into_iter().map(|item| archive.load(item)).collect()
}

fn bytes(store: Store) -> Vec<u8> {
    store.into_inner().into_inner()
}

/// `id: text`, or `id! reason`, with ids behind the file's name.
fn lines(bytes: &[u8]) -> Vec<String> {
    let below = |id: &str| id.rsplit_once("/a.msg").unwrap().1.to_owned();
    let tell = |read: &Result<Document, Box<Unreadable>>| match read {
        Ok(document) => format!("{}: {}", below(document.id()), document.text()),
        Err(failed) => format!("{}! {}", below(&failed.id), failed.message),
    };
    read(bytes, InputSettings::default()).iter().map(tell).collect()
}

/// 2005-09-20 08:00 in ticks since 1601.
const DAY: u64 = 127_716_768_000_000_000;

#[test]
fn a_message_with_files_and_messages() {
    let mut outer = store();
    short(&mut outer, "", 32, &[(0x0039, 0x40, DAY)]);
    wide(&mut outer, "", "0037", "Ош today");
    wide(&mut outer, "", "0042", "Aziz Nabiyev");
    wide(&mut outer, "", "0065", "/O=DESK/CN=AZIZ");
    wide(&mut outer, "", "5D01", "aziz@desk.example");
    wide(&mut outer, "", "0E04", "Desk; Lena");
    wide(&mut outer, "", "1035", "<1@desk.example>");
    wide(&mut outer, "", "1000", "See below.\r\nAziz\r\n");
    file(&mut outer, "", 0, "note.txt", b"Herat waits.");
    let inner = letter(&mut outer, "", 1);
    wide(&mut outer, &inner, "0037", "Inner");
    put(&mut outer, &inner, "10130102", b"<html><body><p>Osh is <b>quiet</b>.</p></body></html>");
    file(&mut outer, &inner, 0, "map.jpg", b"\xFF\xD8\xFF");
    let deep = letter(&mut outer, &inner, 1);
    put(&mut outer, &deep, "1000001E", "It rains.".as_bytes());
    let outer = bytes(outer);
    assert_eq!(
        lines(&outer),
        [": See below.\nAziz", "!note.txt: Herat waits.", "!1: Osh is quiet.", "!1!1: It rains."]
    );
    let read = read(&outer, InputSettings::default());
    let meta = &read[0].as_ref().unwrap().meta;
    assert_eq!(meta.title.as_deref(), Some("Ош today"));
    assert_eq!(meta.author.as_deref(), Some("Aziz Nabiyev <aziz@desk.example>"));
    assert_eq!(meta.date.as_deref(), Some("2005-09-20"));
    let extra: Vec<_> = meta.extra.iter().map(|e| (e.key.as_str(), e.value.as_str())).collect();
    assert_eq!(extra, [("to", "Desk; Lena"), ("message_id", "1@desk.example"), ("attachment", "note.txt")]);
    let parent = read[3].as_ref().unwrap().meta.extra.iter().find(|e| e.key == "parent").unwrap();
    assert!(parent.value.ends_with("a.msg!1"), "{}", parent.value);
}

#[test]
fn code_pages_rich_text_and_headers() {
    let mut cyrillic = store();
    short(&mut cyrillic, "", 32, &[(0x3FFD, 3, 1251), (0x0E06, 0x40, DAY)]);
    put(&mut cyrillic, "", "0037001E", b"\xCE\xF8");
    put(&mut cyrillic, "", "1000001E", b"\xCE\xF8 \xE6\xE4\xB8\xF2.");
    let headers = "Received: from x\r\nDate: Tue, 20 Sep 2005 23:30:00 +0500\r\n\r\n";
    wide(&mut cyrillic, "", "007D", headers);
    let read = read(&bytes(cyrillic), InputSettings::default());
    let document = read[0].as_ref().unwrap();
    assert_eq!((document.text(), document.meta.title.as_deref()), ("Ош ждёт.", Some("Ош")));
    assert_eq!(document.meta.date.as_deref(), Some("2005-09-20"));

    // Not packed, in the form that packs have.
    let rich = b"{\\rtf1\\ansi\\ansicpg1251 \\'ce\\'f8 waits.\\par}";
    let packed = [&[0; 8][..], b"MELA", &[0; 4], rich].concat();
    let mut letter = store();
    short(&mut letter, "", 32, &[]);
    put(&mut letter, "", "10090102", &packed);
    assert_eq!(lines(&bytes(letter)), [": Ош waits."]);
}

#[test]
fn what_is_no_message_or_too_much_is_told() {
    let mut word = store();
    word.create_stream("/WordDocument").unwrap().write_all(b"text").unwrap();
    let told = lines(&bytes(word));
    assert!(told[0].contains("an old Office file"), "{told:?}");

    let mut empty = store();
    short(&mut empty, "", 32, &[]);
    assert_eq!(lines(&bytes(empty)), ["! a mail message without text"]);

    let mut long = store();
    short(&mut long, "", 32, &[]);
    wide(&mut long, "", "1000", &"Osh. ".repeat(10_000));
    let settings = InputSettings { max_bytes: 10_000, ..InputSettings::default() };
    let long = bytes(long);
    let told = read(&long, settings).remove(0).unwrap_err().message;
    assert!(told.contains("longer than 10000 bytes"), "{told}");

    // Cut off, and damaged in its tables: told, and never a panic.
    for end in [8, 300, 600, 2000, long.len() / 2] {
        let told = lines(&long[..end]);
        assert!(told.iter().all(|line| !line.contains("internal error")), "{end}: {told:?}");
    }

    let mut deep = store();
    short(&mut deep, "", 32, &[]);
    let mut folder = String::new();
    for _ in 0..12 {
        wide(&mut deep, &folder, "1000", "Osh.");
        folder = letter(&mut deep, &folder, 0);
    }
    let told = lines(&bytes(deep));
    assert_eq!(told.len(), 10, "{told:?}");
    assert!(told[9].contains("under more than 8 layers"), "{told:?}");
}
