//! Documents that a calling program holds in memory.

use docmill_core::Source;

use crate::codec::too_long;
use crate::item::PayloadKind;
use crate::jsonl::id;
use crate::{Archive, Format, Item};

impl Archive {
    /// A text, as it would come from a file of this name. If the settings state an encoding, the bytes are read by it.
    pub fn text(&self, name: &str, text: String) -> Item {
        self.bytes(name, text.into_bytes(), PayloadKind::File(Format::Text))
    }

    /// A JSON object with the fields that `input.fields` names, as it would come from a line of JSON lines. Its own id
    /// goes before the name.
    pub fn object(&self, name: &str, json: Vec<u8>) -> Item {
        let own = id(&json, &self.settings.settings.fields.id);
        self.bytes(name, json, PayloadKind::Json).with_id(own)
    }

    /// The bytes of a file that holds one document, of the format that its name states, or else text.
    pub fn file(&self, name: &str, bytes: Vec<u8>) -> Item {
        let format = Format::by_name(name).format.unwrap_or(Format::Text);
        if !format.is_document() {
            return Item::fault(place(name), "a file of many documents, which is read from a disk only");
        }
        self.bytes(name, bytes, PayloadKind::File(format))
    }

    /// Something that did not become a document, and why.
    pub fn unreadable(&self, name: &str, reason: impl Into<String>) -> Item {
        Item::fault(place(name), reason)
    }

    fn bytes(&self, name: &str, bytes: Vec<u8>, kind: PayloadKind) -> Item {
        let limit = self.settings.settings.max_bytes;
        if bytes.len() as u64 > limit {
            return Item::fault(place(name), too_long(limit));
        }
        Item::bytes_of(place(name), bytes, kind)
    }
}

fn place(name: &str) -> Source {
    Source { path: name.to_owned(), ..Source::default() }
}

#[cfg(test)]
mod tests {
    use crate::InputSettings;

    use super::*;

    #[test]
    fn texts_and_objects_become_documents() {
        let archive = Archive::new(InputSettings { max_bytes: 60, ..InputSettings::default() }).unwrap();
        let text = archive.load(archive.text("7", "Rome — voted.".to_owned())).unwrap();
        assert_eq!((text.id(), text.text()), ("7", "Rome — voted."));
        assert_eq!(text.source().encoding.as_deref(), Some("UTF-8"));
        let object =
            archive.load(archive.object("8", br#"{"id": "a", "text": "x", "desk": 3}"#.to_vec())).unwrap();
        assert_eq!((object.id(), object.source().path.as_str()), ("a", "8"));
        assert_eq!(object.meta.extra[0].value, "3");

        let page =
            archive.load(archive.file("a.html", b"<p>Rome &amp; Oslo voted on it.</p>".to_vec())).unwrap();
        assert_eq!(page.text().trim(), "Rome & Oslo voted on it.");

        let reason = |item| archive.load(item).unwrap_err().message;
        assert!(reason(archive.file("a.csv", b"text\nx\n".to_vec())).contains("many documents"));
        assert!(reason(archive.text("9", "x".repeat(61))).contains("input.max_bytes"));
        assert!(reason(archive.object("9", b"[]".to_vec())).contains("a JSON object"));
        assert_eq!(reason(archive.unreadable("9", "no text")), "no text");
    }
}
