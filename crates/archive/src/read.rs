//! The reading thread: what must be read in sequence.

use std::fs::File;
use std::io::{self, Read};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use docmill_core::Source;

use crate::codec::{Codec, head, read_bounded, told};
use crate::feed::{Feed, Gone};
use crate::item::Shape;
use crate::settings::Compiled;
use crate::text::is_binary;
use crate::walk::{self, Found, document_format, walk};
use crate::{Format, Item};

/// How much of a file is looked at to tell what it is (bytes): the mark of a tar file stands at 257.
const HEAD: usize = 4096;

/// Reads files in sequence and feeds items.
pub(crate) struct Reader<'s> {
    pub settings: &'s Compiled,
    feed: Feed,
}

impl<'s> Reader<'s> {
    pub fn new(settings: &'s Compiled, feed: Feed) -> Self {
        Self { settings, feed }
    }

    /// Everything under the named paths.
    pub fn paths(mut self, paths: &[PathBuf]) {
        let all = |reader: &mut Self| -> Result<(), Gone> {
            for path in paths {
                reader.path(path)?;
            }
            reader.feed.flush()
        };
        // Nobody reads any more: there is nothing left to do.
        let _ = all(&mut self);
    }

    fn path(&mut self, path: &Path) -> Result<(), Gone> {
        let settings = self.settings;
        if path.as_os_str() == "-" {
            return self.stdin();
        }
        for found in walk(path, settings) {
            match found {
                Found::File { path, bytes, modified } => self.file(path, bytes, modified)?,
                Found::Fault { path, reason } => self.fault(walk::source(&path), reason)?,
            }
        }
        Ok(())
    }

    fn stdin(&mut self) -> Result<(), Gone> {
        if self.settings.settings.format.is_none_or(Format::is_document) {
            return self.put(Item::stdin());
        }
        let place = walk::source(Path::new("-"));
        self.guarded(&place, |reader| reader.stream(&place, "", &mut io::stdin().lock(), 0))
    }

    fn file(&mut self, path: PathBuf, bytes: u64, modified: Option<u64>) -> Result<(), Gone> {
        let place = walk::source(&path);
        if let Some(format) = document_format(&place.path, self.settings) {
            let place = Source { modified, ..place };
            return self.put(Item::file(place, path, bytes, format));
        }
        match open(&path) {
            Ok(mut file) => self.guarded(&place, |reader| reader.stream(&place, &place.path, &mut file, 0)),
            Err(reason) => self.fault(place, reason),
        }
    }

    /// A panic in a parser, on bytes that its authors have not thought of, costs the rest of the file.
    fn guarded(
        &mut self,
        place: &Source,
        read: impl FnOnce(&mut Self) -> Result<(), Gone>,
    ) -> Result<(), Gone> {
        match panic::catch_unwind(AssertUnwindSafe(|| read(self))) {
            Ok(result) => result,
            Err(panic) => {
                let message = (panic.downcast_ref::<&str>().map(|s| (*s).to_owned()))
                    .or_else(|| panic.downcast_ref::<String>().cloned())
                    .unwrap_or_else(|| "a panic without a message".to_owned());
                self.fault(place.clone(), format!("internal error: {message}; the rest of it is left out"))
            }
        }
    }

    /// Reads a stream: a file, a member, or what was packed in one. `name` decides the format, with the content.
    pub fn stream(
        &mut self,
        place: &Source,
        name: &str,
        input: &mut dyn Read,
        depth: u32,
    ) -> Result<(), Gone> {
        let head = match head(input, HEAD) {
            Ok(head) => head,
            Err(error) => return self.fault(place.clone(), told(&error)),
        };
        let mut input = (&head[..]).chain(input);
        let settings = &self.settings.settings;
        let named = Format::by_name(name);
        if let Some(codec) = Codec::of(&head) {
            if depth >= settings.max_depth {
                return self.too_deep(place);
            }
            return match codec.open(input, settings.max_ratio) {
                Ok(mut unpacked) => self.stream(place, &Format::unpacked(name), &mut unpacked, depth + 1),
                Err(error) => self.fault(place.clone(), told(&error)),
            };
        }
        if named.packed && is_binary(&head) {
            return self.fault(place.clone(), "named as a compressed file, and is none; damaged?");
        }
        let archive = named.format.filter(|format| format.is_archive());
        let format = archive.or(settings.format).or(named.format).or_else(|| Format::by_content(&head));
        match format.unwrap_or(Format::Text) {
            Format::Jsonl => self.json_lines(place, &head, &mut input),
            format @ (Format::Text | Format::Markdown) => {
                match read_bounded(&mut input, settings.max_bytes) {
                    Ok(bytes) => self.put(Item::bytes_of(place.clone(), bytes, Shape::File(format))),
                    Err(reason) => self.fault(place.clone(), reason),
                }
            }
        }
    }

    fn too_deep(&mut self, place: &Source) -> Result<(), Gone> {
        self.fault(place.clone(), too_deep(self.settings.settings.max_depth))
    }

    pub fn put(&mut self, item: Item) -> Result<(), Gone> {
        self.feed.put(item)
    }

    pub fn fault(&mut self, place: Source, reason: impl Into<String>) -> Result<(), Gone> {
        self.put(Item::fault(place, reason))
    }
}

/// The reason of what is not unpacked any more.
pub(crate) fn too_deep(depth: u32) -> String {
    format!("lies under more than {depth} layers of archives and compression (`input.max_depth`)")
}

/// Opens a file; a pipe or device is not waited for.
pub(crate) fn open(path: &Path) -> Result<File, String> {
    let kind = path.metadata().map_err(|error| told(&error))?;
    if !kind.is_file() {
        return Err("not a regular file; only files, folders and `-` are read".to_owned());
    }
    File::open(path).map_err(|error| told(&error))
}
