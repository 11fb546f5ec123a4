//! From an item to a document: in the workers.

use std::io::{self, Read};
use std::path::Path;

use docmill_core::{Document, ExtraField, Meta, Source, Unreadable};
use encoding_rs::Encoding;
use sha2::{Digest, Sha256};

use crate::codec::{Budget, Codec, describe, peek, read_bounded};
use crate::item::{Payload, PayloadKind};
use crate::read::open;
use crate::settings::Compiled;
use crate::text::{decode, unmarked};
use crate::{Format, Item, front, html, inner_mail, jsonl, mail, office, pdf, rtf};

/// See [`crate::Archive::load`].
pub(crate) fn load(item: Item, settings: &Compiled) -> Result<Document, Box<Unreadable>> {
    let id = item.id();
    let mut source = item.source().clone();
    let parent = item.parent().map(str::to_owned);
    let max_bytes = settings.settings.max_bytes;
    let read = match item.payload {
        Payload::Fault(reason) => Err(reason),
        Payload::Stdin => read_bounded(&mut io::stdin().lock(), max_bytes)
            .map(|bytes| (bytes, PayloadKind::File(settings.settings.format.unwrap_or(Format::Text)))),
        Payload::File { path, format } => {
            read_file(&path, settings).map(|bytes| (bytes, PayloadKind::File(format)))
        }
        Payload::Bytes { bytes, kind } => Ok((bytes, kind)),
    };
    let document = read.and_then(|(bytes, kind)| {
        source.bytes = bytes.len() as u64;
        source.sha256 = Some(hex::encode(Sha256::digest(&bytes)));
        let (mut meta, text) = parse(bytes, &kind, settings, &mut source)?;
        meta.extra.extend(parent.map(|value| ExtraField { key: "parent".to_owned(), value }));
        Document::new(id.clone(), source.clone(), meta, text).map_err(|e| e.to_string())
    });
    document.map_err(|message| Box::new(Unreadable { id, source, message }))
}

/// See [`crate::Archive::fingerprint`].
pub(crate) fn fingerprint(item: &Item, settings: &Compiled) -> Option<(String, u64)> {
    let hash = |bytes: &[u8]| (hex::encode(Sha256::digest(bytes)), bytes.len() as u64);
    match &item.payload {
        Payload::File { path, .. } => read_file(path, settings).ok().map(|bytes| hash(&bytes)),
        Payload::Bytes { bytes, .. } => Some(hash(bytes)),
        Payload::Stdin | Payload::Fault(_) => None,
    }
}

fn read_file(path: &Path, settings: &Compiled) -> Result<Vec<u8>, String> {
    let mut file = open(path)?;
    let length = file.metadata().map_or(0, |kind| kind.len());
    let budget = Budget::new(length, settings.settings.max_ratio);
    unpacked(&mut file, settings, &budget, settings.settings.max_depth)
}

/// What is read, through its layers of compression.
fn unpacked(
    input: &mut dyn Read,
    settings: &Compiled,
    budget: &Budget,
    depth: u32,
) -> Result<Vec<u8>, String> {
    let mut input = peek(input, 16).map_err(|error| describe(&error))?;
    let Some(codec) = Codec::of(&input.head) else {
        return read_bounded(&mut input, settings.settings.max_bytes);
    };
    let Some(depth) = depth.checked_sub(1) else {
        return Err(crate::read::too_deep(settings.settings.max_depth));
    };
    let mut inner = codec.open(input, budget).map_err(|error| describe(&error))?;
    unpacked(&mut inner, settings, budget, depth)
}

fn parse(
    bytes: Vec<u8>,
    kind: &PayloadKind,
    settings: &Compiled,
    source: &mut Source,
) -> Result<(Meta, String), String> {
    let limits = &settings.settings;
    let binary = match kind {
        PayloadKind::File(format) if limits.format.is_none() => Format::of_document(&bytes).or(Some(*format)),
        PayloadKind::File(format) => Some(*format),
        _ => None,
    };
    match binary {
        Some(Format::Docx) => return office::docx(&bytes, limits).and_then(with_words),
        Some(Format::Odt) => return office::odt(&bytes, limits).and_then(with_words),
        Some(Format::Epub) => return office::epub(&bytes, limits).and_then(with_words),
        Some(Format::Rtf) => return rtf::rtf(&bytes).and_then(with_words),
        Some(Format::Pdf) => return pdf::pdf(&bytes, limits),
        _ => {}
    }
    match kind {
        PayloadKind::File(Format::Text) => {
            Ok((Meta::default(), file_text(bytes, settings.encoding, source)?))
        }
        PayloadKind::File(Format::Markdown) => {
            Ok(front::matter(file_text(bytes, settings.encoding, source)?))
        }
        PayloadKind::File(Format::Html) => {
            let stated = settings.encoding.or_else(|| html::stated_encoding(&bytes));
            html::article(&file_text(bytes, stated, source)?).and_then(with_text)
        }
        PayloadKind::File(Format::Eml) => mail::message(&bytes, source),
        // Files of many documents have been taken apart by the reading thread.
        PayloadKind::File(other) => Err(format!("internal error: a document read as {other:?}")),
        PayloadKind::Outlook(facts) => facts.read(bytes, limits, source),
        PayloadKind::Letter(letter) => inner_mail::read(letter, &bytes, source),
        PayloadKind::Json => {
            let (fields, replaced) = jsonl::fields(record_text(bytes, settings, source).as_bytes())?;
            source.replaced += replaced;
            limits.fields.document(fields)
        }
        PayloadKind::Row(header) => {
            let fields = header.fields(&record_text(bytes, settings, source))?;
            limits.fields.document(fields)
        }
        PayloadKind::Page(page) => {
            let bytes = page.transfer.undo(bytes, limits.max_bytes, limits.max_ratio)?;
            let html = page.format == Some(Format::Html);
            let stated = settings.encoding.or(page.encoding);
            let stated = stated.or_else(|| html.then(|| html::stated_encoding(&bytes)).flatten());
            let text = file_text(bytes, stated, source)?;
            let (mut meta, text) =
                if html { html::article(&text).and_then(with_text)? } else { (Meta::default(), text) };
            page.add_to(&mut meta);
            Ok((meta, text))
        }
    }
}

fn with_words((meta, text): (Meta, String)) -> Result<(Meta, String), String> {
    if text.trim().is_empty() { Err("a document without text".to_owned()) } else { Ok((meta, text)) }
}

fn with_text((meta, text): (Meta, String)) -> Result<(Meta, String), String> {
    if text.trim().is_empty() { Err("a page without text".to_owned()) } else { Ok((meta, text)) }
}

/// The text of a file, with what was done to read it.
fn file_text(
    bytes: Vec<u8>,
    stated: Option<&'static Encoding>,
    source: &mut Source,
) -> Result<String, String> {
    let decoded = decode(bytes, stated)?;
    source.encoding = Some(decoded.encoding.to_owned());
    source.replaced = decoded.replaced;
    Ok(decoded.text)
}

/// The text of a line or row; of one that the reading thread has made UTF-8, it has noted the encoding.
fn record_text(bytes: Vec<u8>, settings: &Compiled, source: &mut Source) -> String {
    let noted = source.encoding.is_some();
    let decoded = unmarked(bytes, settings.encoding.filter(|_| !noted));
    if !noted {
        source.encoding = Some(decoded.encoding.to_owned());
    }
    source.replaced = decoded.replaced;
    decoded.text
}
