//! Compression by file name.

use std::ffi::OsStr;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

/// Level of zstd: its default, about 500 MB/s.
const ZSTD_LEVEL: i32 = 3;

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Compression {
    /// Not at all.
    None,
    /// gzip, `.gz`.
    Gzip,
    /// Zstandard, `.zst`.
    Zstd,
}

impl Compression {
    /// What the extension of `name` says.
    pub fn of(name: &Path) -> Self {
        match name.extension().and_then(OsStr::to_str) {
            Some("gz") => Self::Gzip,
            Some("zst") => Self::Zstd,
            _ => Self::None,
        }
    }

    /// What a name ends with, the dot included; empty without compression.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Gzip => ".gz",
            Self::Zstd => ".zst",
        }
    }
}

/// A writer that compresses or not.
pub(crate) enum Encoder<W: Write> {
    Plain(BufWriter<W>),
    Gzip(BufWriter<GzEncoder<W>>),
    Zstd(BufWriter<zstd::Encoder<'static, W>>),
}

impl<W: Write> Encoder<W> {
    pub fn new(compression: Compression, writer: W) -> io::Result<Self> {
        Ok(match compression {
            Compression::None => Self::Plain(BufWriter::with_capacity(1 << 16, writer)),
            // flate2 writes no time of modification: the same lines give the same bytes.
            Compression::Gzip => {
                Self::Gzip(BufWriter::new(GzEncoder::new(writer, flate2::Compression::default())))
            }
            Compression::Zstd => Self::Zstd(BufWriter::new(zstd::Encoder::new(writer, ZSTD_LEVEL)?)),
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
    Ok(match Compression::of(name) {
        Compression::Gzip => Box::new(MultiGzDecoder::new(reader)),
        Compression::Zstd => Box::new(zstd::Decoder::new(reader)?),
        Compression::None => Box::new(reader),
    })
}
