//! Word documents (ECMA-376).

use docmill_core::Meta;

use super::package::Package;
use super::paragraphs::Paragraphs;
use super::xml::{Step, attribute, read, texts};
use super::{add, fact};
use crate::settings::InputSettings;

/// What is not the text as it stands: what was deleted or moved away, codes of fields, a second form of a drawing for old
/// programs, settings of paragraphs and sections.
const SKIPPED: [&str; 8] =
    ["del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback", "tabs", "sectPr"];

/// Text and facts. Headers, footers and comments are left out; notes follow the text.
pub(crate) fn docx(bytes: &[u8], limits: &InputSettings) -> Result<(Meta, String), String> {
    let mut package = Package::open(bytes, "a Word document", limits)?;
    let main = main_part(&mut package)?;
    let mut body = Body::default();
    body.read(&package.required(&main)?)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    body.paragraphs.note = 1;
    for notes in ["footnotes.xml", "endnotes.xml"] {
        if let Some(xml) = package.part(&format!("{folder}/{notes}"))? {
            body.read(&xml)?;
        }
    }
    let mut meta = Meta { title: body.title.take(), ..Meta::default() };
    if let Some(core) = package.part("docProps/core.xml")? {
        for (name, value) in texts(&core, &["title", "creator", "created", "language"]) {
            match name.as_str() {
                "title" => meta.title = fact(&value).or(meta.title),
                "creator" => meta.author = fact(&value),
                _ => add(&mut meta, &name, Some(value)),
            }
        }
    }
    Ok((meta, body.paragraphs.text()))
}

/// The path of the text in the package, by its relations.
fn main_part(package: &mut Package<'_>) -> Result<String, String> {
    let mut target = None;
    if let Some(relations) = package.part("_rels/.rels")? {
        read(&relations, |step| {
            if let Step::Open("Relationship", start) = step
                && attribute(start, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
            {
                target = attribute(start, "Target");
            }
        })?;
    }
    let target = target.unwrap_or_else(|| "word/document.xml".to_owned());
    if target.starts_with("xl/") || target.starts_with("ppt/") {
        return Err(
            "an Office spreadsheet or presentation, which docmill does not read; save it as CSV or as text"
                .to_owned(),
        );
    }
    Ok(target.trim_start_matches('/').to_owned())
}

#[derive(Default)]
struct Body {
    paragraphs: Paragraphs,
    title: Option<String>,
    /// Elements around the place since one that is left out.
    skipped: u32,
    /// Inside an element of text.
    text: bool,
    /// The paragraph is in the style of titles.
    is_title: bool,
    /// A note that is a rule, no text.
    separator: bool,
}

impl Body {
    fn read(&mut self, xml: &str) -> Result<(), String> {
        read(xml, |step| match step {
            Step::Open(..) if self.skipped > 0 => self.skipped += 1,
            Step::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Step::Text(_) if self.skipped > 0 => {}
            Step::Open(name, _) if SKIPPED.contains(&name) => self.skipped = 1,
            Step::Open(name, start) => match name {
                "p" => self.paragraphs.begin(),
                "t" => self.text = true,
                "tab" => self.paragraphs.push("\t"),
                "br" | "cr" => self.paragraphs.push("\n"),
                "noBreakHyphen" => self.paragraphs.push("\u{2011}"),
                "tbl" => self.paragraphs.tables += 1,
                "pStyle" => self.is_title = attribute(start, "val").is_some_and(|style| style == "Title"),
                "footnote" | "endnote" => {
                    self.separator = attribute(start, "type").is_some_and(|kind| kind != "normal");
                }
                _ => {}
            },
            Step::Close(name) => match name {
                "p" => {
                    if std::mem::take(&mut self.is_title) && self.title.is_none() {
                        self.title = fact(self.paragraphs.current());
                    }
                    self.paragraphs.end();
                }
                "t" => self.text = false,
                "tbl" => self.paragraphs.tables = self.paragraphs.tables.saturating_sub(1),
                _ => {}
            },
            Step::Text(text) => {
                if self.text && !self.separator {
                    self.paragraphs.push(text);
                }
            }
        })
    }
}
