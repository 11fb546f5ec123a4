//! Files attached to letters: those of a format that is read become documents that name the letter, the others are
//! counted.

use docmill_core::Source;
use mail_parser::{MessagePart, MimeHeaders, PartType};

use crate::archives::Names;
use crate::channel::Disconnected;
use crate::container::Reader;
use crate::mail;
use crate::read::too_deep;
use crate::settings::Compiled;

/// An attached file.
pub(crate) struct Attached {
    name: String,
    bytes: Vec<u8>,
}

/// Ends of names for types whose own name is another one.
const ENDS: [(&str, &str); 6] = [
    ("vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ("vnd.oasis.opendocument.text", "odt"),
    ("msword", "doc"),
    ("epub+zip", "epub"),
    ("vnd.ms-outlook", "msg"),
    ("rfc822", "eml"),
];

/// Whether a message may have files attached, by its bytes in lower case. Others need not be taken apart.
pub(crate) fn may_have(lower: &[u8]) -> bool {
    let marks: [&[u8]; 5] = [b"attachment", b"name=", b"name*", b"application/", b"image/"];
    marks.iter().any(|mark| memchr::memmem::find(lower, mark).is_some())
}

/// Whether a part is a file of its own: no prose, which is read with the letter, and no letter.
pub(crate) fn is_file(part: &MessagePart<'_>) -> bool {
    let file = match &part.body {
        PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Html(_) => true,
        PartType::Text(_) => !mail::is_plain(part),
        PartType::Message(_) | PartType::Multipart(_) => false,
    };
    file && !mail::is_mailbox(part)
}

/// The file, if it is to be read; else it is counted.
pub(crate) fn wanted(part: &MessagePart<'_>, settings: &Compiled) -> Option<Attached> {
    let name = name(part);
    settings.takes_member(&name).then(|| Attached { name, bytes: part.contents().to_vec() })
}

/// Its name; of one without, by its type: `attachment.pdf`.
fn name(part: &MessagePart<'_>) -> String {
    if let Some(name) = part.attachment_name() {
        return name.to_owned();
    }
    let subtype = part.content_type().and_then(|kind| kind.subtype()).unwrap_or_default();
    let subtype = subtype.to_ascii_lowercase();
    let subtype = subtype.trim_start_matches("x-");
    let known = ENDS.iter().find(|(kind, _)| *kind == subtype).map(|(_, end)| *end);
    match known.unwrap_or(subtype) {
        "" | "octet-stream" => "attachment".to_owned(),
        end => format!("attachment.{end}"),
    }
}

impl Reader<'_> {
    /// Reads the files attached to the letter at `inner` (`!2!1`; empty: the outermost) in the message at `place`.
    pub fn attached(
        &mut self,
        place: &Source,
        inner: &str,
        files: Vec<Attached>,
        depth: u32,
    ) -> Result<(), Disconnected> {
        let letter = format!("{}{inner}", place.id());
        let member = letter.strip_prefix(place.path.as_str()).unwrap_or_default().trim_start_matches('!');
        let member = (!member.is_empty()).then(|| member.to_owned());
        let letter_place = Source { path: place.path.clone(), member, ..Source::default() };
        let limits = &self.settings.settings;
        let mut names = Names::default();
        let around = self.parent.replace(letter);
        for file in files {
            // The reader has already reported that it reads no more of this file.
            if self.members > limits.max_members || self.budget.is_spent() {
                break;
            }
            let place = names.place(&letter_place, &file.name);
            if depth >= limits.max_depth {
                self.fault(place, too_deep(limits.max_depth))?;
            } else if !self.member(&letter_place, &place, &file.name, &mut &file.bytes[..], depth + 1)? {
                break;
            }
        }
        self.parent = around;
        Ok(())
    }
}
