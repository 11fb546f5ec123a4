//! Properties of a message or an attachment: long ones are streams, short ones lie in one stream together.

use std::collections::HashMap;
use std::io::{Read, Seek};

use cfb::CompoundFile;
use encoding_rs::{Encoding, UTF_16LE};

use crate::rtf::by_code_page;
use crate::text::unmarked;

/// Numbers of properties (MS-OXPROPS).
pub(super) mod tag {
    pub const SUBJECT: u16 = 0x0037;
    pub const SUBMITTED: u16 = 0x0039;
    pub const SENT_FOR: u16 = 0x0042;
    pub const SENT_FOR_ADDRESS: u16 = 0x0065;
    pub const HEADERS: u16 = 0x007D;
    pub const SENDER: u16 = 0x0C1A;
    pub const SENDER_ADDRESS: u16 = 0x0C1F;
    pub const DISPLAY_TO: u16 = 0x0E04;
    pub const DELIVERED: u16 = 0x0E06;
    pub const BODY: u16 = 0x1000;
    pub const RICH: u16 = 0x1009;
    pub const HTML: u16 = 0x1013;
    pub const MESSAGE_ID: u16 = 0x1035;
    pub const DISPLAY_NAME: u16 = 0x3001;
    pub const ATTACHED: u16 = 0x3701;
    pub const SHORT_NAME: u16 = 0x3704;
    pub const LONG_NAME: u16 = 0x3707;
    pub const BODY_PAGE: u16 = 0x3FDE;
    pub const MESSAGE_PAGE: u16 = 0x3FFD;
    pub const SENDER_MAIL: u16 = 0x5D01;
    pub const SENT_FOR_MAIL: u16 = 0x5D02;
}

/// Types of properties.
const NUMBER: u16 = 0x0003;
const BYTES: u16 = 0x001E;
const WIDE: u16 = 0x001F;
const TIME: u16 = 0x0040;
pub(super) const BINARY: u16 = 0x0102;
const OBJECT: u16 = 0x000D;

/// The stream of the short properties.
const SHORT: &str = "__properties_version1.0";

/// Attachments that are looked for in one message.
const ATTACHMENTS: usize = 10_000;

/// Short properties of a message that are read.
const SHORT_BYTES: u64 = 1 << 20;

/// A fact of this many characters or more is cut.
const FACT: u64 = 1 << 20;

/// What has the properties: it decides how many bytes lie before the short ones.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Message,
    Inner,
    Attachment,
}

/// Whether a message lies in the folder.
pub(super) fn is_message<F>(store: &CompoundFile<F>, folder: &str) -> bool {
    store.is_stream(format!("{folder}/{SHORT}"))
}

/// Folders of the attachments, in their order.
pub(super) fn attachments<F>(store: &CompoundFile<F>, folder: &str) -> Vec<String> {
    let root = if folder.is_empty() { "/" } else { folder };
    let Ok(entries) = store.read_storage(root) else { return Vec::new() };
    let attached = |name: &str| name.starts_with("__attach_version1.0_#");
    let names = entries.filter(|entry| entry.is_storage() && attached(entry.name())).take(ATTACHMENTS);
    let mut folders: Vec<String> = names.map(|entry| format!("{folder}/{}", entry.name())).collect();
    folders.sort();
    folders
}

/// The folder of a message that is attached.
pub(super) fn inner(attachment: &str) -> String {
    stream(attachment, tag::ATTACHED, OBJECT)
}

fn stream(folder: &str, tag: u16, kind: u16) -> String {
    format!("{folder}/__substg1.0_{tag:04X}{kind:04X}")
}

/// The properties of one message or attachment.
pub(super) struct Properties<'s, F> {
    store: &'s mut CompoundFile<F>,
    folder: String,
    limit: u64,
    short: HashMap<(u16, u16), u64>,
}

impl<'s, F: Read + Seek> Properties<'s, F> {
    pub fn of(store: &'s mut CompoundFile<F>, folder: &str, kind: Kind, limit: u64) -> Self {
        let mut properties = Self { store, folder: folder.to_owned(), limit, short: HashMap::new() };
        let bytes = properties.stream(&format!("{folder}/{SHORT}"), SHORT_BYTES).unwrap_or_default();
        let header = match kind {
            Kind::Message => 32,
            Kind::Inner => 24,
            Kind::Attachment => 8,
        };
        let (entries, _) = bytes.get(header..).unwrap_or_default().as_chunks::<16>();
        for entry in entries {
            let two = |at: usize| u16::from_le_bytes([entry[at], entry[at + 1]]);
            let value = (0..8).fold(0, |value, at| value | u64::from(entry[8 + at]) << (8 * at));
            properties.short.insert((two(2), two(0)), value);
        }
        properties
    }

    pub fn path(&self, tag: u16, kind: u16) -> String {
        stream(&self.folder, tag, kind)
    }

    /// At most so many bytes of a stream; what is damaged behind them is left out.
    fn stream(&mut self, path: &str, most: u64) -> Option<Vec<u8>> {
        if !self.store.is_stream(path) {
            return None;
        }
        let mut bytes = Vec::new();
        // What can be read of a damaged stream is read.
        let _ = self.store.open_stream(path).ok()?.take(most).read_to_end(&mut bytes);
        Some(bytes)
    }

    /// The bytes of a property; the outer `None`: they are too many.
    #[expect(clippy::option_option, reason = "two ways of having nothing")]
    fn bounded(&mut self, tag: u16, kind: u16) -> Option<Option<Vec<u8>>> {
        let bytes = self.stream(&self.path(tag, kind), self.limit.saturating_add(1));
        match bytes {
            Some(bytes) if bytes.len() as u64 > self.limit => None,
            bytes => Some(bytes),
        }
    }

    #[expect(clippy::option_option, reason = "two ways of having nothing")]
    pub fn binary(&mut self, tag: u16) -> Option<Option<Vec<u8>>> {
        self.bounded(tag, BINARY)
    }

    /// A text of any length.
    #[expect(clippy::option_option, reason = "two ways of having nothing")]
    pub fn text_in_full(&mut self, tag: u16) -> Option<Option<String>> {
        if let Some(bytes) = self.bounded(tag, WIDE)? {
            return Some(Some(wide(&bytes)));
        }
        let bytes = self.bounded(tag, BYTES)?;
        let encoding = self.encoding();
        Some(bytes.map(|bytes| unmarked(bytes, encoding).text))
    }

    /// A fact.
    pub fn text(&mut self, tag: u16) -> Option<String> {
        let text = if let Some(bytes) = self.stream(&self.path(tag, WIDE), FACT) {
            wide(&bytes)
        } else {
            let bytes = self.stream(&self.path(tag, BYTES), FACT)?;
            unmarked(bytes, self.encoding()).text
        };
        let text = text.trim_matches(|c: char| c == '\0' || c.is_whitespace());
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The encoding of texts that are not in Unicode; `None` if it is not stated.
    pub fn encoding(&self) -> Option<&'static Encoding> {
        [tag::MESSAGE_PAGE, tag::BODY_PAGE].into_iter().find_map(|tag| {
            let page = self.short.get(&(tag, NUMBER))?;
            by_code_page((page & 0xFFFF_FFFF).cast_signed())
        })
    }

    /// Ticks of 100 nanoseconds since 1601.
    pub fn time(&self, tag: u16) -> Option<u64> {
        self.short.get(&(tag, TIME)).copied().filter(|&ticks| ticks > 0)
    }

    /// Name and address of whom it is from.
    pub fn sender(&mut self) -> Option<String> {
        let name = self.text(tag::SENT_FOR).or_else(|| self.text(tag::SENDER));
        let addresses = [tag::SENT_FOR_MAIL, tag::SENDER_MAIL, tag::SENT_FOR_ADDRESS, tag::SENDER_ADDRESS];
        // In an organization's own network, the address is no mail address.
        let address = addresses.into_iter().find_map(|tag| self.text(tag).filter(|text| text.contains('@')));
        match (name, address) {
            (Some(name), Some(address)) if name != address => Some(format!("{name} <{address}>")),
            (name, address) => name.or(address),
        }
    }

    /// The name of an attached file.
    pub fn file_name(&mut self) -> Option<String> {
        [tag::LONG_NAME, tag::SHORT_NAME, tag::DISPLAY_NAME].into_iter().find_map(|tag| self.text(tag))
    }
}

fn wide(bytes: &[u8]) -> String {
    UTF_16LE.decode_without_bom_handling(bytes).0.into_owned()
}
