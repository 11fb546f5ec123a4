//! Opens a PDF within bounds, and finds its pages.

use std::collections::HashSet;
use std::io::Read;

use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// Pages of one file, at most.
const PAGES: usize = 100_000;

/// What may come out of a file whatever its size (bytes).
const FREE: u64 = 16 << 20;

/// Nodes above a page, at most.
const ABOVE: usize = 64;

/// A page.
pub(super) struct Page<'d> {
    /// Its dictionary.
    pub dict: &'d Dictionary,
    /// Fonts and forms, its own or those of a node above it.
    pub resources: Option<&'d Dictionary>,
    /// How far it is turned clockwise, in quarters.
    pub quarters: i64,
}

/// What text and objects unpack to in files that are no bombs, many times over; and what is too much in any.
const RATIO: u64 = 100;
const MOST: u64 = 1 << 30;

/// What may be unpacked of a file of so many bytes.
pub(super) fn budget(bytes: usize, ratio: u64) -> u64 {
    FREE.max((bytes as u64).saturating_mul(ratio.min(RATIO))).min(MOST)
}

/// Opens it. What a password protects or is damaged is told.
pub(super) fn open(bytes: &[u8], ratio: u64) -> Result<Document, String> {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if memchr::memmem::find(head, b"%PDF-").is_none() {
        return Err("not a PDF, although its name says so; it may be damaged".to_owned());
    }
    structure_is_bounded(bytes, budget(bytes.len(), ratio))?;
    let document = Document::load_mem(bytes).or_else(|error| {
        // An index that is lost can be written anew.
        rebuilt(bytes)
            .and_then(|bytes| Document::load_mem(&bytes).ok())
            .filter(|document| !pages(document).is_empty())
            .ok_or(error)
    });
    let document = document.map_err(|error| match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => locked(),
        error => format!("a PDF that cannot be read: {error}; it may be truncated or damaged"),
    })?;
    if document.is_encrypted() {
        return Err(locked());
    }
    if pages(&document).is_empty()
        && let Some(again) = rebuilt(bytes).and_then(|bytes| Document::load_mem(&bytes).ok())
    {
        return Ok(again);
    }
    Ok(document)
}

fn locked() -> String {
    "a password-protected PDF; save it without the password".to_owned()
}

/// `lopdf` unpacks streams that hold objects or the index without a bound: here they are unpacked once before, and thrown
/// away.
fn structure_is_bounded(bytes: &[u8], budget: u64) -> Result<(), String> {
    const HEAD: usize = 2048;
    let mut total = 0;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let head = bytes.get(at.saturating_sub(HEAD)..at).unwrap_or_default();
        let own = memchr::memmem::rfind(head, b" obj").and_then(|start| head.get(start..)).unwrap_or(head);
        let has = |word: &[u8]| memchr::memmem::find(own, word).is_some();
        if own.ends_with(b"end") || !(has(b"ObjStm") || has(b"XRef")) {
            continue;
        }
        if memchr::memmem::find_iter(own, b"Decode").filter(|at| own.get(at + 6) != Some(&b'P')).count() > 1 {
            return Err("a PDF with objects compressed several times, as in a decompression bomb".to_owned());
        }
        let data = bytes.get(at + b"stream".len()..).unwrap_or_default().trim_ascii_start();
        let left = budget.saturating_sub(total);
        let mut unpacked = ZlibDecoder::new(data).take(left + 1);
        // A stream that is cut or no zlib data is lopdf's business.
        total += std::io::copy(&mut unpacked, &mut std::io::sink()).unwrap_or(0);
        if total > budget {
            return Err(
                "a PDF whose objects expand beyond `input.max_ratio`, as in a decompression bomb".to_owned()
            );
        }
    }
    Ok(())
}

/// The file with an index of the objects that stand in it, each at its last place.
fn rebuilt(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut places: std::collections::BTreeMap<u32, usize> = std::collections::BTreeMap::new();
    let mut root = None;
    for at in memchr::memmem::find_iter(bytes, b" obj") {
        let before = bytes.get(at.saturating_sub(20)..at)?;
        let line = before.iter().rposition(|byte| b"\r\n".contains(byte)).map_or(0, |end| end + 1);
        let head = std::str::from_utf8(before.get(line..)?).unwrap_or_default();
        let mut numbers = head.split_ascii_whitespace().rev();
        let generation = numbers.next().filter(|number| *number == "0");
        let Some((number, _)) = numbers.next().and_then(|n| n.parse::<u32>().ok()).zip(generation) else {
            continue;
        };
        let digits = number.to_string().len();
        let start = at.checked_sub(2 + digits)?;
        places.insert(number, start);
        let own = bytes.get(at..(at + 300).min(bytes.len()))?;
        let own = memchr::memmem::find(own, b"endobj").and_then(|end| own.get(..end)).unwrap_or(own);
        if memchr::memmem::find(own, b"/Catalog").is_some() {
            root = Some(number);
        }
    }
    let (root, last) = (root?, *places.keys().last()?);
    if last as usize > bytes.len() {
        return None;
    }
    let mut whole = bytes.to_vec();
    whole.extend_from_slice(b"\n");
    let start = whole.len();
    whole.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", last + 1).as_bytes());
    for number in 1..=last {
        let entry = match places.get(&number) {
            Some(place) => format!("{place:010} 00000 n \n"),
            None => "0000000000 65535 f \n".to_owned(),
        };
        whole.extend_from_slice(entry.as_bytes());
    }
    let trailer = format!("trailer\n<</Size {}/Root {root} 0 R>>\nstartxref\n{start}\n%%EOF\n", last + 1);
    whole.extend_from_slice(trailer.as_bytes());
    Some(whole)
}

/// A dictionary, through references.
pub(super) fn dict<'d>(document: &'d Document, object: Option<&'d Object>) -> Option<&'d Dictionary> {
    match document.dereference(object?).ok()?.1 {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// All pages in order. A node that leads back to one above it, or is named twice, is looked into once.
pub(super) fn pages(document: &Document) -> Vec<Page<'_>> {
    let Some(root) = document.catalog().ok().and_then(|catalog| catalog.get(b"Pages").ok()) else {
        return Vec::new();
    };
    let mut seen: HashSet<ObjectId> = HashSet::new();
    let mut pages = Vec::new();
    let mut open: Vec<(&Object, Option<&Dictionary>, i64, usize)> = vec![(root, None, 0, 0)];
    while let Some((object, resources, quarters, depth)) = open.pop() {
        if let Object::Reference(id) = object
            && !seen.insert(*id)
        {
            continue;
        }
        let Some(node) = dict(document, Some(object)) else { continue };
        let resources = dict(document, node.get(b"Resources").ok()).or(resources);
        let turned = node.get(b"Rotate").and_then(|turned| document.dereference(turned));
        let quarters = turned.and_then(|(_, turned)| turned.as_i64()).map_or(quarters, |turned| turned / 90);
        let kids = node.get(b"Kids").and_then(|kids| document.dereference(kids));
        if let Ok(kids) = kids.and_then(|(_, kids)| kids.as_array()) {
            if depth < ABOVE {
                open.extend(kids.iter().rev().map(|kid| (kid, resources, quarters, depth + 1)));
            }
        } else {
            pages.push(Page { dict: node, resources, quarters: quarters.rem_euclid(4) });
            if pages.len() >= PAGES {
                break;
            }
        }
    }
    pages
}
