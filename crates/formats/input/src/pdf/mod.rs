//! PDF: the text that a page draws, in the order of reading.
//!
//! `lopdf` reads the file's objects. What draws text, fonts and layout are here: of the crates that give text, one panics
//! on colours and fonts that it does not know, and one brings a renderer of pages and 140 crates along.
//!
//! - [`open`] guards against what grows or loops, and finds the pages.
//! - [`content`] splits what a page draws into operators; [`draw`] follows them and gives glyphs.
//! - [`font`] and [`cmap`] say which characters the bytes of a string are, and how wide.
//! - [`pieces`] makes pieces of lines of glyphs, [`columns`] puts them in order, [`running`] drops what repeats on every
//!   page, and [`paragraphs`] joins lines.

#![expect(
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "places on a page are small, and what a file states is clamped"
)]

mod cmap;
mod columns;
mod content;
mod draw;
mod font;
mod open;
mod paragraphs;
mod pieces;
mod running;

use std::panic::{self, AssertUnwindSafe};

use docmill_core::{ExtraField, Meta};
use lopdf::{Dictionary, Document, Object, decode_text_string};

use crate::settings::InputSettings;

/// Glyphs of one file, at most: ten times those of the longest books.
const GLYPHS: usize = 50_000_000;

/// Text and facts of a PDF. Pages are told by `pages` and `page_starts` (the first character of each).
pub(crate) fn pdf(bytes: &[u8], limits: &InputSettings) -> Result<(Meta, String), String> {
    // On bytes that its authors have not thought of, a parser may panic.
    panic::catch_unwind(AssertUnwindSafe(|| read(bytes, limits)))
        .unwrap_or_else(|_| Err("a damaged PDF; open it in a PDF program and save it again".to_owned()))
}

fn read(bytes: &[u8], limits: &InputSettings) -> Result<(Meta, String), String> {
    let document = open::open(bytes, limits.max_ratio)?;
    let pages = open::pages(&document);
    if pages.is_empty() {
        return Err("a PDF without pages; it may be damaged".to_owned());
    }
    let mut drawer = draw::Drawer::new(&document, open::budget(bytes.len(), limits.max_ratio));
    let mut laid = Vec::with_capacity(pages.len());
    let mut glyphs = 0;
    for page in &pages {
        let drawn = drawer.page(page);
        glyphs += drawn.len();
        if glyphs > GLYPHS {
            return Err(format!("a PDF of more than {GLYPHS} characters; split it"));
        }
        laid.push(columns::ordered(pieces::pieces(drawn)));
    }
    let empty = laid.iter().filter(|lines| lines.is_empty()).count();
    if empty == laid.len() {
        return Err(if drawer.unmapped > 0 {
            "a PDF whose fonts do not say which characters they draw; it takes character recognition (such as ocrmypdf) to \
             read it"
                .to_owned()
        } else {
            format!(
                "a PDF of {} without text (scanned?); add a text layer with OCR software such as ocrmypdf",
                counted(pages.len())
            )
        });
    }
    running::drop_running(&mut laid);
    let (text, starts) = paragraphs::text(laid);
    if text.len() as u64 > limits.max_bytes {
        return Err(crate::codec::too_long(limits.max_bytes));
    }
    if text.trim().is_empty() {
        return Err("a PDF that contains only page numbers and running heads".to_owned());
    }
    let mut meta = facts(&document);
    let mut add = |key: &str, value: String| meta.extra.push(ExtraField { key: key.to_owned(), value });
    add("pages", pages.len().to_string());
    add("page_starts", starts.iter().map(ToString::to_string).collect::<Vec<_>>().join(","));
    if empty > 0 {
        add("pages_without_text", empty.to_string());
    }
    if drawer.unmapped > 0 {
        add("unmapped_glyphs", drawer.unmapped.to_string());
    }
    Ok((meta, text))
}

fn counted(pages: usize) -> String {
    if pages == 1 { "one page".to_owned() } else { format!("{pages} pages") }
}

/// What the file says of itself. Titles that are names of files say nothing.
fn facts(document: &Document) -> Meta {
    let info = document.trailer.get(b"Info").and_then(|info| document.dereference(info));
    let Ok(info) = info.and_then(|(_, info)| info.as_dict()) else { return Meta::default() };
    let fact = |key: &[u8]| text(document, info, key);
    let is_name = |title: &str| {
        let lower = title.to_lowercase();
        lower.starts_with("microsoft word")
            || lower == "untitled"
            || lower == "(anonymous)"
            || [".doc", ".docx", ".pdf", ".indd", ".qxd", ".tex", ".dvi", ".rtf"]
                .iter()
                .any(|end| lower.ends_with(end))
    };
    let created = fact(b"CreationDate").and_then(|date| crate::date::iso(date.trim_start_matches("D:")));
    let mut meta = Meta {
        title: fact(b"Title").filter(|title| !is_name(title)),
        author: fact(b"Author").filter(|author| {
            !matches!(author.to_lowercase().as_str(), "anonymous" | "(anonymous)" | "unknown")
        }),
        ..Meta::default()
    };
    meta.extra.extend(created.map(|value| ExtraField { key: "created".to_owned(), value }));
    meta
}

fn text(document: &Document, info: &Dictionary, key: &[u8]) -> Option<String> {
    let (_, value) = document.dereference(info.get(key).ok()?).ok()?;
    let text = match value {
        Object::String(..) => decode_text_string(value).ok()?,
        _ => return None,
    };
    let text = text.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned();
    (!text.is_empty()).then_some(text)
}
