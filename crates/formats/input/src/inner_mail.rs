//! Messages inside messages, as forwards and digests have them: each becomes a document of its own, which names the one
//! around it.

use docmill_core::{ExtraField, Meta, Source};
use mail_parser::{Message, MessageParser, PartType};

use crate::Item;
use crate::channel::Disconnected;
use crate::container::Reader;
use crate::item::PayloadKind;
use crate::letter::Letter;
use crate::mail;

/// Layers of messages that are taken apart. What lies deeper is read with the message around it: each layer is copied
/// once more.
const LAYERS: usize = 8;

/// Text and facts of a message.
pub(crate) fn read(letter: &Letter, bytes: &[u8], source: &mut Source) -> Result<(Meta, String), String> {
    let plain = if letter.unquote { mail::unquoted(bytes) } else { bytes.to_vec() };
    let (mut meta, text) =
        if letter.split { mail::outer_message(&plain, source)? } else { mail::message(&plain, source)? };
    if let Some(parent) = &letter.parent {
        meta.extra.push(ExtraField { key: "parent".to_owned(), value: parent.clone() });
    }
    Ok((meta, text))
}

/// A message inside another one.
struct Inner {
    bytes: Vec<u8>,
    /// Its places, from the outermost message down: `!2!1`.
    place: String,
    /// That of the message around it.
    parent: String,
    split: bool,
    has_text: bool,
}

impl Reader<'_> {
    /// Hands over a message, and behind it those inside it.
    pub fn letter(&mut self, place: &Source, bytes: Vec<u8>, unquote: bool) -> Result<(), Disconnected> {
        let plain = if unquote { mail::unquoted(&bytes) } else { Vec::new() };
        let inner = inner(if unquote { &plain } else { &bytes });
        drop(plain);
        let letter = |letter: Letter| PayloadKind::Letter(Box::new(letter));
        if inner.len() < 2 {
            let whole = Letter { unquote, ..Letter::default() };
            return self.put(Item::bytes_of(place.clone(), bytes, letter(whole)));
        }
        let id = place.id();
        for message in inner.into_iter().filter(|message| message.has_text) {
            let outermost = message.place.is_empty();
            let parent = (!outermost).then(|| format!("{id}{}", message.parent));
            let own = (!outermost).then(|| format!("{id}{}", message.place));
            let kind = letter(Letter { parent, split: message.split, unquote: false });
            self.put(Item::bytes_of(place.clone(), message.bytes, kind).with_id(own))?;
        }
        Ok(())
    }
}

/// The message and those inside it; only itself if there are none.
fn inner(bytes: &[u8]) -> Vec<Inner> {
    let lower = bytes.to_ascii_lowercase();
    let has = |word: &[u8]| memchr::memmem::find(&lower, word).is_some();
    if !has(b"message/") && !has(b"multipart/digest") {
        return Vec::new();
    }
    let bounded = mail::headers::bounded(bytes);
    let plain = mail::without_encoded_messages(&bounded);
    let Some(message) = MessageParser::default().parse(&plain[..]) else { return Vec::new() };
    let mut found = Vec::new();
    let mut open: Vec<(&Message<'_>, String, String, usize)> =
        vec![(&message, String::new(), String::new(), 0)];
    while let Some((message, place, parent, layer)) = open.pop() {
        let split = layer + 1 < LAYERS;
        let has_text = message.parts.iter().any(|part| match &part.body {
            PartType::Text(text) | PartType::Html(text) => !text.trim().is_empty(),
            _ => false,
        });
        let mut below = Vec::new();
        if split {
            let messages = message.attachments().filter_map(|part| match &part.body {
                PartType::Message(inner) => Some(inner),
                _ => None,
            });
            for (at, inner) in messages.enumerate() {
                below.push((inner, format!("{place}!{}", at + 1), place.clone(), layer + 1));
            }
        }
        found.push(Inner {
            bytes: if layer == 0 { bytes.to_vec() } else { message.raw_message().to_vec() },
            has_text: has_text || !split,
            place,
            parent,
            split,
        });
        open.extend(below.into_iter().rev());
    }
    drop(open);
    mail::dismantle(message);
    found
}
