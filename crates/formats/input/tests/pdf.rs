//! PDFs, written here object by object.
#![expect(clippy::unwrap_used, reason = "test helpers")]

use std::fmt::Write as _;
use std::io::Write;

use docmill_core::Document;
use docmill_input::{Archive, InputSettings};

fn read_with(bytes: &[u8], settings: InputSettings) -> Result<Document, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pdf");
    std::fs::write(&path, bytes).unwrap();
    let archive = Archive::new(settings).unwrap();
    let item = archive.open(&[path]).unwrap().next().unwrap();
    archive.load(item).map_err(|failed| failed.message)
}

fn read(bytes: &[u8]) -> Result<Document, String> {
    read_with(bytes, InputSettings::default())
}

fn text(bytes: &[u8]) -> String {
    read(bytes).unwrap().text().to_owned()
}

fn extra(document: &Document, key: &str) -> String {
    document
        .meta
        .extra
        .iter()
        .find(|field| field.key == key)
        .map(|field| field.value.clone())
        .unwrap_or_default()
}

/// A file of these objects, the first of which is the catalog.
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut index = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (i, object) in objects.iter().enumerate() {
        writeln!(index, "{:010} 00000 n ", bytes.len()).unwrap();
        bytes.extend(format!("{} 0 obj\n", i + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend(index.bytes());
    let trailer = format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    bytes.extend(trailer.bytes());
    bytes
}

fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<</Length {}{entries}>>stream\n", data.len()).into_bytes();
    object.extend(data);
    object.extend(b"\nendstream");
    object
}

fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// A file of pages that draw so, with the font F1.
fn pages(contents: &[&str], font: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let kids: Vec<String> = (0..contents.len()).map(|i| format!("{} 0 R", 4 + 2 * i)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!(
            "<</Type/Pages/Kids[{}]/Count {}/Resources<</Font<</F1 3 0 R>>>>>>",
            kids.join(" "),
            kids.len()
        )
        .into_bytes(),
        font.as_bytes().to_vec(),
    ];
    for (i, content) in contents.iter().enumerate() {
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", 5 + 2 * i).into_bytes());
        objects.push(stream("", content.as_bytes()));
    }
    objects.extend(more.iter().cloned());
    file(&objects)
}

const HELVETICA: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

/// Lines of one size under one another.
fn lines(x: u32, top: u32, size: u32, lines: &[&str]) -> String {
    let mut content = format!("BT /F1 {size} Tf {} TL {x} {top} Td ", size * 6 / 5);
    for line in lines {
        write!(content, "({line}) Tj T* ").unwrap();
    }
    content + "ET "
}

#[test]
fn lines_become_paragraphs_and_hyphens_go() {
    let page = lines(72, 700, 18, &["Snow"])
        + &lines(
            72,
            660,
            10,
            &[
                "The ministers of Norland met in Azer-",
                "baijan on long-term trade. The long-",
                "term view was bleak, said",
            ],
        )
        + &lines(72, 624, 10, &["Orlin in the Franco-", "Beltovan hall."])
        + &lines(72, 580, 10, &["Caf\\351s stayed open."]);
    assert_eq!(
        text(&pages(&[&page], HELVETICA, &[])),
        "Snow\n\nThe ministers of Norland met in Azerbaijan on long-term trade. The long-term view was bleak, said Orlin in \
         the Franco-Beltovan hall.\n\nCafés stayed open."
    );
}

#[test]
fn columns_are_read_one_after_another() {
    let left = [
        "Ministers of Norland met",
        "in Osh and spoke about",
        "trade over the border in",
        "winter and of roads that",
    ];
    let right = [
        "lie under snow for half",
        "of every year since the",
        "old king died, as many",
        "people in Lomar recall.",
    ];
    let page = lines(72, 740, 16, &["The steppe under snow and what it means for trade"])
        + &lines(72, 700, 10, &left)
        + &lines(300, 700, 10, &right);
    let expected = format!(
        "The steppe under snow and what it means for trade\n\n{} {}",
        left.join(" "),
        right.join(" ")
    );
    assert_eq!(text(&pages(&[&page], HELVETICA, &[])), expected);
    // Drawn in another order, or turned, it is the same page.
    let page = lines(300, 700, 10, &right)
        + &lines(72, 700, 10, &left)
        + &lines(72, 740, 16, &["The steppe under snow and what it means for trade"]);
    assert_eq!(text(&pages(&[&page], HELVETICA, &[])), expected);
    let turned = format!("q 0 1 -1 0 800 0 cm {page} Q");
    assert_eq!(text(&pages(&[&turned], HELVETICA, &[])), expected);
}

#[test]
fn running_heads_and_numbers_of_pages_go() {
    let page = |number: u32, body: &[&str]| {
        lines(72, 800, 8, &["Steppe Review, No. 12"])
            + &lines(72, 700, 10, body)
            + &lines(300, 30, 8, &[&number.to_string()])
    };
    let pages_of = [
        page(1, &["Osh waits for snow and", "for the young envoy of"]),
        page(2, &["Norland, who is late."]),
        page(3, &["Herat does not wait."]),
    ];
    let contents: Vec<&str> = pages_of.iter().map(String::as_str).collect();
    let document = read(&pages(&contents, HELVETICA, &[])).unwrap();
    let wanted =
        "Osh waits for snow and for the young envoy of Norland, who is late.\n\nHerat does not wait.";
    assert_eq!(document.text(), wanted);
    assert_eq!(extra(&document, "pages"), "3");
    let starts: Vec<usize> =
        extra(&document, "page_starts").split(',').map(|start| start.parse().unwrap()).collect();
    let at = |word: &str| wanted.find(word).unwrap();
    assert_eq!(starts, [0, at("Norland"), at("Herat")]);
}

#[test]
fn fonts_say_what_their_codes_are() {
    let map = "1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfrange <0001> <0002> <041E> <0003> <0003> <0448> endbfrange";
    let font = "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[<</Type/Font/DW 500>>]>>";
    let bytes = pages(
        &["BT /F1 10 Tf 72 700 Td <00010003> Tj ET"],
        font,
        &[stream("/Filter/FlateDecode", &deflated(map.as_bytes()))],
    );
    assert_eq!(text(&bytes), "Ош");
    let unmapped = pages(
        &["BT /F1 10 Tf 72 700 Td <00010003> Tj ET"],
        "<</Type/Font/Subtype/Type0/Encoding/Identity-H>>",
        &[],
    );
    assert!(read(&unmapped).unwrap_err().contains("do not say which characters"));
    let named =
        "<</Type/Font/Subtype/Type1/BaseFont/X/Encoding<</Differences[65/eacute/f_i/uni041E/fl.alt]>>>>";
    assert_eq!(text(&pages(&["BT /F1 10 Tf 72 700 Td [(A) -20 (BCD)] TJ ET"], named, &[])), "éfiОfl");
}

#[test]
fn what_is_no_text_or_damaged_is_told() {
    let scan = pages(&["0 0 100 100 re f", ""], HELVETICA, &[]);
    assert!(read(&scan).unwrap_err().contains("2 pages without text (scanned?)"));
    let whole = pages(&[&lines(72, 700, 10, &["Osh waits."])], HELVETICA, &[]);
    let index = whole.windows(4).rposition(|word| word == b"xref").unwrap();
    // Without its index, the file is searched for objects.
    assert_eq!(text(&whole[..index - 8]), "Osh waits.");
    assert!(read(&whole[..60]).unwrap_err().contains("truncated or damaged"));
    assert!(read(b"%PDF-1.4").unwrap_err().contains("truncated or damaged"));
    assert!(read(b"Osh waits.").unwrap_err().contains("although its name says so"));
    for cut in (0..whole.len()).step_by(7) {
        let _ = read(&whole[..cut]);
    }
}

#[test]
fn loops_and_bombs_end() {
    let page =
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>>>"
            .to_vec();
    let form = stream(
        "/Type/XObject/Subtype/Form/Resources<</XObject<</X 6 0 R>>>>",
        "/X Do ".repeat(10).as_bytes(),
    );
    let content = format!("/X Do {}", lines(72, 700, 10, &["Osh waits."]));
    let objects = |content: Vec<u8>| {
        file(&[
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            b"<</Type/Pages/Kids[2 0 R 3 0 R 3 0 R]/Count 99>>".to_vec(),
            page.clone(),
            content,
            HELVETICA.as_bytes().to_vec(),
            form.clone(),
        ])
    };
    assert_eq!(text(&objects(stream("", content.as_bytes()))), "Osh waits.");
    let bomb = deflated(&vec![b' '; 200 << 20]);
    let few = || InputSettings { max_ratio: 1, ..InputSettings::default() };
    assert!(
        read_with(&objects(stream("/Filter/FlateDecode", &bomb)), few())
            .unwrap_err()
            .contains("without text")
    );
    let structure = stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &bomb);
    assert!(read_with(&objects(structure), few()).unwrap_err().contains("decompression bomb"));
}
