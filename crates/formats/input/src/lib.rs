//! Documents out of files, folders and archives, streaming.
//!
//! [`Archive::open`] gives [`Item`]s in an order that depends on nothing but names and content: so a run can be
//! resumed. A thread of its own walks the folders and reads what must be read in sequence (archives, files of many
//! documents); files of one document are opened by whoever calls [`Archive::load`], as a rule a worker. Decoding,
//! hashing and parsing happen there too.
//!
//! A fault costs the member or record it is in: an item tells it, and the rest goes on where the format allows.
//! Nothing is ever written to a path from an archive.

mod arc;
mod archives;
mod at_hand;
mod attached;
mod channel;
mod codec;
mod container;
mod date;
mod fields;
mod footer;
mod foreign;
mod format;
mod front;
mod gzip;
mod html;
mod http;
mod ids;
mod inner_mail;
mod item;
mod jsonl;
mod legacy;
mod letter;
mod lines;
mod load;
mod look;
mod mail;
mod named;
mod objects;
mod office;
mod outlook;
mod outlook_text;
mod packed_rtf;
mod page;
mod parquet;
mod passed;
mod pdf;
mod quoted_printable;
mod read;
mod repair;
mod rtf;
mod settings;
mod table;
mod table_header;
mod tar;
mod text;
mod utf16;
mod walk;
mod warc;
mod zip;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use docmill_core::{Document, Unreadable};

pub use channel::Items;
pub use fields::FieldSettings;
pub use format::Format;
pub use item::Item;
pub use named::{NamedError, check_named};
pub use settings::{InputError, InputSettings};

use settings::Compiled;

/// Reads documents.
#[derive(Debug, Clone)]
pub struct Archive {
    settings: Arc<Compiled>,
}

impl Archive {
    /// An archive reader with these settings.
    ///
    /// # Errors
    /// If a glob is malformed or an encoding unknown.
    pub fn new(settings: InputSettings) -> Result<Self, InputError> {
        Ok(Self { settings: Compiled::new(settings)? })
    }

    /// Everything under the named paths, in the order named, and sorted by name inside each folder; `-` is standard
    /// input. The same paths give the same items again. No two have one id: see [`Item::doubled_id`].
    ///
    /// # Errors
    /// If no thread can be started.
    pub fn open(&self, paths: &[PathBuf]) -> io::Result<Items> {
        let (sender, items) = channel::channel();
        self.settings.passed.clear();
        let (settings, paths) = (self.settings.clone(), paths.to_vec());
        thread::Builder::new()
            .name("docmill-read".to_owned())
            .spawn(move || container::Reader::new(&settings, sender).paths(&paths))?;
        Ok(items)
    }

    /// The number of documents under the named paths, if that can be told without opening a file: not once an
    /// archive, a file of many documents, or standard input in another format than text is among them.
    pub fn count(&self, paths: &[PathBuf]) -> Option<u64> {
        walk::count(&self.settings, paths)
    }

    /// Files in folders, archives and letters that were passed over since [`Archive::open`], by the ends of their names.
    pub fn passed_over(&self) -> Vec<(String, u64)> {
        self.settings.passed.all()
    }

    /// Makes a document of an item: reads it if it is a file, decodes, parses.
    ///
    /// # Errors
    /// With the reason, if it cannot be read or holds no text.
    pub fn load(&self, item: Item) -> Result<Document, Box<Unreadable>> {
        load::load(item, &self.settings)
    }
    /// SHA-256 and length of an item's bytes, as [`Archive::load`] notes them in the source; `None` if they cannot be
    /// read, or, as with standard input, read twice.
    pub fn fingerprint(&self, item: &Item) -> Option<(String, u64)> {
        load::fingerprint(item, &self.settings)
    }
}
