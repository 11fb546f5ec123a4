//! Documents of word processors, books and rich text.
#![expect(clippy::unwrap_used, reason = "test helpers")]

use std::io::{Cursor, Write};

use docmill_core::Document;
use docmill_input::{Archive, InputSettings};

fn read_with(name: &str, bytes: &[u8], settings: InputSettings) -> Result<Document, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let archive = Archive::new(settings).unwrap();
    let item = archive.open(&[path]).unwrap().next().unwrap();
    archive.load(item).map_err(|failed| failed.message)
}

fn read(name: &str, bytes: &[u8]) -> Result<Document, String> {
    read_with(name, bytes, InputSettings::default())
}

fn zip(members: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        let stored = zip::write::SimpleFileOptions::default();
        let method = if *name == "mimetype" {
            zip::CompressionMethod::Stored
        } else {
            zip::CompressionMethod::Deflated
        };
        zip.start_file(*name, stored.compression_method(method)).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn extra(document: &Document, key: &str) -> Option<String> {
    document.meta.extra.iter().find(|field| field.key == key).map(|field| field.value.clone())
}

const RELATIONS: &str = "<Relationships><Relationship Type='http://x/officeDocument' Target='/word/document.xml'/></Relationships>";

fn docx(body: &str) -> Vec<u8> {
    let main = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    zip(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", &main),
        (
            "word/footnotes.xml",
            "<w:footnotes xmlns:w='w'><w:footnote w:type='separator'><w:p><w:t>rule</w:t></w:p></w:footnote>\
             <w:footnote><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>",
        ),
        (
            "docProps/core.xml",
            "<c xmlns:dc='d'><dc:creator>A. Nabiyev</dc:creator><dcterms:created>2005-09-20T08:00:00Z</dcterms:created></c>",
        ),
    ])
}

#[test]
fn word_documents() {
    let bytes = docx(
        "<w:p><w:pPr><w:pStyle w:val='Title'/><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Snow &amp; </w:t></w:r><w:r><w:t>ice</w:t></w:r></w:p>\
         <w:p><w:r><w:t xml:space='preserve'>Osh </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del>\
         <w:ins><w:r><w:t>waits&#x2014;</w:t></w:r></w:ins><w:r><w:br/><w:t>still.</w:t></w:r>\
         <w:r><w:instrText>PAGE</w:instrText></w:r></w:p>\
         <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Herat</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
         <mc:AlternateContent><mc:Choice><w:p><w:r><w:t>Box.</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>Box.</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>",
    );
    // The content tells, too, whatever the name says.
    for name in ["a.docx", "a.txt", "a"] {
        let document = read(name, &bytes).unwrap();
        assert_eq!(document.text(), "Snow & ice\n\nOsh waits—\nstill.\n\nHerat\n12\n\nBox.\n\nA note.");
        assert_eq!(document.meta.title.as_deref(), Some("Snow & ice"));
        assert_eq!(document.meta.author.as_deref(), Some("A. Nabiyev"));
        assert_eq!(extra(&document, "created").as_deref(), Some("2005-09-20T08:00:00Z"));
    }
}

#[test]
fn open_documents() {
    let content = "<office:document-content xmlns:office='o' xmlns:text='t'><office:body><office:text>\
        <text:tracked-changes><text:p>gone</text:p></text:tracked-changes>\
        <text:table-of-content><text:p>Contents 1</text:p></text:table-of-content>\
        <text:h>Snow</text:h><text:p>Osh<text:s text:c='2'/>  waits\n  <text:span>still</text:span><text:line-break/>here\
        <text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note>.\
        <office:annotation><text:p>Check!</text:p></office:annotation></text:p>\
        <table:table><text:p>Herat</text:p><text:p>12</text:p></table:table></office:text></office:body></office:document-content>";
    let meta = "<m xmlns:dc='d'><dc:title>Snow</dc:title><meta:initial-creator>A. Nabiyev</meta:initial-creator></m>";
    let mime = ("mimetype", "application/vnd.oasis.opendocument.text");
    let document = read("a.odt", &zip(&[mime, ("content.xml", content), ("meta.xml", meta)])).unwrap();
    assert_eq!(document.text(), "Snow\n\nOsh  waits still\nhere.\n\nHerat\n12\n\nA note.");
    assert_eq!(
        (document.meta.title.as_deref(), document.meta.author.as_deref()),
        (Some("Snow"), Some("A. Nabiyev"))
    );
    let locked = [mime, ("META-INF/manifest.xml", "<m><encryption-data/></m>"), ("content.xml", "x")];
    assert!(read("a.odt", &zip(&locked)).unwrap_err().contains("password"));
}

#[test]
fn books() {
    let container = "<container><rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></container>";
    let package = "<package xmlns:dc='d'><metadata><dc:title>Steppe</dc:title><dc:creator>A. Nabiyev</dc:creator>\
        <dc:date>2005-09-20</dc:date><dc:publisher>Flank Press</dc:publisher></metadata>\
        <manifest><item id='n' href='nav.xhtml' properties='nav'/><item id='b' href='text/two%20b.xhtml'/><item id='a' href='text/../one.xhtml'/>\
        <item id='m' href='missing.xhtml'/></manifest>\
        <spine><itemref idref='n'/><itemref idref='a'/><itemref idref='m'/><itemref idref='b'/></spine></package>";
    let mime = ("mimetype", "application/epub+zip");
    let files = [
        mime,
        ("META-INF/container.xml", container),
        ("OPS/book.opf", package),
        ("OPS/nav.xhtml", "<html><body><p>Contents</p></body></html>"),
        ("OPS/one.xhtml", "<html><body><h1>One</h1><p>Osh waits.</p></body></html>"),
        ("OPS/text/two b.xhtml", "<html><body><p>Herat does not.</p></body></html>"),
    ];
    let document = read("a.epub", &zip(&files)).unwrap();
    assert_eq!(document.text(), "One\n\nOsh waits.\n\nHerat does not.");
    assert_eq!(document.meta.publication.as_deref(), Some("Flank Press"));
    assert_eq!(document.meta.date.as_deref(), Some("2005-09-20"));
    assert_eq!(extra(&document, "unread_chapters").as_deref(), Some("1"));
}

#[test]
fn rich_text() {
    let document = read("a.rtf", b"{\\rtf1\\ansi\\ansicpg1251 \\'ce\\'f8 waits.\\par Still.}").unwrap();
    assert_eq!(document.text(), "Ош waits.\n\nStill.");
}

#[test]
fn what_is_damaged_or_grows_is_told() {
    let bomb = docx(&format!("<w:p><w:t>{}</w:t></w:p>", " ".repeat(40 << 20)));
    let reason =
        read_with("a.docx", &bomb, InputSettings { max_ratio: 20, ..InputSettings::default() }).unwrap_err();
    assert!(reason.contains("more than 20 times"), "{reason}");
    let long = docx(&format!("<w:p><w:t>{}</w:t></w:p>", "Osh. ".repeat(1000)));
    let reason = read_with("a.docx", &long, InputSettings { max_bytes: 3000, ..InputSettings::default() })
        .unwrap_err();
    assert!(reason.contains("input.max_bytes"), "{reason}");
    let cases: [(&str, &[u8], &str); 6] = [
        ("a.docx", &long[..long.len() / 2], "truncated"),
        ("a.docx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "password"),
        ("a.docx", b"plain words", "not a Word document, although its name says so"),
        ("a.docx", &docx("<w:p></w:q>"), "damaged XML"),
        ("a.epub", &zip(&[("mimetype", "application/epub+zip")]), "META-INF/container.xml is missing"),
        ("a.rtf", b"{\\rtf1}", "without text"),
    ];
    for (name, bytes, reason) in cases {
        let told = read(name, bytes).unwrap_err();
        assert!(told.contains(reason), "{name}: {told}");
    }
    // Elements without end inside one another cost no stack.
    let deep = docx(&"<w:p>".repeat(200_000));
    assert!(read("a.docx", &deep).is_err());
}

#[test]
fn old_web_archives() {
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>Osh waits for snow.</p></body></html>";
    let lost = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Nothing.</p>";
    let about = "1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n";
    let record = |uri: &str, kind: &str, body: &str| {
        format!("{uri} 1.2.3.4 20050920080000 {kind} {}\n{body}\n", body.len())
    };
    let archive = record("filedesc://a.arc", "text/plain", about)
        + &record("http://desk.example/gone", "text/html", lost)
        + &record("http://desk.example/a", "text/html", page);
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.arc", "b"] {
        let path = folder.path().join(name);
        std::fs::write(&path, &archive).unwrap();
        let reader = Archive::new(InputSettings::default()).unwrap();
        let items: Vec<_> = reader.open(&[path]).unwrap().collect();
        assert_eq!(items.len(), 1);
        let document = reader.load(items.into_iter().next().unwrap()).unwrap();
        assert_eq!(document.text(), "Osh waits for snow.");
        assert!(document.id().ends_with("#3"), "{}", document.id());
        assert_eq!(extra(&document, "captured").as_deref(), Some("2005-09-20T08:00:00Z"));
        assert_eq!(extra(&document, "url").as_deref(), Some("http://desk.example/a"));
    }
}

#[test]
fn quoted_printable_that_is_not_quite() {
    let mail = "Subject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n\
                Price =100 and x==y, Caf=C3=A9 open. A line that=\n goes on.\n";
    assert_eq!(
        read("a.eml", mail.as_bytes()).unwrap().text(),
        "Price =100 and x==y, Café open. A line that goes on."
    );
}
