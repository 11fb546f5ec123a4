//! From an item to a document: in the workers.

use std::io::{self, Read};
use std::path::Path;

use docmill_core::{Document, Meta, Source, Unreadable};
use sha2::{Digest, Sha256};

use crate::codec::{Codec, head, read_bounded, told};
use crate::item::{Payload, Shape};
use crate::read::open;
use crate::settings::Compiled;
use crate::text::{decode, unmarked};
use crate::{Format, Item, jsonl};

/// See [`crate::Archive::load`].
pub(crate) fn load(item: Item, settings: &Compiled) -> Result<Document, Box<Unreadable>> {
    let id = item.id();
    let mut source = item.source().clone();
    let max_bytes = settings.settings.max_bytes;
    let read = match item.payload {
        Payload::Fault(reason) => Err(reason),
        Payload::Stdin => read_bounded(&mut io::stdin().lock(), max_bytes)
            .map(|bytes| (bytes, Shape::File(settings.settings.format.unwrap_or(Format::Text)))),
        Payload::File { path, format } => {
            read_file(&path, settings).map(|bytes| (bytes, Shape::File(format)))
        }
        Payload::Bytes { bytes, shape } => Ok((bytes, shape)),
    };
    let document = read.and_then(|(bytes, shape)| {
        source.bytes = bytes.len() as u64;
        source.sha256 = Some(hex::encode(Sha256::digest(&bytes)));
        let (meta, text) = parse(bytes, &shape, settings, &mut source)?;
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
    unpacked(&mut file, settings, settings.settings.max_depth)
}

/// What is read, through its layers of compression.
fn unpacked(input: &mut dyn Read, settings: &Compiled, depth: u32) -> Result<Vec<u8>, String> {
    let head = head(input, 16).map_err(|error| told(&error))?;
    let mut input = (&head[..]).chain(input);
    let Some(codec) = Codec::of(&head) else {
        return read_bounded(&mut input, settings.settings.max_bytes);
    };
    let Some(depth) = depth.checked_sub(1) else {
        return Err(crate::read::too_deep(settings.settings.max_depth));
    };
    let mut inner = codec.open(input, settings.settings.max_ratio).map_err(|error| told(&error))?;
    unpacked(&mut inner, settings, depth)
}

fn parse(
    bytes: Vec<u8>,
    shape: &Shape,
    settings: &Compiled,
    source: &mut Source,
) -> Result<(Meta, String), String> {
    match shape {
        Shape::File(_) => {
            let decoded = decode(bytes, settings.encoding)?;
            source.encoding = Some(decoded.encoding.to_owned());
            source.replaced = decoded.replaced;
            Ok((Meta::default(), decoded.text))
        }
        Shape::Json => {
            let decoded = unmarked(bytes, settings.encoding);
            source.encoding = Some(decoded.encoding.to_owned());
            source.replaced = decoded.replaced;
            let fields = jsonl::fields(decoded.text.as_bytes())?;
            let (meta, text) = settings.settings.fields.document(fields)?;
            if text.trim().is_empty() {
                return Err(format!("the field `{}` is empty", settings.settings.fields.text));
            }
            Ok((meta, text))
        }
    }
}
