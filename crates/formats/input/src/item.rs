//! What the reading thread hands over: a document that is not yet one.

use std::path::PathBuf;
use std::sync::Arc;

use docmill_core::Source;

use crate::Format;
use crate::letter::Letter;
use crate::outlook_text::Facts;
use crate::page::Page;
use crate::table_header::Header;

/// How many times the memory of a text a page takes while it is a tree.
const TREE: u64 = 4;

/// Something that will become a document, or the reason why it cannot.
#[derive(Debug)]
pub struct Item {
    id: Option<String>,
    doubled: Option<String>,
    parent: Option<String>,
    source: Source,
    bytes: u64,
    pub(crate) payload: Payload,
}

/// What there is of it.
#[derive(Debug)]
pub(crate) enum Payload {
    /// A file of one document, opened by the worker.
    File { path: PathBuf, format: Format },
    /// Standard input as one document, read by the worker.
    Stdin,
    /// The bytes of a member or record.
    Bytes { bytes: Vec<u8>, kind: PayloadKind },
    /// It could not be read.
    Fault(String),
}

/// What bytes hold.
#[derive(Debug, Clone)]
pub(crate) enum PayloadKind {
    /// A file of one document.
    File(Format),
    /// A JSON object.
    Json,
    /// A row of a table.
    Row(Arc<Header>),
    /// A mail message.
    Letter(Box<Letter>),
    /// The text of an Outlook message.
    Outlook(Box<Facts>),
    /// The body of a page in a web archive.
    Page(Box<Page>),
}

impl Item {
    pub(crate) fn file(source: Source, path: PathBuf, bytes: u64, format: Format) -> Self {
        Self { id: None, doubled: None, parent: None, source, bytes, payload: Payload::File { path, format } }
    }

    pub(crate) fn stdin() -> Self {
        let source = Source { path: "-".to_owned(), ..Source::default() };
        Self { id: None, doubled: None, parent: None, source, bytes: 0, payload: Payload::Stdin }
    }

    pub(crate) fn bytes_of(source: Source, bytes: Vec<u8>, kind: PayloadKind) -> Self {
        let length = bytes.len() as u64;
        Self {
            id: None,
            doubled: None,
            parent: None,
            source,
            bytes: length,
            payload: Payload::Bytes { bytes, kind },
        }
    }

    pub(crate) fn fault(source: Source, reason: impl Into<String>) -> Self {
        Self {
            id: None,
            doubled: None,
            parent: None,
            source,
            bytes: 0,
            payload: Payload::Fault(reason.into()),
        }
    }

    /// Gives it an id of its own.
    pub(crate) fn with_id(mut self, id: Option<String>) -> Self {
        self.id = id;
        self
    }

    /// Notes the letter that it lies in; the innermost counts.
    pub(crate) fn in_letter(mut self, parent: Option<&String>) -> Self {
        self.parent = self.parent.or_else(|| parent.cloned());
        self
    }

    /// Id of the letter that it lies in.
    pub(crate) fn parent(&self) -> Option<&str> {
        self.parent.as_deref()
    }

    /// The id with the place behind it, for an item whose id another one has.
    #[must_use]
    pub fn with_its_place(self) -> Self {
        let id = format!("{}~{}", self.id(), self.source.id());
        self.with_id(Some(id))
    }

    /// Notes that an earlier item has the id that this one would have.
    pub(crate) fn doubles(mut self, id: String) -> Self {
        self.doubled = Some(id);
        self
    }

    /// The id that the document would have, if an earlier document of the archive has it. [`Item::id`] is another one
    /// then: that id, `~`, and the place of the document.
    pub fn doubled_id(&self) -> Option<&str> {
        self.doubled.as_deref()
    }

    /// Id that the document will have: its own, or else path, member and record number.
    pub fn id(&self) -> String {
        self.id.clone().unwrap_or_else(|| self.source.id())
    }

    /// Where it is. Hash, length and encoding are not known before it is loaded.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// True if its bytes decide the document, together with its place and the settings. Rows of a table need the header as
    /// well, pages of a web archive and messages of Outlook what is said of them, and standard input is read once.
    pub fn is_self_contained(&self) -> bool {
        match &self.payload {
            Payload::File { .. } => true,
            Payload::Bytes { kind, .. } => {
                !matches!(kind, PayloadKind::Row(_) | PayloadKind::Page(_) | PayloadKind::Outlook(_))
            }
            Payload::Stdin | Payload::Fault(_) => false,
        }
    }

    /// Bytes of text whose memory it takes. The tree of a page takes more than its text: that of `<p>x`, repeated, takes
    /// some 100 bytes for each of the page.
    pub fn weight(&self) -> u64 {
        let tree = match &self.payload {
            Payload::File { format, .. } => matches!(format, Format::Html | Format::Eml),
            Payload::Bytes { kind, .. } => match kind {
                PayloadKind::File(format) => matches!(format, Format::Html | Format::Eml),
                PayloadKind::Letter(_) => true,
                PayloadKind::Outlook(facts) => facts.is_page(),
                PayloadKind::Page(page) => page.format == Some(Format::Html),
                PayloadKind::Json | PayloadKind::Row(_) => false,
            },
            Payload::Stdin | Payload::Fault(_) => false,
        };
        if tree { self.bytes.saturating_mul(TREE) } else { self.bytes }
    }

    /// Bytes of text that it is likely to become.
    pub fn size_hint(&self) -> u64 {
        self.bytes
    }
}

/// The place of a member inside an archive, which may be a member itself. A name is shown, never used as a path; what
/// could steer a terminal is shown as U+FFFD.
pub(crate) fn member(archive: &Source, name: &str) -> Source {
    let name: String = name.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
    let member = match &archive.member {
        Some(outer) => format!("{outer}!{name}"),
        None => name,
    };
    Source { member: Some(member), ..archive.clone() }
}

/// The place of a record in a file of many.
pub(crate) fn record(file: &Source, number: u64) -> Source {
    Source { line: Some(number), ..file.clone() }
}
