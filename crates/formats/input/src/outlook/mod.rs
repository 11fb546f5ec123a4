//! Outlook messages (MS-OXMSG): a compound file, in which each property of the message is a stream of its own.

mod properties;

use std::io::{Read, Seek};
use std::path::Path;

use cfb::CompoundFile;
use docmill_core::{ExtraField, Meta, Source};
use encoding_rs::Encoding;
use mail_parser::MessageParser;

use crate::archives::{Names, seekable};
use crate::channel::Disconnected;
use crate::codec::too_long;
use crate::container::{Container, Reader, Stream};
use crate::item::{PayloadKind, member};
use crate::outlook_text::{Body, Facts};
use crate::{Item, date, mail};
use properties::{Kind, Properties, tag};

/// Layers of messages that are taken apart; what lies deeper is told.
const LAYERS: usize = 8;

/// An Outlook message.
pub(crate) struct Outlook;

impl Container for Outlook {
    fn read(&self, reader: &mut Reader<'_>, stream: Stream<'_>) -> Result<(), Disconnected> {
        let place = stream.place;
        let file = match seekable(stream.whole, stream.input) {
            Ok(file) => file,
            Err(reason) => return reader.fault(place.clone(), reason),
        };
        match CompoundFile::open(file) {
            Ok(mut store) if properties::is_message(&store, "") => {
                reader.outlook(place, &mut store, stream.depth)
            }
            Ok(_) => {
                let reason =
                    "an old Office file (.doc, .xls, .ppt), which is not read; save it as DOCX, ODT or text";
                reader.fault(place.clone(), reason)
            }
            Err(error) => {
                reader.fault(place.clone(), format!("a damaged Outlook message or old Office file: {error}"))
            }
        }
    }
}

/// A message in the file that is still to be read.
struct Open {
    folder: String,
    place: Source,
    parent: Option<String>,
    layer: usize,
}

impl Reader<'_> {
    /// The message, and behind it what is attached: messages name the one around them, files are read as members.
    fn outlook<F: Read + Seek>(
        &mut self,
        place: &Source,
        store: &mut CompoundFile<F>,
        depth: u32,
    ) -> Result<(), Disconnected> {
        let first = Open { folder: String::new(), place: place.clone(), parent: None, layer: 0 };
        let mut open = vec![first];
        while let Some(message) = open.pop() {
            let attached = properties::attachments(store, &message.folder);
            let (facts, bytes) = match self.outlook_text(store, &message, &attached) {
                Ok(read) => read,
                Err(reason) => {
                    self.fault(message.place.clone(), reason)?;
                    continue;
                }
            };
            // A letter around others need not say anything itself.
            if !bytes.trim_ascii().is_empty() || attached.is_empty() {
                let kind = PayloadKind::Outlook(Box::new(facts));
                self.put(
                    Item::bytes_of(message.place.clone(), bytes, kind).in_letter(message.parent.as_ref()),
                )?;
            }
            let (mut names, mut below) = (Names::default(), Vec::new());
            for folder in attached {
                let inner = properties::inner(&folder);
                if properties::is_message(store, &inner) {
                    let place = member(&message.place, &(below.len() + 1).to_string());
                    let parent = Some(message.place.id());
                    below.push(Open { folder: inner, place, parent, layer: message.layer + 1 });
                } else if !self.outlook_file(store, &message, &folder, &mut names, depth)? {
                    return Ok(());
                }
            }
            if message.layer >= LAYERS && !below.is_empty() {
                let reason = format!("messages under more than {LAYERS} layers of messages are not read");
                self.fault(message.place, reason)?;
                continue;
            }
            open.extend(below.into_iter().rev());
        }
        Ok(())
    }

    /// The facts and the bytes of the text.
    fn outlook_text<F: Read + Seek>(
        &self,
        store: &mut CompoundFile<F>,
        message: &Open,
        attached: &[String],
    ) -> Result<(Facts, Vec<u8>), String> {
        let limit = self.settings.settings.max_bytes;
        let header = if message.layer == 0 { Kind::Message } else { Kind::Inner };
        let names: Vec<String> = attached
            .iter()
            .filter_map(|folder| Properties::of(store, folder, Kind::Attachment, limit).file_name())
            .collect();
        let mut properties = Properties::of(store, &message.folder, header, limit);
        let mut meta = Meta {
            title: properties.text(tag::SUBJECT),
            author: properties.sender(),
            date: sent(&mut properties),
            ..Meta::default()
        };
        let mut extra = |key: &str, value: Option<String>| {
            meta.extra.extend(value.map(|value| ExtraField { key: key.to_owned(), value }));
        };
        extra("to", properties.text(tag::DISPLAY_TO));
        let id = properties.text(tag::MESSAGE_ID);
        extra("message_id", id.map(|id| id.trim_matches(['<', '>']).to_owned()));
        for name in names {
            extra("attachment", Some(name));
        }
        let (body, bytes, encoding) = text_of(&mut properties).ok_or_else(|| too_long(limit))?;
        Ok((Facts { meta, body, encoding }, bytes))
    }

    /// Reads an attached file. False: no more may be read.
    fn outlook_file<F: Read + Seek>(
        &mut self,
        store: &mut CompoundFile<F>,
        message: &Open,
        folder: &str,
        names: &mut Names,
        depth: u32,
    ) -> Result<bool, Disconnected> {
        let limit = self.settings.settings.max_bytes;
        let mut properties = Properties::of(store, folder, Kind::Attachment, limit);
        let Some(name) = properties.file_name() else { return Ok(true) };
        let data = properties.path(tag::ATTACHED, properties::BINARY);
        let place = names.place(&message.place, &name);
        // What is only linked to has no content.
        if !store.is_stream(Path::new(&data)) {
            return Ok(true);
        }
        match store.open_stream(&data) {
            Ok(mut stream) => {
                let around = self.parent.replace(message.place.id());
                let more = self.member(&message.place, &place, &name, &mut stream, depth + 1);
                self.parent = around;
                more
            }
            Err(error) => self.fault(place, crate::codec::describe(&error)).map(|()| true),
        }
    }
}

/// The plain text; else the page; else the rich text. `None`: it is too long.
fn text_of<F: Read + Seek>(
    properties: &mut Properties<'_, F>,
) -> Option<(Body, Vec<u8>, Option<&'static Encoding>)> {
    let blank = |bytes: &[u8]| bytes.trim_ascii().is_empty();
    if let Some(text) = properties.text_in_full(tag::BODY)?.filter(|text| !blank(text.as_bytes())) {
        return Some((Body::Text, text.into_bytes(), Some(encoding_rs::UTF_8)));
    }
    if let Some(page) = properties.text_in_full(tag::HTML)?.filter(|page| !blank(page.as_bytes())) {
        return Some((Body::Html, page.into_bytes(), Some(encoding_rs::UTF_8)));
    }
    let encoding = properties.encoding();
    if let Some(page) = properties.binary(tag::HTML)?.filter(|page| !blank(page)) {
        return Some((Body::Html, page, encoding));
    }
    match properties.binary(tag::RICH)? {
        Some(packed) => Some((Body::Rich, packed, encoding)),
        None => Some((Body::Text, Vec::new(), encoding)),
    }
}

/// The day in the sender's zone, if the headers of the way through the internet are kept; else in universal time.
fn sent<F: Read + Seek>(properties: &mut Properties<'_, F>) -> Option<String> {
    let headers = properties.text(tag::HEADERS).and_then(|headers| {
        let bounded = mail::headers::bounded(headers.as_bytes()).into_owned();
        let message = MessageParser::default().parse(&bounded[..])?;
        let date = message.date().filter(|date| date.is_valid())?;
        Some(format!("{:04}-{:02}-{:02}", date.year, date.month, date.day))
    });
    headers.or_else(|| {
        let ticks = properties.time(tag::SUBMITTED).or_else(|| properties.time(tag::DELIVERED))?;
        date::of_ticks(ticks)
    })
}
