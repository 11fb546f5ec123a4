//! Messages inside messages, as forwards and digests have them: each becomes a document of its own, which names the one
//! around it.

use docmill_core::{Meta, Source};
use mail_parser::{Message, MessageParser, MessagePart, PartType};

use crate::Item;
use crate::attached::{self, Attached};
use crate::channel::Disconnected;
use crate::container::Reader;
use crate::item::PayloadKind;
use crate::letter::Letter;
use crate::mail;
use crate::settings::Compiled;

/// Layers of messages that are taken apart. What lies deeper is read with the message around it: each layer is copied
/// once more.
const LAYERS: usize = 8;

/// Text and facts of a message.
pub(crate) fn read(letter: &Letter, bytes: &[u8], source: &mut Source) -> Result<(Meta, String), String> {
    let plain = if letter.unquote { mail::unquoted(bytes) } else { bytes.to_vec() };
    if letter.split { mail::outer_message(&plain, source) } else { mail::message(&plain, source) }
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
    files: Vec<Attached>,
}

impl Reader<'_> {
    /// Hands over a message, and behind it what is attached and the messages inside it.
    pub fn letter(
        &mut self,
        place: &Source,
        bytes: Vec<u8>,
        unquote: bool,
        depth: u32,
    ) -> Result<(), Disconnected> {
        let plain = if unquote { mail::unquoted(&bytes) } else { Vec::new() };
        let mut inner = inner(if unquote { &plain } else { &bytes }, self.settings);
        drop(plain);
        let letter = |letter: Letter| PayloadKind::Letter(Box::new(letter));
        let id = place.id();
        if inner.len() < 2 {
            let (has_text, files) =
                inner.pop().map_or((true, Vec::new()), |message| (message.has_text, message.files));
            // A letter around a file need not say anything itself.
            if has_text || files.is_empty() {
                let whole = Letter { unquote, ..Letter::default() };
                self.put(Item::bytes_of(place.clone(), bytes, letter(whole)))?;
            }
            return self.attached(place, "", files, depth);
        }
        for message in inner {
            let outermost = message.place.is_empty();
            if message.has_text {
                let parent = (!outermost).then(|| format!("{id}{}", message.parent));
                let own = (!outermost).then(|| format!("{id}{}", message.place));
                let kind = letter(Letter { split: message.split, unquote: false });
                let item = Item::bytes_of(place.clone(), message.bytes, kind);
                self.put(item.with_id(own).in_letter(parent.as_ref()))?;
            }
            self.attached(place, &message.place, message.files, depth)?;
        }
        Ok(())
    }
}

/// The message and those inside it, in attached mailboxes too; only itself, or nothing, if there are none.
fn inner(bytes: &[u8], settings: &Compiled) -> Vec<Inner> {
    let lower = bytes.to_ascii_lowercase();
    let has = |word: &[u8]| memchr::memmem::find(&lower, word).is_some();
    let mut found = Vec::new();
    if has(b"message/") || has(b"multipart/digest") || has(b"mbox") || attached::may_have(&lower) {
        collect(bytes, &Place::default(), settings, &mut found);
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
fn collect(bytes: &[u8], place: &Place, settings: &Compiled, found: &mut Vec<Inner>) {
    let bounded = mail::headers::bounded(bytes);
    let plain = mail::without_encoded_messages(&bounded);
    let Some(message) = MessageParser::default().parse(&plain[..]) else { return };
    let mut open: Vec<(&Message<'_>, Place)> = vec![(&message, place.clone())];
    let mut boxed: Vec<(Vec<u8>, Place)> = Vec::new();
    while let Some((message, at)) = open.pop() {
        let split = at.layer + 1 < LAYERS;
        let files: Vec<&MessagePart<'_>> =
            message.attachments().filter(|part| attached::is_file(part)).collect();
        let has_text = message.parts.iter().any(|part| match &part.body {
            PartType::Text(text) | PartType::Html(text) => {
                !text.trim().is_empty() && !files.iter().any(|file| std::ptr::eq(*file, part))
            }
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
            files: files.into_iter().filter_map(|file| attached::wanted(file, settings)).collect(),
        });
        open.extend(below.into_iter().rev());
    }
    drop(open);
    mail::dismantle(message);
    for (letter, place) in boxed {
        collect(&letter, &place, settings, found);
    }
}
