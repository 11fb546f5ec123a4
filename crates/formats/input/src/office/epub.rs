//! Electronic books (EPUB 2 and 3): chapters are pages of XHTML.

use std::collections::HashMap;

use docmill_core::Meta;

use super::package::Package;
use super::xml::{Step, attribute, read, texts};
use super::{add, fact};
use crate::html;
use crate::settings::InputSettings;

/// The text of all chapters in the order of reading, without the table of contents; facts from the package.
pub(crate) fn epub(bytes: &[u8], limits: &InputSettings) -> Result<(Meta, String), String> {
    let mut book = Package::open(bytes, "an EPUB book", limits)?;
    if book.part("META-INF/encryption.xml")?.is_some_and(|xml| locks_text(&xml)) {
        return Err("an EPUB book with DRM encryption; docmill cannot decrypt it".to_owned());
    }
    let mut root = None;
    read(&book.required("META-INF/container.xml")?, |step| {
        if let Step::Open("rootfile", start) = step
            && root.is_none()
        {
            root = attribute(start, "full-path");
        }
    })?;
    let root = root.ok_or("damaged: META-INF/container.xml names no book")?;
    let package = book.required(&root)?;
    let folder = root.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut text = String::new();
    let mut unread = 0_u64;
    for chapter in chapters(&package)? {
        let chapter = book
            .part(&resolved(&folder, &chapter))
            .and_then(|page| page.map_or(Ok(None), |page| html::text(&page).map(Some)));
        match chapter {
            Ok(Some(chapter)) if chapter.trim().is_empty() => {}
            Ok(Some(chapter)) => {
                if !text.is_empty() {
                    text.push_str("\n\n");
                }
                text.push_str(chapter.trim());
            }
            // One chapter does not cost the others.
            Ok(None) | Err(_) => unread += 1,
        }
        if text.len() as u64 > limits.max_bytes {
            return Err(crate::codec::too_long(limits.max_bytes));
        }
    }
    if text.is_empty() && unread > 0 {
        return Err("an EPUB book whose chapters cannot be read".to_owned());
    }
    let mut meta = facts(&package);
    add(&mut meta, "unread_chapters", (unread > 0).then(|| unread.to_string()));
    Ok((meta, text))
}

fn facts(package: &str) -> Meta {
    let mut meta = Meta::default();
    for (name, value) in texts(package, &["title", "creator", "date", "publisher", "language"]) {
        match name.as_str() {
            "title" if meta.title.is_none() => meta.title = fact(&value),
            "creator" if meta.author.is_none() => meta.author = fact(&value),
            "publisher" if meta.publication.is_none() => meta.publication = fact(&value),
            "date" if meta.date.is_none() && crate::date::iso(&value).is_some() => {
                meta.date = crate::date::iso(&value);
            }
            _ => add(&mut meta, &name, Some(value)),
        }
    }
    meta
}

/// Paths of the chapters, as the package has them.
fn chapters(package: &str) -> Result<Vec<String>, String> {
    let mut files: HashMap<String, String> = HashMap::new();
    let mut order: Vec<String> = Vec::new();
    read(package, |step| {
        let Step::Open(name, start) = step else { return };
        match name {
            "item" => {
                let contents = attribute(start, "properties")
                    .is_some_and(|all| all.split_whitespace().any(|property| property == "nav"));
                if let (Some(id), Some(href), false) =
                    (attribute(start, "id"), attribute(start, "href"), contents)
                {
                    files.insert(id, href);
                }
            }
            "itemref" => order.extend(attribute(start, "idref")),
            _ => {}
        }
    })?;
    // A chapter that the order names twice is read once.
    Ok(order.iter().filter_map(|id| files.remove(id)).collect())
}

/// `OPS/text/1.xhtml` of `OPS/` and `text/1.xhtml#start`, `%20` and `..` resolved.
fn resolved(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let mut plain: Vec<u8> = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = (byte == b'%').then(|| std::str::from_utf8(after.get(..2)?).ok()).flatten();
        if let Some(code) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            plain.push(code);
            rest = after.get(2..).unwrap_or_default();
        } else {
            plain.push(byte);
            rest = after;
        }
    }
    let path = format!("{folder}{}", String::from_utf8_lossy(&plain));
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Whether more than fonts is encrypted.
fn locks_text(encryption: &str) -> bool {
    let mut locked = false;
    // What cannot be read locks nothing: its chapters will tell.
    let _ = read(encryption, |step| {
        if let Step::Open("CipherReference", start) = step {
            let path = attribute(start, "URI").unwrap_or_default().to_ascii_lowercase();
            locked |= [".xhtml", ".html", ".htm", ".xml"].iter().any(|end| path.ends_with(end));
        }
    });
    locked
}
