//! Documents of word processors and electronic books: XML in a zip file.

mod docx;
mod epub;
mod odt;
mod package;
mod paragraphs;
mod xml;

use docmill_core::{ExtraField, Meta};

pub(crate) use docx::docx;
pub(crate) use epub::epub;
pub(crate) use odt::odt;

/// Why a file that is no zip file cannot be read as what its name says.
fn no_package(bytes: &[u8], what: &str) -> String {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        format!(
            "{what} that is password-protected, or an old Office file under another name; save it in the new format without a password"
        )
    } else {
        format!("not {what}, although its name says so; it may be damaged")
    }
}

/// Adds a fact that has no field of its own.
fn add(meta: &mut Meta, key: &str, value: Option<String>) {
    let value = value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
    meta.extra.extend(value.map(|value| ExtraField { key: key.to_owned(), value }));
}

/// A fact, if it is not empty.
fn fact(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}
