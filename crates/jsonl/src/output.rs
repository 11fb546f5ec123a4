//! Where lines go.

use std::fs::{self, File, OpenOptions};
use std::io::{self, StdoutLock, Write};
use std::path::{Path, PathBuf};

use crate::JsonlError;
use crate::compression::Encoder;

/// A file that appears whole or not at all, or standard output.
pub struct Output {
    sink: Sink,
}

enum Sink {
    Stdout(io::BufWriter<StdoutLock<'static>>),
    /// A pipe or a device: there is nothing to put in its place.
    Special {
        encoder: Encoder<File>,
        path: PathBuf,
    },
    File {
        encoder: Encoder<File>,
        partial: PathBuf,
        path: PathBuf,
    },
}

impl Output {
    /// Opens `path`, `-` for standard output. A file is written to `NAME.partial` beside it until
    /// [`Output::finish`]; an older file of the name stays until then. A link is followed. A pipe or a device, such
    /// as `/dev/null`, is written to at once.
    ///
    /// # Errors
    /// If the folder is missing or may not be written to.
    pub fn create(path: &Path) -> Result<Self, JsonlError> {
        if path.as_os_str() == "-" {
            return Ok(Self { sink: Sink::Stdout(io::BufWriter::new(io::stdout().lock())) });
        }
        if path.is_dir() {
            let error = io::Error::new(io::ErrorKind::IsADirectory, "is a folder; name a file in it");
            return Err(JsonlError::io(path)(error));
        }
        if path.metadata().is_ok_and(|kind| !kind.is_file()) {
            let file = OpenOptions::new().write(true).open(path).map_err(JsonlError::io(path))?;
            let encoder = Encoder::new(path, file).map_err(JsonlError::io(path))?;
            return Ok(Self { sink: Sink::Special { encoder, path: path.to_owned() } });
        }
        // The name that was asked for tells the compression, the file it leads to is replaced.
        let link = path.is_symlink().then(|| path.canonicalize().ok()).flatten();
        let place = link.unwrap_or_else(|| path.to_owned());
        let mut partial = place.clone().into_os_string();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        let file = File::create(&partial).map_err(JsonlError::io(path))?;
        let encoder = Encoder::new(path, file).map_err(JsonlError::io(path))?;
        Ok(Self { sink: Sink::File { encoder, partial, path: place } })
    }

    /// Writes one line, which ends with its line feed.
    ///
    /// # Errors
    /// Those of the system; a reader of standard output that has gone is [`io::ErrorKind::BrokenPipe`].
    pub fn write(&mut self, line: &[u8]) -> Result<(), JsonlError> {
        match &mut self.sink {
            Sink::Stdout(out) => out.write_all(line).map_err(JsonlError::io(Path::new("standard output"))),
            Sink::Special { encoder, path } => encoder.write_all(line).map_err(JsonlError::io(path)),
            Sink::File { encoder, partial, .. } => encoder.write_all(line).map_err(JsonlError::io(partial)),
        }
    }

    /// Puts the file in its place, safely on the disk.
    ///
    /// # Errors
    /// Those of the system; the `.partial` file stays then.
    pub fn finish(self) -> Result<(), JsonlError> {
        match self.sink {
            Sink::Stdout(mut out) => out.flush().map_err(JsonlError::io(Path::new("standard output"))),
            Sink::Special { encoder, path } => encoder.finish().map(drop).map_err(JsonlError::io(&path)),
            Sink::File { encoder, partial, path } => {
                let file = encoder.finish().map_err(JsonlError::io(&partial))?;
                file.sync_all().map_err(JsonlError::io(&partial))?;
                fs::rename(&partial, &path).map_err(JsonlError::io(&path))?;
                sync_folder(&path);
                Ok(())
            }
        }
    }

    /// Ends early: what was written stays in the `.partial` file, whose name comes back.
    ///
    /// # Errors
    /// Those of the system.
    pub fn keep_partial(self) -> Result<String, JsonlError> {
        match self.sink {
            Sink::Stdout(mut out) => {
                out.flush().map_err(JsonlError::io(Path::new("standard output")))?;
                Ok("standard output".to_owned())
            }
            Sink::Special { encoder, path } => {
                encoder.finish().map_err(JsonlError::io(&path))?;
                Ok(path.display().to_string())
            }
            Sink::File { encoder, partial, .. } => {
                let file = encoder.finish().map_err(JsonlError::io(&partial))?;
                file.sync_all().map_err(JsonlError::io(&partial))?;
                Ok(partial.display().to_string())
            }
        }
    }

    /// Ends without a result: the `.partial` file goes.
    pub fn discard(self) {
        if let Sink::File { encoder, partial, .. } = self.sink {
            drop(encoder);
            // It may be gone already; nothing depends on it.
            let _ = fs::remove_file(partial);
        }
    }
}

/// Makes the new name outlive a power cut. Not every system can do so; the file itself is safe either way.
fn sync_folder(path: &Path) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
