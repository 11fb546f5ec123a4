//! Compression by file name.

use std::ffi::OsStr;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;

/// Level of zstd: its default, about 500 MB/s.
const ZSTD_LEVEL: i32 = 3;

/// A writer that compresses or not.
pub(crate) enum Encoder<W: Write> {
    Plain(BufWriter<W>),
    Gzip(BufWriter<GzEncoder<W>>),
    Zstd(BufWriter<zstd::Encoder<'static, W>>),
}

impl<W: Write> Encoder<W> {
    /// Compresses as the extension of `name` says.
    pub fn new(name: &Path, writer: W) -> io::Result<Self> {
        Ok(match extension(name) {
            // flate2 writes no time of modification: the same lines give the same bytes.
            Some("gz") => Self::Gzip(BufWriter::new(GzEncoder::new(writer, Compression::default()))),
            Some("zst") => Self::Zstd(BufWriter::new(zstd::Encoder::new(writer, ZSTD_LEVEL)?)),
            _ => Self::Plain(BufWriter::with_capacity(1 << 16, writer)),
        })
    }

    /// Writes what is still in hand and gives the writer back.
    pub fn finish(self) -> io::Result<W> {
        match self {
            Self::Plain(writer) => writer.into_inner().map_err(io::IntoInnerError::into_error),
            Self::Gzip(writer) => writer.into_inner().map_err(io::IntoInnerError::into_error)?.finish(),
            Self::Zstd(writer) => writer.into_inner().map_err(io::IntoInnerError::into_error)?.finish(),
        }
    }
}

impl<W: Write> Write for Encoder<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(writer) => writer.write(bytes),
            Self::Gzip(writer) => writer.write(bytes),
            Self::Zstd(writer) => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(writer) => writer.flush(),
            Self::Gzip(writer) => writer.flush(),
            Self::Zstd(writer) => writer.flush(),
        }
    }
}

/// A reader that unpacks as the extension of `name` says.
pub(crate) fn decoder(name: &Path, reader: impl Read + 'static) -> io::Result<Box<dyn Read>> {
    Ok(match extension(name) {
        Some("gz") => Box::new(MultiGzDecoder::new(reader)),
        Some("zst") => Box::new(zstd::Decoder::new(reader)?),
        _ => Box::new(reader),
    })
}

fn extension(name: &Path) -> Option<&str> {
    name.extension().and_then(OsStr::to_str)
}
