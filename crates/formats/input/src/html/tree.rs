//! The tree of a page, if it can be taken apart in reasonable time.

use dom_query::Document;

/// Tags that a page may have. Trees of more are taken apart more slowly than is fit for a batch.
const TAGS: usize = 200_000;

/// Tags that may stand open, roughly: the parser looks through all of them at each new one.
const OPEN: usize = 4096;

/// Elements inside one another, as browsers have it.
const DEPTH: usize = 512;

/// The tree of a page.
pub(super) fn tree(page: &str) -> Result<Document, String> {
    let (mut tags, mut open) = (0, 0_usize);
    for at in memchr::memchr_iter(b'<', page.as_bytes()) {
        match page.as_bytes().get(at + 1) {
            Some(b'/') => open = open.saturating_sub(1),
            Some(byte) if byte.is_ascii_alphabetic() => {
                tags += 1;
                open += usize::from(!closes_itself(&page.as_bytes()[at + 1..]));
            }
            _ => {}
        }
        if open > OPEN {
            return Err(too_deep());
        }
    }
    if tags > TAGS {
        return Err(format!("a page of {tags} tags; over {TAGS} are not taken apart"));
    }
    let tree = Document::from(page);
    let mut node = tree.root();
    let mut depth = 0;
    // Depth first, without recursion.
    loop {
        if let Some(child) = node.first_child() {
            node = child;
            depth += 1;
            if depth > DEPTH {
                return Err(too_deep());
            }
            continue;
        }
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return Ok(tree) };
            node = parent;
            depth -= 1;
        }
    }
}

fn too_deep() -> String {
    format!("a page with over {DEPTH} elements inside one another")
}

/// Elements that hold nothing, whose end tags are mostly left out, or that are written `<path .../>`.
fn closes_itself(tag: &[u8]) -> bool {
    const NAMES: [&[u8]; 22] = [
        b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"source",
        b"track", b"wbr", b"p", b"li", b"dt", b"dd", b"option", b"tr", b"td", b"th", b"tbody",
    ];
    let end = memchr::memchr2(b'>', b'<', tag).unwrap_or(tag.len());
    let name = tag[..end].split(|byte| !byte.is_ascii_alphanumeric()).next().unwrap_or_default();
    tag[..end].ends_with(b"/") || NAMES.contains(&&name.to_ascii_lowercase()[..])
}
