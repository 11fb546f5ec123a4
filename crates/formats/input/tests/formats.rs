//! Every format, through the public API.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine as _;
use docmill_core::{Document, Unreadable};
use docmill_input::{Archive, InputSettings};
use tempfile::TempDir;

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

fn load(folder: &Path, settings: InputSettings) -> Vec<Result<Document, Box<Unreadable>>> {
    let archive = Archive::new(settings).unwrap();
    let paths = [folder.to_owned()];
    // The ids are known before, and the same again.
    let ids: Vec<String> = archive.open(&paths).unwrap().map(|item| item.id()).collect();
    let loaded: Vec<_> = archive.open(&paths).unwrap().map(|item| archive.load(item)).collect();
    let id = |loaded: &Result<Document, Box<Unreadable>>| match loaded {
        Ok(document) => document.id().to_owned(),
        Err(failed) => failed.id.clone(),
    };
    assert_eq!(loaded.iter().map(id).collect::<Vec<_>>(), ids);
    loaded
}

/// `id: text`, or `id! reason`, with ids below the folder.
fn lines_with(files: &[(&str, &[u8])], settings: InputSettings) -> Vec<String> {
    let folder = folder(files);
    let root = format!("{}/", folder.path().display());
    let tell = |loaded: &Result<Document, Box<Unreadable>>| match loaded {
        Ok(document) => format!("{}: {}", document.id(), document.text()),
        Err(failed) => format!("{}! {}", failed.id, failed.message),
    };
    load(folder.path(), settings).iter().map(|loaded| tell(loaded).replace(&root, "")).collect()
}

fn lines_of(files: &[(&str, &[u8])]) -> Vec<String> {
    lines_with(files, InputSettings::default())
}

fn one(name: &str, content: &[u8]) -> Document {
    let folder = folder(&[(name, content)]);
    let mut loaded = load(folder.path(), InputSettings::default());
    assert_eq!(loaded.len(), 1);
    loaded.remove(0).unwrap()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        tar.append_data(&mut header, name, *content).unwrap();
    }
    tar.into_inner().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn archives_and_compression_inside_one_another() {
    let members: &[(&str, &[u8])] =
        &[("x/one.txt", b"Osh waits."), ("two.jsonl", b"{\"text\": \"Herat.\"}\n")];
    let inner = zip(members);
    let long = format!("{}/deep.txt", "folder-name/".repeat(20));
    let tar =
        tar(&[("in.zip", &inner), ("pic.jpg", b"\xff\xd8"), (&long, b"Deep."), ("in.zip", &gzip(&inner))]);
    let xz = xz(&tar);
    let expected = [
        "a.txz!in.zip!x/one.txt: Osh waits.".to_owned(),
        "a.txz!in.zip!two.jsonl#1: Herat.".to_owned(),
        format!("a.txz!{long}: Deep."),
        "a.txz!in.zip~2!x/one.txt: Osh waits.".to_owned(),
        "a.txz!in.zip~2!two.jsonl#1: Herat.".to_owned(),
    ];
    assert_eq!(lines_of(&[("a.txz", &xz)]), expected);
    let shallow = InputSettings { max_depth: 2, ..InputSettings::default() };
    let lines_of = lines_with(&[("a.txz", &xz)], shallow);
    assert!(lines_of[0].starts_with("a.txz!in.zip! lies under more than 2 layers"), "{}", lines_of[0]);
    assert_eq!(lines_of.len(), 3);
}

#[test]
fn every_compression() {
    let zst = zstd::encode_all(&b"Osh."[..], 3).unwrap();
    let files: &[(&str, &[u8])] = &[
        ("a.txt.gz", &gzip(b"Osh.")),
        ("b.txt.bz2", &bzip2(b"Osh.")),
        ("c.txt.xz", &xz(b"Osh.")),
        ("d.txt.zst", &zst),
        ("e.tar.bz2", &bzip2(&tar(&[("f.txt", b"Osh.")]))),
    ];
    assert_eq!(
        lines_of(files),
        ["a.txt.gz: Osh.", "b.txt.bz2: Osh.", "c.txt.xz: Osh.", "d.txt.zst: Osh.", "e.tar.bz2!f.txt: Osh."]
    );
}

#[test]
fn tables() {
    let csv = "id,title,text,note\r\nr-1,T,\"Osh, \"\"waits\"\".\r\nStill.\",x\r\n,,Herat.,\r\nr-3,too,few\r\nr-4,T,Last.,\n";
    assert_eq!(
        lines_of(&[("a.csv", csv.as_bytes())]),
        [
            "r-1: Osh, \"waits\".\r\nStill.",
            "a.csv#2: Herat.",
            "r-3! a row of 3 fields under a header of 4",
            "r-4: Last."
        ]
    );
    let utf16: Vec<u8> =
        "\u{feff}text;date\nДушанбе.;20.9.2005\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let document = one("b.csv", &utf16);
    assert_eq!((document.text(), document.source().encoding.as_deref()), ("Душанбе.", Some("UTF-16LE")));
    assert_eq!(document.meta.extra[0].key, "date");
    assert_eq!(lines_of(&[("c.tsv", b"text\tid\nOsh.\t7\n")]), ["7: Osh."]);
    let lines_of = lines_of(&[("d.csv", b"id,body\n1,Osh.\n")]);
    assert!(lines_of[0].starts_with("d.csv! no field `text`, but `id`, `body`"), "{}", lines_of[0]);
}

#[test]
fn a_row_of_a_table_is_identified_by_its_bytes() {
    use sha2::{Digest, Sha256};
    let document = one("a.csv", b"text,n\r\nOsh.,1\r\n");
    let bytes = b"Osh.,1\r";
    assert_eq!(document.source().sha256.as_deref(), Some(hex::encode(Sha256::digest(bytes)).as_str()));
}

const PAGE: &str = "<!DOCTYPE html><html><head><meta charset=\"windows-1251\"><title>River posts - The Ledger</title>\
    <meta property=\"article:published_time\" content=\"2011-10-31T08:00:00Z\"><script>var x = '<p>no</p>';</script></head>\
    <body><nav><a href=\"/\">Home</a> <a href=\"/b\">Markets</a></nav><article><h1>River posts</h1>\
    <p>Two hundred kilometers east of Iquitos the navy opened a river post on October 12, with a barge and two boats, \
    and a crew of thirty-four who had been told to expect rain and a long silence from the capital.</p>\
    <p>The note concerned the ninth post, which by the map would lie on an island that the neighbor, Перу, regards as its \
    own; islands in the river move, the ministry replied, a statement that nobody could call wrong.</p></article>\
    <footer>All rights reserved</footer></body></html>";

#[test]
fn pages_give_their_article() {
    let (page, _, _) = encoding_rs::WINDOWS_1251.encode(PAGE);
    let document = one("a.html", &page);
    let text = document.text();
    assert!(text.contains("Two hundred kilometers") && text.contains("Перу"), "{text}");
    assert!(
        !text.contains("Markets") && !text.contains("no</p>") && !text.contains("rights reserved"),
        "{text}"
    );
    assert!(text.contains("capital.\n\nThe note"), "{text}");
    assert_eq!(document.source().encoding.as_deref(), Some("windows-1251"));
    assert!(document.meta.title.as_deref().unwrap().starts_with("River posts"));
    assert_eq!(document.meta.date.as_deref(), Some("2011-10-31"));
    // A short page has no article: all of it is taken.
    assert_eq!(one("b.htm", b"<p>Osh <i>waits</i>.").text(), "Osh waits.");
    assert!(lines_of(&[("c.html", b"<html><script>x</script></html>")])[0].starts_with("c.html! "));
}

#[test]
fn mail_and_mailboxes() {
    let mbox = "From a@b Tue Sep 20 08:00:00 2005\nSubject: One\n\nOsh waits.\n>From here on.\n\n\
                From c@d Tue Sep 20 09:00:00 2005\nSubject: Two\nDate: Tue, 20 Sep 2005 09:00:00 +0500\n\nFrom afar.\nIt is.\n";
    assert_eq!(
        lines_of(&[("a.mbox", mbox.as_bytes()), ("b.eml", b"Subject: Three\n\nHerat.\n")]),
        ["a.mbox#1: Osh waits.\nFrom here on.", "a.mbox#2: From afar.\nIt is.", "b.eml: Herat."]
    );
    assert!(lines_of(&[("a.mbox", b"No mail.\n")])[0].contains("not a mailbox"));
}

fn warc(kind: &str, content_type: &str, block: &str) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://ledger.example/a\r\nWARC-Date: 2011-10-31T08:00:00Z\r\n\
         Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
}

#[test]
fn web_archives() {
    let http = "application/http; msgtype=response";
    let answer = |status: &str, kind: &str, body: &str| {
        warc("response", http, &format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{body}"))
    };
    let records = [
        warc("warcinfo", "application/warc-fields", "software: x"),
        answer("200 OK", "text/html; charset=utf-8", "<p>Osh <b>waits</b>."),
        answer("404 Not Found", "text/html", "<p>Gone."),
        answer("200 OK", "image/png", "PNG"),
        "damage\r\n\r\n".to_owned(),
        answer("200 OK", "text/plain", "Herat."),
        warc("conversion", "text/plain", "Converted."),
    ];
    let packed: Vec<u8> = records.iter().flat_map(|record| gzip(record.as_bytes())).collect();
    let expected = [
        "#2: Osh waits.",
        "#5! a damaged record; read on from the next that is sound",
        "#6: Herat.",
        "#7: Converted.",
    ];
    for (name, bytes) in [("a.warc", records.concat().into_bytes()), ("a.warc.gz", packed)] {
        assert_eq!(lines_of(&[(name, &bytes)]), expected.map(|lines_of| format!("{name}{lines_of}")));
    }
    let document = one("a.warc", records[1].as_bytes());
    let extra: Vec<_> = document.meta.extra.iter().map(|e| (e.key.as_str(), e.value.as_str())).collect();
    assert_eq!(extra, [("url", "http://ledger.example/a"), ("captured", "2011-10-31T08:00:00Z")]);
    let cut = &records.concat().into_bytes()[..records.concat().len() - 20];
    assert!(lines_of(&[("a.warc", cut)]).last().unwrap().contains("ends early"));
}

/// A Parquet file with the columns `text` and `n`.
fn parquet(texts: &[&str]) -> Vec<u8> {
    use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    let schema = "message schema { REQUIRED BYTE_ARRAY text (UTF8); REQUIRED INT64 n; }";
    let schema = Arc::new(parquet::schema::parser::parse_message_type(schema).unwrap());
    let compression = parquet::basic::Compression::SNAPPY;
    let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, properties).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let texts: Vec<ByteArray> = texts.iter().map(|text| ByteArray::from(*text)).collect();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&texts, None, None).unwrap();
    column.close().unwrap();
    let numbers: Vec<i64> = (10..).take(texts.len()).collect();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<Int64Type>().write_batch(&numbers, None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.close().unwrap();
    bytes
}

#[test]
fn parquet_files() {
    let file = parquet(&["Osh waits.", "Herat."]);
    assert_eq!(lines_of(&[("a.parquet", &file)]), ["a.parquet#1: Osh waits.", "a.parquet#2: Herat."]);
    let in_zip = zip(&[("a.parquet", &file)]);
    assert_eq!(lines_of(&[("b.zip", &in_zip)])[1], "b.zip!a.parquet#2: Herat.");
    let mut settings = InputSettings::default();
    "n".clone_into(&mut settings.fields.id);
    assert_eq!(lines_with(&[("a.parquet", &file)], settings), ["10: Osh waits.", "11: Herat."]);
    let lines_of = lines_of(&[("a.parquet", &file[..file.len() - 30])]);
    assert!(lines_of[0].starts_with("a.parquet! cannot be read as Parquet"), "{}", lines_of[0]);
    // Found by `cargo xtask attack`: the lengths in a page do not fit it.
    let damaged = include_bytes!("data/damaged-pages.parquet");
    let lines = self::lines_of(&[("a.parquet", damaged)]);
    assert!(lines[0].contains("its pages are damaged; the rest is left out"), "{lines:?}");
}

#[test]
fn damaged_archives_give_what_they_can() {
    let members: &[(&str, &[u8])] =
        &[("a.txt", b"Osh."), ("b.txt", b"Herat."), ("c.txt", b"Kabul."), ("d.txt", b"Naryn.")];
    let mut damaged = tar(members);
    // The header of the second member: a header and a block of content lie before it.
    damaged[1024 + 10] ^= 0xFF;
    assert_eq!(
        lines_of(&[("a.tar", &damaged)]),
        [
            "a.tar!a.txt: Osh.",
            "a.tar!(byte 1024)! a damaged tar header; read on from the next that is sound",
            "a.tar!c.txt: Kabul.",
            "a.tar!d.txt: Naryn."
        ]
    );
    let cut = &tar(members)[..1024 + 512 + 3];
    let reason = "cannot be read: it ends early (cut off?)";
    assert_eq!(
        lines_of(&[("a.tar", cut)]),
        [
            "a.tar!a.txt: Osh.".to_owned(),
            format!("a.tar!b.txt! {reason}"),
            format!("a.tar! {reason}; the rest is left out")
        ]
    );
    let zip = zip(members);
    let cut = &zip[..zip.len() - 60];
    let lines_of = lines_of(&[("a.zip", cut)]);
    assert!(
        lines_of[0].starts_with("a.zip! ") && lines_of[0].ends_with("its members are read from the front"),
        "{}",
        lines_of[0]
    );
    assert_eq!(
        lines_of[1..],
        ["a.zip!a.txt: Osh.", "a.zip!b.txt: Herat.", "a.zip!c.txt: Kabul.", "a.zip!d.txt: Naryn."]
    );
}

#[test]
fn nothing_is_written_and_links_are_not_followed() {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.as_gnu_mut().unwrap().name[..16].copy_from_slice(b"../../escape.txt");
    header.set_size(4);
    header.set_cksum();
    builder.append(&header, &b"Out."[..]).unwrap();
    let mut link = tar::Header::new_gnu();
    link.set_entry_type(tar::EntryType::Symlink);
    link.set_size(0);
    builder.append_link(&mut link, "link.txt", "/etc/passwd").unwrap();
    let bytes = builder.into_inner().unwrap();
    assert_eq!(
        lines_of(&[("x/y/a.tar", &bytes)]),
        [
            "x/y/a.tar!../../escape.txt: Out.",
            "x/y/a.tar!link.txt! a link to /etc/passwd; links in archives are not followed"
        ]
    );
}

#[test]
fn bounds_hold() {
    let zeros = vec![0; 40 << 20];
    let bomb = zstd::encode_all(&zeros[..], 3).unwrap();
    let lines_of = lines_of(&[("a.txt.gz", &bomb), ("b.zip", &zip(&[("c.txt", &bomb), ("d.txt", b"Osh.")]))]);
    assert!(lines_of[0].contains("more than 1000 times its size"), "{}", lines_of[0]);
    assert!(
        lines_of[1].starts_with("b.zip!c.txt! ") && lines_of[1].contains("1000 times"),
        "{}",
        lines_of[1]
    );
    // All layers and members of a file count together: nothing more is read of this one.
    assert_eq!(
        lines_of[2..],
        ["b.zip! all in it unpacks to more than 1000 times its size; the rest is left out"]
    );
    let few = InputSettings { max_members: 2, max_bytes: 5, ..InputSettings::default() };
    let members: &[(&str, &[u8])] = &[("a.txt", b"Osh."), ("b.txt", b"Longer."), ("c.txt", b"Left.")];
    assert_eq!(
        lines_with(&[("a.tar", &tar(members))], few),
        [
            "a.tar!a.txt: Osh.",
            "a.tar!b.txt! longer than 5 bytes; split it, or raise `input.max_bytes`",
            "a.tar! more than 2 members; the rest is left out (`input.max_members`)"
        ]
    );
}

#[test]
fn dropping_the_items_ends_the_reading() {
    let lines = "{\"text\": \"Osh.\"}\n".repeat(100_000);
    let folder = folder(&[("a.jsonl", lines.as_bytes())]);
    let archive = Archive::new(InputSettings::default()).unwrap();
    let mut items = archive.open(&[PathBuf::from(folder.path())]).unwrap();
    assert!(items.next().is_some());
    drop(items);
}

#[test]
fn files_that_nothing_reads_are_counted_by_kind() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.txt", "b.XLS", "c.xls", "d.pptx", "notes", "._e.xls", "sub/f.xls"] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "Osh.").unwrap();
    }
    let archive = Archive::new(InputSettings::default()).unwrap();
    let roots = [folder.path().to_owned()];
    for _ in 0..2 {
        assert_eq!(archive.open(&roots).unwrap().count(), 1);
        let lines_of = archive.passed_over();
        let kinds: Vec<_> = lines_of.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
        assert_eq!(kinds, [(".xls", 3), (".pptx", 1), ("without an extension", 1)]);
    }
    assert_eq!(archive.count(&roots), Some(1));
}

#[test]
fn letters_inside_letters_and_attached_texts_are_read() {
    let mail = "Subject: Outer\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee below.\n\
                --b\nContent-Type: message/rfc822\n\nSubject: Inner\n\nThe port is shut.\n\
                --b\nContent-Type: text/plain; name=notes.txt\nContent-Disposition: attachment; filename=notes.txt\n\n\
                Notes of May.\n--b\nContent-Type: text/plain; name=a.ics\nContent-Disposition: attachment; filename=a.ics\n\n\
                1,2,3\n--b--\n";
    assert_eq!(
        lines_of(&[("a.eml", mail.as_bytes())]),
        ["a.eml: See below.\n\nNotes of May.", "a.eml!1: The port is shut."]
    );
    // In a mailbox, and two layers deep; a message that only carries others is no document.
    let forward = |boundary: &str, inner: &str| {
        format!(
            "Subject: F\nContent-Type: multipart/mixed; boundary={boundary}\n\n--{boundary}\n\
                 Content-Type: message/rfc822\n\n{inner}\n--{boundary}--\n"
        )
    };
    let mailbox =
        format!("From a@b Thu Aug  9 18:39:17 2012\n{}", forward("c", &forward("d", "Subject: In\n\nDeep.")));
    let folder = folder(&[("a.mbox", mailbox.as_bytes())]);
    let documents = load(folder.path(), InputSettings::default());
    let document = documents[0].as_ref().unwrap();
    assert!(document.id().ends_with("a.mbox#1!1!1"), "{}", document.id());
    let parent = document.meta.extra.iter().find(|field| field.key == "parent").unwrap();
    assert!(parent.value.ends_with("a.mbox#1!1"), "{}", parent.value);
    assert_eq!((documents.len(), document.text()), (1, "Deep."));
    let encoded = "Subject: Outer\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee below.\n\
                   --b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogeAoKSGk=\n--b--\n";
    assert_eq!(lines_of(&[("b.eml", encoded.as_bytes())]), ["b.eml: See below.", "b.eml!attachment.eml: Hi"]);
}

#[test]
fn mailboxes_inside_letters_come_apart() {
    let letter = |subject: &str, text: &str| {
        format!("From a@b Thu Aug  9 18:39:17 2012\nSubject: {subject}\n\n{text}\n\n")
    };
    let with_box = |subject: &str, text: &str, mailbox: &str| {
        let packed = base64::engine::general_purpose::STANDARD.encode(mailbox);
        let boundary = format!("of-{subject}");
        format!(
            "From a@b Thu Aug  9 18:39:17 2012\nSubject: {subject}\nContent-Type: multipart/mixed; boundary={boundary}\n\n\
             --{boundary}\nContent-Type: text/plain\n\n{text}\n--{boundary}\nContent-Type: application/mbox; name=old.mbox\n\
             Content-Disposition: attachment; filename=old.mbox\nContent-Transfer-Encoding: base64\n\n{packed}\n\
             --{boundary}--\n\n"
        )
    };
    let innermost = letter("A", "First.") + &letter("B", "Second.\n>From memory.");
    let mailbox = with_box(
        "Outer",
        "See below.",
        &(with_box("Middle", "See there.", &innermost) + &letter("C", "Third.")),
    );
    let mailbox = mailbox + &letter("Last", "The end.");
    assert_eq!(
        lines_of(&[("a.mbox", mailbox.as_bytes())]),
        [
            "a.mbox#1: See below.",
            "a.mbox#1!1: See there.",
            "a.mbox#1!1!1: First.",
            "a.mbox#1!1!2: Second.\nFrom memory.",
            "a.mbox#1!2: Third.",
            "a.mbox#2: The end."
        ]
    );
    // Boxes in boxes without end are taken apart to a depth.
    let deep = (0..20).fold(letter("In", "Deep."), |inner, at| {
        with_box(&format!("S{at}"), &format!("Layer {at}."), &inner)
    });
    assert_eq!(lines_of(&[("a.mbox", deep.as_bytes())]).len(), 8);
}

#[test]
fn mailboxes_without_empty_lines_or_senders_come_apart() {
    let close = "From a@b Thu Aug  9 18:39:17 2012\nSubject: One\n\nFirst.\nFrom memory at 18:39 he left.\n\
                 From c@d Fri Aug 10 09:00:00 2012\nSubject: Two\n\nSecond.\n";
    assert_eq!(
        lines_of(&[("a.mbox", close.as_bytes())]),
        ["a.mbox#1: First.\nFrom memory at 18:39 he left.", "a.mbox#2: Second."]
    );
    let bare = "From \nSubject: One\n\nFirst.\n\nFrom \nSubject: Two\n\nSecond.\n";
    assert_eq!(lines_of(&[("a.mbox", bare.as_bytes())]), ["a.mbox#1: First.", "a.mbox#2: Second."]);
}
