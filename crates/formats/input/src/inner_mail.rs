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

/// The message and those inside it, in attached mailboxes too; only itself, or nothing, if there are none.
fn inner(bytes: &[u8]) -> Vec<Inner> {
    let lower = bytes.to_ascii_lowercase();
    let has = |word: &[u8]| memchr::memmem::find(&lower, word).is_some();
    let mut found = Vec::new();
    if has(b"message/") || has(b"multipart/digest") || has(b"mbox") {
        collect(bytes, &Place::default(), &mut found);
    }
    found
}

/// Where a message lies.
#[derive(Debug, Clone, Default)]
struct Place {
    own: String,
    parent: String,
    layer: usize,
}

impl Place {
    fn below(&self, number: usize) -> Self {
        Self { own: format!("{}!{number}", self.own), parent: self.own.clone(), layer: self.layer + 1 }
    }
}

/// Notes a message and those inside it. Recursion ends with the layers.
fn collect(bytes: &[u8], place: &Place, found: &mut Vec<Inner>) {
    let bounded = mail::headers::bounded(bytes);
    let plain = mail::without_encoded_messages(&bounded);
    let Some(message) = MessageParser::default().parse(&plain[..]) else { return };
    let mut open: Vec<(&Message<'_>, Place)> = vec![(&message, place.clone())];
    let mut boxed: Vec<(Vec<u8>, Place)> = Vec::new();
    while let Some((message, at)) = open.pop() {
        let split = at.layer + 1 < LAYERS;
        let has_text = message.parts.iter().any(|part| match &part.body {
            PartType::Text(text) | PartType::Html(text) => !text.trim().is_empty(),
            _ => false,
        });
        let mut below = Vec::new();
        let mut number = 0;
        for part in message.attachments().filter(|_| split) {
            if let PartType::Message(inner) = &part.body {
                number += 1;
                below.push((inner, at.below(number)));
            } else if mail::is_mailbox(part) {
                for letter in mail::letters(part.contents()) {
                    number += 1;
                    boxed.push((mail::unquoted(letter), at.below(number)));
                }
            }
        }
        let outermost = at.layer == place.layer;
        found.push(Inner {
            bytes: if outermost { bytes.to_vec() } else { message.raw_message().to_vec() },
            has_text: has_text || !split,
            place: at.own,
            parent: at.parent,
            split,
        });
        open.extend(below.into_iter().rev());
    }
    drop(open);
    mail::dismantle(message);
    for (letter, place) in boxed {
        collect(&letter, &place, found);
    }
}
