//! A sound file of each format, to be changed.

use std::sync::Arc;

use crate::hostile::corpus::build::{bzip2, gzip, tar, utf16, xz, zip, zst};
use crate::program::Random;

use super::mutate::mutated;

/// Makes a file of names and contents.
type Pack = fn(&[(&str, &[u8])]) -> Vec<u8>;

/// A format.
pub struct Seed {
    /// Ending of the name.
    pub ending: &'static str,
    /// What is packed in it: members with their content; one member stands for the file itself.
    members: Vec<(&'static str, Vec<u8>)>,
    /// Makes the file of the members.
    pack: Pack,
}

impl Seed {
    /// The file with changes: in the file, or, every other time, in what is packed in it.
    pub fn changed(&self, random: &mut Random) -> Vec<u8> {
        let mut members = self.members.clone();
        let inside = random.below(2) == 0;
        if inside {
            let which = random.below(members.len() as u64) as usize;
            members[which].1 = mutated(&members[which].1, random);
        }
        let views: Vec<(&str, &[u8])> = members.iter().map(|(name, content)| (*name, &content[..])).collect();
        let file = (self.pack)(&views);
        if inside { file } else { mutated(&file, random) }
    }
}

fn seed(ending: &'static str, members: &[(&'static str, &str)], pack: Pack) -> Seed {
    let members = members.iter().map(|(name, content)| (*name, content.as_bytes().to_vec())).collect();
    Seed { ending, members, pack }
}

fn plain(ending: &'static str, content: &str) -> Seed {
    seed(ending, &[("", content)], |members| members[0].1.to_vec())
}

const TEXT: &str =
    "Title: Water\nDate: 2005-09-20\n\nTalks begin in Osh. “Душанбе waits,” he said 🛰️.\n\nHerat too.\n";
const PAGE: &str = "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Water</title>\
    <meta property=article:published_time content=2005-09-20><script type=application/ld+json>\
    {\"@type\":\"NewsArticle\",\"headline\":\"Water\",\"author\":[{\"name\":\"A. Nabiyev\"}]}</script></head>\
    <body><nav><a href=/>Home</a></nav><article><h1>Water</h1><p class=lead>Talks begin in <b>Osh &amp; <i>Herat</b></i>.</p>\
    <table><tr><td>Naryn<td>12</table><blockquote>It&rsquo;s late.</blockquote></article></body></html>";
const MAIL: &str = "From: =?utf-8?q?A._Nab=C4=AByev?= <a@desk.example>\nTo: b@desk.example, Group: c@desk.example;\n\
    Subject: Water\nDate: Tue, 20 Sep 2005 08:00:00 +0500\nMIME-Version: 1.0\n\
    Content-Type: multipart/mixed; boundary=\"b1\"\n\n--b1\nContent-Type: multipart/alternative; boundary=b2\n\n\
    --b2\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nTalks in Osh =E2=80=94 late.\n\
    --b2\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+VGFsa3MgaW4gT3NoPC9wPg==\n--b2--\n\
    --b1\nContent-Type: message/rfc822\n\nSubject: Inner\n\nHerat waits.\n\
    --b1\nContent-Type: text/plain; name*0=\"no\"; name*1=\"te.txt\"\nContent-Disposition: attachment\n\nNaryn.\n--b1--\n";
const LINES: &str = "{\"id\":\"a\",\"text\":\"Talks begin in Osh.\",\"date\":\"2005-09-20\",\"n\":{\"x\":[1,null]}}\n\
    {\"id\":\"b\",\"title\":\"Water\",\"text\":\"Herat \\u0434 \\ud83d\\ude00 waits.\"}\n";
const ARRAY: &str =
    "[\n {\"id\": \"a\", \"text\": \"Talks begin in Osh.\"},\n {\"id\": \"b\", \"text\": \"Herat.\"}\n]\n";
const TABLE: &str = "id,title,text,date\n1,Water,\"Talks begin,\n in \"\"Osh\"\".\",2005-09-20\n2,Snow,Herat waits.,2005-09-21\n";
const RICH: &str = "{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0 Arial;}}{\\info{\\title Water}}\\f0 \\'ce\\'f8 waits.\\par \
    Talks \\u1044?begin.{\\*\\generator x;}\\par}";
const CONTENT_TYPES: &str = "<Types/>";
const RELATIONS: &str = "<Relationships><Relationship Type='http://x/officeDocument' Target='/word/document.xml'/></Relationships>";
const WORD: &str = "<w:document xmlns:w='w'><w:body><w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>Water</w:t></w:r></w:p>\
    <w:p><w:r><w:t>Talks begin in Osh &amp; Herat&#x2014;</w:t><w:br/><w:t>late.</w:t></w:r></w:p>\
    <w:tbl><w:tr><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
const CORE: &str = "<c xmlns:dc='d'><dc:creator>A. Nabiyev</dc:creator><dcterms:created>2005-09-20T08:00:00Z</dcterms:created></c>";
const OPEN: &str = "<office:document-content xmlns:office='o' xmlns:text='t'><office:body><office:text><text:h>Water</text:h>\
    <text:p>Talks<text:s text:c='2'/>begin <text:span>in Osh</text:span><text:note><text:note-body><text:p>A note.</text:p>\
    </text:note-body></text:note>.</text:p></office:text></office:body></office:document-content>";
const META: &str =
    "<m xmlns:dc='d'><dc:title>Water</dc:title><meta:initial-creator>A. Nabiyev</meta:initial-creator></m>";
const CONTAINER: &str = "<container><rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></container>";
const BOOK: &str = "<package xmlns:dc='d'><metadata><dc:title>Steppe</dc:title></metadata><manifest>\
    <item id='a' href='one.xhtml'/><item id='b' href='two%20b.xhtml'/></manifest><spine><itemref idref='a'/><itemref idref='b'/></spine></package>";
const ARCHIVE_OF_1996: &str = "filedesc://a.arc 1.2.3.4 20050920080000 text/plain 76\n1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n\n";

fn warc() -> String {
    let page = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}");
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://desk.example/a\r\nWARC-Date: 2005-09-20T08:00:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n",
        page.len()
    );
    record.repeat(2)
}

fn arc() -> String {
    let page = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}");
    format!(
        "{ARCHIVE_OF_1996}http://desk.example/a 1.2.3.4 20050920080000 text/html {}\n{page}\n",
        page.len()
    )
}

/// A PDF of one page whose text is packed; the members are its objects.
fn pdf(members: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut index = format!("xref\n0 {}\n0000000000 65535 f \n", members.len() + 1);
    for (i, (kind, object)) in members.iter().enumerate() {
        index += &format!("{:010} 00000 n \n", bytes.len());
        writeln!(bytes, "{} 0 obj", i + 1).unwrap();
        if *kind == "stream" {
            let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(object).unwrap();
            let packed = encoder.finish().unwrap();
            writeln!(bytes, "<</Length {}/Filter/FlateDecode>>stream", packed.len()).unwrap();
            bytes.extend(packed);
            bytes.extend(b"\nendstream");
        } else {
            bytes.extend(*object);
        }
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    writeln!(bytes, "{index}trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", members.len() + 1)
        .unwrap();
    bytes
}

const PDF: [(&str, &str); 6] = [
    ("", "<</Type/Catalog/Pages 2 0 R>>"),
    ("", "<</Type/Pages/Kids[4 0 R]/Count 1>>"),
    ("", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 6 0 R>>"),
    ("", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents 5 0 R>>"),
    (
        "stream",
        "BT /F1 12 Tf 72 700 Td (Talks begin in Osh.) Tj 0 -14 Td [(Her)-20(at waits)] TJ T* <4F7368> Tj ET q 1 0 0 1 5 5 cm Q",
    ),
    (
        "stream",
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n\
         1 beginbfrange <20> <7e> <0020> endbfrange 1 beginbfchar <4f> <041E> endbfchar endcmap end",
    ),
];

/// A Parquet file of two columns; the members are the texts.
fn parquet(members: &[(&str, &[u8])]) -> Vec<u8> {
    use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
    use parquet::file::writer::SerializedFileWriter;
    let schema = "message schema { REQUIRED BYTE_ARRAY text (UTF8); REQUIRED INT64 n; }";
    let schema = parquet::schema::parser::parse_message_type(schema).unwrap();
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema.into(), Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let texts: Vec<ByteArray> = members.iter().map(|(_, text)| ByteArray::from(text.to_vec())).collect();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&texts, None, None).unwrap();
    column.close().unwrap();
    let numbers: Vec<i64> = (0..).take(texts.len()).collect();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<Int64Type>().write_batch(&numbers, None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.close().unwrap();
    bytes
}

/// All formats.
pub fn seeds() -> Vec<Seed> {
    let mails = format!("From a@b Tue Sep 20 08:00:00 2005\n{MAIL}\n").repeat(2);
    let sixteen = utf16(TEXT);
    vec![
        plain("txt", TEXT),
        plain("md", "---\ntitle: Water\ndate: 2005-09-20\n---\n\n# Talks\n\nOsh *waits*.\n"),
        Seed { ending: "txt", members: vec![("", sixteen)], pack: |members| members[0].1.to_vec() },
        plain("html", PAGE),
        plain("jsonl", LINES),
        plain("json", ARRAY),
        plain("csv", TABLE),
        plain("tsv", "id\ttext\n1\tTalks begin in Osh.\n2\tHerat waits.\n"),
        plain("eml", MAIL),
        plain("mbox", &mails),
        plain("warc", &warc()),
        plain("arc", &arc()),
        plain("rtf", RICH),
        seed("pdf", &PDF, pdf),
        seed("parquet", &[("", "Talks begin in Osh."), ("", "Herat waits.")], parquet),
        seed(
            "docx",
            &[
                ("[Content_Types].xml", CONTENT_TYPES),
                ("_rels/.rels", RELATIONS),
                ("word/document.xml", WORD),
                ("docProps/core.xml", CORE),
            ],
            zip,
        ),
        seed(
            "odt",
            &[
                ("mimetype", "application/vnd.oasis.opendocument.text"),
                ("content.xml", OPEN),
                ("meta.xml", META),
            ],
            zip,
        ),
        seed(
            "epub",
            &[
                ("mimetype", "application/epub+zip"),
                ("META-INF/container.xml", CONTAINER),
                ("OPS/book.opf", BOOK),
                ("OPS/one.xhtml", "<html><body><h1>One</h1><p>Osh waits.</p></body></html>"),
                ("OPS/two b.xhtml", "<html><body><p>Herat does not.</p></body></html>"),
            ],
            zip,
        ),
        seed("zip", &[("a.txt", TEXT), ("b/c.html", PAGE), ("d.jsonl", LINES)], zip),
        seed("tar", &[("a.txt", TEXT), ("b/c.eml", MAIL), ("d.csv", TABLE)], tar),
        seed("txt.gz", &[("", TEXT)], |members| gzip(members[0].1)),
        seed("jsonl.zst", &[("", LINES)], |members| zst(members[0].1)),
        seed("txt.bz2", &[("", TEXT)], |members| bzip2(members[0].1)),
        seed("html.xz", &[("", PAGE)], |members| xz(members[0].1)),
        seed("tar.gz", &[("a.txt", TEXT), ("b/c.html", PAGE)], |members| gzip(&tar(members))),
        Seed {
            ending: "warc.gz",
            members: vec![("", warc().into_bytes())],
            pack: |members| gzip(members[0].1),
        },
    ]
}
