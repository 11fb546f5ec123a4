//! `OpenDocument` texts (ISO/IEC 26300).

use docmill_core::Meta;

use super::package::Package;
use super::paragraphs::Paragraphs;
use super::xml::{Step, attribute, read, texts};
use super::{add, fact};
use crate::settings::InputSettings;

/// What is not the text as it stands: deletions, comments, marks of notes, tables of contents, names of drawings.
const SKIPPED: [&str; 10] = [
    "tracked-changes",
    "annotation",
    "note-citation",
    "table-of-content",
    "alphabetical-index",
    "title",
    "desc",
    "sequence-decls",
    "ruby-text",
    "forms",
];

/// Blanks that one element may stand for.
const BLANKS: usize = 100;

/// Text and facts. Headers and footers are no part of the content; notes follow the text.
pub(crate) fn odt(bytes: &[u8], limits: &InputSettings) -> Result<(Meta, String), String> {
    let mut package = Package::open(bytes, "an OpenDocument text", limits)?;
    if package.part("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err("a password-protected OpenDocument text; save it without the password".to_owned());
    }
    let mut paragraphs = Paragraphs::default();
    let mut skipped = 0;
    read(&package.required("content.xml")?, |step| match step {
        Step::Open(..) if skipped > 0 => skipped += 1,
        Step::Close(_) if skipped > 0 => skipped -= 1,
        Step::Text(_) if skipped > 0 => {}
        Step::Open(name, _) if SKIPPED.contains(&name) => skipped = 1,
        Step::Open(name, start) => match name {
            "p" | "h" => paragraphs.begin(),
            "s" => {
                let blanks = attribute(start, "c").and_then(|c| c.parse().ok()).unwrap_or(1);
                paragraphs.push(&" ".repeat(BLANKS.min(blanks)));
            }
            "tab" => paragraphs.push("\t"),
            "line-break" => paragraphs.push("\n"),
            "table" => paragraphs.tables += 1,
            "note-body" => paragraphs.note += 1,
            _ => {}
        },
        Step::Close(name) => match name {
            "p" | "h" => paragraphs.end(),
            "table" => paragraphs.tables = paragraphs.tables.saturating_sub(1),
            "note-body" => paragraphs.note = paragraphs.note.saturating_sub(1),
            _ => {}
        },
        Step::Text(text) => paragraphs.push_collapsed(text),
    })?;
    let mut meta = Meta::default();
    if let Some(facts) = package.part("meta.xml")? {
        for (name, value) in
            texts(&facts, &["title", "initial-creator", "creator", "creation-date", "language"])
        {
            match name.as_str() {
                "title" => meta.title = fact(&value),
                "initial-creator" => meta.author = fact(&value),
                "creator" => meta.author = meta.author.or_else(|| fact(&value)),
                "creation-date" => add(&mut meta, "created", Some(value)),
                _ => add(&mut meta, &name, Some(value)),
            }
        }
    }
    Ok((meta, paragraphs.text()))
}
