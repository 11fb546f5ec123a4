//! Web pages to readable text.

use docmill_core::{ExtraField, Meta};
use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::{Encoding, UTF_8};

use crate::date;

/// Tags that a page may have. Trees of more are taken apart more slowly than is fit for a batch.
const TAGS: usize = 200_000;

/// Tags that may stand open, roughly: the parser looks through all of them at each new one.
const OPEN: usize = 4096;

/// Elements inside one another, as browsers have it. Looking for the article takes the square of it.
const DEPTH: usize = 512;

/// How far the encoding is looked for (bytes), as in the HTML standard.
const PRESCAN: usize = 1024;

/// The encoding that a page states of itself, in `<meta charset>` or `<meta http-equiv>`.
pub(crate) fn stated_encoding(page: &[u8]) -> Option<&'static Encoding> {
    let head = page[..page.len().min(PRESCAN)].to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset")?;
    let rest = head[at + b"charset".len()..].trim_ascii_start().strip_prefix(b"=")?;
    let start = rest.iter().position(|byte| !matches!(byte, b' ' | b'"' | b'\''))?;
    let label =
        rest[start..].split(|byte| !(byte.is_ascii_alphanumeric() || b"-_:".contains(byte))).next()?;
    // Whoever could read this far was not reading UTF-16: the standard takes it for a slip.
    Encoding::for_label(label).map(|encoding| if encoding.is_ascii_compatible() { encoding } else { UTF_8 })
}

/// Text and facts of an article: without menus, advertisements and comments, where an article can be made out; of a
/// page without one, all its text.
pub(crate) fn article(page: &str) -> Result<(Meta, String), String> {
    let tree = tree(page)?;
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let fault = |error: dom_smoothie::ReadabilityError| format!("not a readable page: {error}");
    let mut readability = Readability::with_document(tree, None, Some(config)).map_err(fault)?;
    let Ok(article) = readability.parse() else { return Ok((Meta::default(), text(page)?)) };
    let text = article.text_content.trim().to_owned();
    let stated = |fact: Option<String>| fact.filter(|fact| !fact.trim().is_empty());
    let mut meta = Meta {
        title: stated(Some(article.title)),
        author: stated(article.byline),
        publication: stated(article.site_name),
        ..Meta::default()
    };
    if let Some(published) = stated(article.published_time) {
        meta.date = date::iso(&published);
        if meta.date.is_none() {
            meta.extra.push(ExtraField { key: "published".to_owned(), value: published });
        }
    }
    Ok((meta, text))
}

/// All text of a page, its paragraphs apart.
pub(crate) fn text(page: &str) -> Result<String, String> {
    let document = tree(page)?;
    document.select("script, style, noscript, template, head").remove();
    Ok(document.formatted_text().trim().to_owned())
}

/// The tree of a page, if it can be taken apart in reasonable time.
fn tree(page: &str) -> Result<Document, String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_and_endless_pages_are_told_or_read_quickly() {
        let deep = |tag: &str| article(&tag.repeat(100_000)).unwrap_err();
        for tag in ["<div>", "<x/>", "<div><x/>"] {
            assert!(deep(tag).contains("over 512") || deep(tag).contains("over 200000"), "{tag}");
        }
        assert!(article(&"<br>".repeat(300_000)).unwrap_err().contains("of 300000 tags"));
        assert_eq!(text(&"<".repeat(1_000_000)).unwrap().len(), 1_000_000);
        assert!(article(&format!("{}x", "<p>Osh waits.".repeat(2000))).unwrap().1.contains("Osh waits."));
    }

    #[test]
    fn encodings_are_stated_in_many_ways() {
        let stated = |page: &str| stated_encoding(page.as_bytes()).map(Encoding::name);
        assert_eq!(stated("<meta charset='windows-1251'>"), Some("windows-1251"));
        let long = "<META http-equiv=Content-Type content=\"text/html; CHARSET = koi8-r\">";
        assert_eq!(stated(long), Some("KOI8-R"));
        assert_eq!(stated("<p>charset"), None);
    }
}
