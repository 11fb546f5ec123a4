//! The reading thread: what must be read in sequence.

use std::fs::File;
use std::io::{self, Read};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use docmill_core::Source;
use encoding_rs::Encoding;
use encoding_rs_io::DecodeReaderBytesBuilder;

use crate::arc::Arc;
use crate::channel::{Disconnected, ItemSender};
use crate::codec::{Budget, Codec, describe, peek, read_bounded};
use crate::container::{Container, Reader, Stream};
use crate::item::PayloadKind;
use crate::jsonl::Json;
use crate::mail::Mailbox;
use crate::outlook::Outlook;
use crate::parquet::Parquet;
use crate::settings::Compiled;
use crate::table::Table;
use crate::tar::Tar;
use crate::text::{EMPTY, is_binary, wide};
use crate::walk::{self, Found, document_format, walk};
use crate::warc::Warc;
use crate::zip::Zip;
use crate::{Format, Item, foreign};

/// How much of a file is looked at to tell what it is (bytes): the mark of a tar file stands at 257.
const HEAD: usize = 4096;

impl<'s> Reader<'s> {
    pub fn new(settings: &'s Compiled, sender: ItemSender) -> Self {
        let budget = Budget::new(u64::MAX, settings.settings.max_ratio);
        let read_member =
            |reader: &mut Reader<'_>, place: &Source, name: &str, input: &mut dyn Read, depth| {
                reader.stream(place, name, input, None, depth)
            };
        Self { settings, sender, members: 0, budget, parent: None, read_member }
    }

    /// Everything under the named paths.
    pub fn paths(mut self, paths: &[PathBuf]) {
        let all = |reader: &mut Self| -> Result<(), Disconnected> {
            for path in paths {
                reader.path(path)?;
            }
            reader.sender.flush()
        };
        // Nobody reads any more: there is nothing left to do.
        let _ = all(&mut self);
    }

    fn path(&mut self, path: &Path) -> Result<(), Disconnected> {
        let settings = self.settings;
        if path.as_os_str() == "-" {
            return self.stdin();
        }
        for found in walk(path, settings) {
            match found {
                Found::File { path, bytes, modified } => self.file(path, bytes, modified)?,
                Found::Passed { path } => settings.passed.add(&path),
                Found::Fault { path, reason } => self.fault(walk::source(&path), reason)?,
            }
        }
        Ok(())
    }

    fn stdin(&mut self) -> Result<(), Disconnected> {
        if self.settings.settings.format.is_none_or(Format::is_document) {
            return self.put(Item::stdin());
        }
        let place = walk::source(Path::new("-"));
        self.budget = Budget::new(u64::MAX, self.settings.settings.max_ratio);
        self.guarded(&place, |reader| reader.stream(&place, "", &mut io::stdin().lock(), None, 0))
    }

    fn file(&mut self, path: PathBuf, bytes: u64, modified: Option<u64>) -> Result<(), Disconnected> {
        let place = walk::source(&path);
        if let Some(format) = document_format(&place.path, self.settings) {
            let place = Source { modified, ..place };
            return self.put(Item::file(place, path, bytes, format));
        }
        match open(&path) {
            Ok(file) => {
                self.members = 0;
                self.parent = None;
                self.budget = Budget::new(bytes, self.settings.settings.max_ratio);
                let mut input = &file;
                self.guarded(&place, |reader| reader.stream(&place, &place.path, &mut input, Some(&file), 0))
            }
            Err(reason) => self.fault(place, reason),
        }
    }

    /// A panic in a parser, on bytes that its authors have not thought of, costs the rest of the file.
    fn guarded(
        &mut self,
        place: &Source,
        read: impl FnOnce(&mut Self) -> Result<(), Disconnected>,
    ) -> Result<(), Disconnected> {
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
    /// `whole` is the file, if the stream is all of it.
    pub fn stream(
        &mut self,
        place: &Source,
        name: &str,
        input: &mut dyn Read,
        whole: Option<&File>,
        depth: u32,
    ) -> Result<(), Disconnected> {
        let mut input = match peek(input, HEAD) {
            Ok(input) => input,
            Err(error) => return self.fault(place.clone(), describe(&error)),
        };
        let settings = &self.settings.settings;
        let named = Format::by_name(name);
        if input.head.is_empty() {
            // Of many documents there may be none: a cluster writes such parts.
            let many = |format| matches!(format, Format::Jsonl | Format::Csv | Format::Tsv | Format::Mbox);
            let none = settings.format.or(named.format).is_some_and(many);
            return if none { Ok(()) } else { self.fault(place.clone(), EMPTY) };
        }
        let head = input.head.clone();
        let codec = Codec::of(&head);
        if (codec.is_some() || named.format.is_some_and(Format::is_archive)) && depth >= settings.max_depth {
            return self.fault(place.clone(), too_deep(settings.max_depth));
        }
        if let Some(codec) = codec {
            return match codec.open(input, &self.budget) {
                Ok(mut unpacked) => {
                    self.stream(place, &Format::unpacked(name), &mut unpacked, None, depth + 1)
                }
                Err(error) => self.fault(place.clone(), describe(&error)),
            };
        }
        if named.packed && is_binary(&head) {
            return self.fault(place.clone(), "named as a compressed file, and is none; damaged?");
        }
        // Old Office files share their first bytes with Outlook's messages; that reader tells them apart.
        let content = Format::by_content(&head);
        if let Some(reason) =
            foreign::refused(&head).filter(|_| settings.format.is_none() && content != Some(Format::Msg))
        {
            return self.fault(place.clone(), reason);
        }
        let archive = named.format.filter(|format| format.is_archive());
        let format = archive.or(settings.format).or(named.format).or(content);
        let format = format.unwrap_or(Format::Text);
        match container(format) {
            Some(container) => {
                let stream = Stream { place, head: &head, input: &mut input, whole, depth };
                self.container(&*container, stream)
            }
            None => match read_bounded(&mut input, settings.max_bytes) {
                Ok(bytes) if format == Format::Eml => self.letter(place, bytes, false, depth),
                Ok(bytes) => self.put(Item::bytes_of(place.clone(), bytes, PayloadKind::File(format))),
                Err(reason) => self.fault(place.clone(), reason),
            },
        }
    }

    /// Text in UTF-16, by byte order mark or as stated, is read as UTF-8; the place tells what it was.
    fn container(&mut self, container: &dyn Container, stream: Stream<'_>) -> Result<(), Disconnected> {
        let of_text = || {
            let marked = Encoding::for_bom(stream.head).map(|(encoding, _)| encoding);
            let encoding = marked.or_else(|| wide(stream.head)).or(self.settings.encoding);
            encoding.filter(|encoding| !encoding.is_ascii_compatible())
        };
        let Some(encoding) = container.is_text().then(of_text).flatten() else {
            return container.read(self, stream);
        };
        let place = Source { encoding: Some(encoding.name().to_owned()), ..stream.place.clone() };
        let mut decoded =
            DecodeReaderBytesBuilder::new().encoding(Some(encoding)).bom_override(true).build(stream.input);
        container.read(self, Stream { place: &place, head: b"", input: &mut decoded, ..stream })
    }
}

/// The formats that hold many documents; any other is one document.
fn container(format: Format) -> Option<Box<dyn Container>> {
    Some(match format {
        Format::Jsonl => Box::new(Json),
        Format::Csv | Format::Tsv => Box::new(Table(format)),
        Format::Parquet => Box::new(Parquet),
        Format::Msg => Box::new(Outlook),
        Format::Mbox => Box::new(Mailbox),
        Format::Warc => Box::new(Warc),
        Format::Arc => Box::new(Arc),
        Format::Tar => Box::new(Tar),
        Format::Zip => Box::new(Zip),
        Format::Text
        | Format::Markdown
        | Format::Html
        | Format::Eml
        | Format::Docx
        | Format::Odt
        | Format::Rtf
        | Format::Epub
        | Format::Pdf => return None,
    })
}

/// The reason of what is not unpacked any more.
pub(crate) fn too_deep(depth: u32) -> String {
    format!("lies under more than {depth} layers of archives and compression (`input.max_depth`)")
}

/// Opens a file; a pipe or device is not waited for.
pub(crate) fn open(path: &Path) -> Result<File, String> {
    let kind = path.metadata().map_err(|error| describe(&error))?;
    if !kind.is_file() {
        return Err("not a regular file; only files, folders and `-` are read".to_owned());
    }
    let mut tries = 0;
    loop {
        match File::open(path) {
            Err(error) if has_no_descriptor(&error) && tries < TRIES => tries += 1,
            opened => return opened.map_err(|error| describe(&error)),
        }
        thread::sleep(PAUSE);
    }
}

/// How often a file is tried to open while too many are open (ten seconds), and what is waited in between.
const TRIES: u32 = 500;
const PAUSE: Duration = Duration::from_millis(20);

/// Too many files are open, in this process or on the machine: others will be closed.
fn has_no_descriptor(error: &io::Error) -> bool {
    // EMFILE and ENFILE, the same numbers on every Unix; elsewhere they mean other things.
    cfg!(unix) && matches!(error.raw_os_error(), Some(23 | 24))
}
