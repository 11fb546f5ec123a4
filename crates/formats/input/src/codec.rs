//! Compression, by content, within bounds.

use std::cell::Cell;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

/// What may be unpacked whatever the ratio (bytes).
const FREE: u64 = 16 << 20;

/// Memory that xz may ask for (KiB), as its own tools by default never ask for more.
const XZ_MEMORY: u32 = 128 << 10;

/// A way to compress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Codec {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
}

impl Codec {
    /// By the first bytes, ten or more.
    pub fn of(head: &[u8]) -> Option<Self> {
        const BLOCK: &[u8] = &[0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
        const END: &[u8] = &[0x17, 0x72, 0x45, 0x38, 0x50, 0x90];
        match head {
            [0x1F, 0x8B, 8, ..] => Some(Self::Gzip),
            // Frames that are skipped may come first: pzstd puts its own sizes into one.
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Self::Zstd),
            [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            [b'B', b'Z', b'h', b'1'..=b'9', rest @ ..]
                if rest.starts_with(BLOCK) || rest.starts_with(END) =>
            {
                Some(Self::Bzip2)
            }
            _ => None,
        }
    }

    /// Unpacks `input`; an error once it unpacks to more than the budget allows for what was read of it.
    pub fn open<'r>(self, input: impl Read + 'r, budget: &Budget) -> io::Result<Box<dyn Read + 'r>> {
        let packed = Rc::new(Cell::new(0));
        let input = BufReader::new(Counted { input, bytes: packed.clone() });
        let unpacked: Box<dyn Read + 'r> = match self {
            Self::Gzip => Box::new(crate::gzip::Members::new(input)),
            Self::Zstd => Box::new(zstd::Decoder::with_buffer(input)?),
            Self::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(input)),
            Self::Xz => Box::new(lzma_rust2::XzReader::new_mem_limit(input, true, XZ_MEMORY)),
        };
        Ok(Box::new(Bounded { input: unpacked, unpacked: 0, packed, budget: budget.clone() }))
    }
}

/// Counts what is read through it.
struct Counted<R> {
    input: R,
    bytes: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.bytes.set(self.bytes.get() + read as u64);
        Ok(read)
    }
}

/// What may come out of one file: of each packed thing in it so many times its size, and of all of them together, in
/// all layers, so many times the file's. Members may share their bytes, and layers multiply.
#[derive(Debug, Clone)]
pub(crate) struct Budget {
    file: u64,
    unpacked: Rc<Cell<u64>>,
    ratio: u64,
}

impl Budget {
    /// For a file of so many bytes; of standard input, whose length nobody knows, `u64::MAX`.
    pub fn new(file: u64, ratio: u64) -> Self {
        Self { file, unpacked: Rc::default(), ratio }
    }

    /// Whether too much has come out of all of them.
    pub fn is_spent(&self) -> bool {
        self.exceeds(self.unpacked.get(), self.file)
    }

    /// The reason, once it is spent.
    pub fn reason(&self) -> String {
        format!("all in it unpacks to more than {} times its size; the rest is left out", self.ratio)
    }

    fn exceeds(&self, unpacked: u64, packed: u64) -> bool {
        unpacked > FREE && unpacked > packed.saturating_mul(self.ratio)
    }
}

/// Ends with an error once too much comes out for what went in.
pub(crate) struct Bounded<R> {
    input: R,
    unpacked: u64,
    packed: Rc<Cell<u64>>,
    budget: Budget,
}

impl<R> Bounded<R> {
    /// For a member of so many packed bytes.
    pub fn of_member(input: R, packed: u64, budget: &Budget) -> Self {
        Self { input, unpacked: 0, packed: Rc::new(Cell::new(packed)), budget: budget.clone() }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        let budget = &self.budget;
        self.unpacked += read as u64;
        budget.unpacked.set(budget.unpacked.get() + read as u64);
        if budget.exceeds(self.unpacked, self.packed.get()) || budget.is_spent() {
            let ratio = budget.ratio;
            return Err(io::Error::other(format!(
                "unpacks to more than {ratio} times its size, as a bomb does; if it is none, raise `input.max_ratio`"
            )));
        }
        Ok(read)
    }
}

/// A reading error, in words.
pub(crate) fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "cannot be read: it ends early (cut off?)".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}

/// The first bytes of a stream, looked at before it is read.
pub(crate) struct Peeked<'r> {
    pub head: Vec<u8>,
    read: usize,
    /// What came after the first bytes, if that was an error: what stands before a fault is still read.
    error: Option<io::Error>,
    input: &'r mut dyn Read,
}

/// Looks at up to `most` bytes of `input`; an error if there is not one.
pub(crate) fn peek(input: &mut dyn Read, most: usize) -> io::Result<Peeked<'_>> {
    let mut head = Vec::with_capacity(most);
    let error = (&mut *input).take(most as u64).read_to_end(&mut head).err();
    match error {
        Some(error) if head.is_empty() => Err(error),
        error => Ok(Peeked { head, read: 0, error, input }),
    }
}

impl Peeked<'_> {
    /// Leaves the first so many bytes out.
    pub fn skip(&mut self, bytes: usize) {
        self.read = bytes.min(self.head.len());
    }
}

impl Read for Peeked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut left = &self.head[self.read..];
        if !left.is_empty() {
            let read = left.read(buffer)?;
            self.read += read;
            return Ok(read);
        }
        self.error.take().map_or_else(|| self.input.read(buffer), Err)
    }
}

/// All of `input`, an error if it is more than `limit` bytes.
pub(crate) fn read_bounded(input: &mut dyn Read, limit: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file that is too long from one that just fits.
    input.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| describe(&error))?;
    if bytes.len() as u64 > limit { Err(too_long(limit)) } else { Ok(bytes) }
}

/// The reason of what is longer than a document may be.
pub(crate) fn too_long(limit: u64) -> String {
    format!("longer than {limit} bytes; split it, or raise `input.max_bytes`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_stops_at_the_limit() {
        let mut endless = io::repeat(b'a');
        assert!(read_bounded(&mut endless, 1000).unwrap_err().contains("longer than 1000 bytes"));
        assert_eq!(read_bounded(&mut &b"abc"[..], 3).unwrap(), b"abc");
    }

    #[test]
    fn frames_that_are_skipped_may_come_first() {
        let skipped = [&[0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0][..], b"size"].concat();
        let frame = |text: &str| zstd::encode_all(text.as_bytes(), 3).unwrap();
        let packed = [skipped.clone(), frame("Osh "), skipped, frame("waits.")].concat();
        let mut text = String::new();
        let codec = Codec::of(&packed[..16]).unwrap();
        let budget = Budget::new(packed.len() as u64, 200);
        codec.open(&packed[..], &budget).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "Osh waits.");
    }

    #[test]
    fn a_bomb_is_cut_short() {
        let bomb = zstd::encode_all(io::repeat(0).take(200 << 20), 3).unwrap();
        let budget = |packed: &[u8]| Budget::new(packed.len() as u64, 200);
        let mut unpacked = Codec::Zstd.open(&bomb[..], &budget(&bomb)).unwrap();
        let error = io::copy(&mut unpacked, &mut io::sink()).unwrap_err().to_string();
        assert!(error.contains("more than 200 times"), "{error}");
        let plain = vec![b'x'; 1 << 20];
        let packed = zstd::encode_all(&plain[..], 3).unwrap();
        let mut back = Vec::new();
        Codec::Zstd.open(&packed[..], &budget(&packed)).unwrap().read_to_end(&mut back).unwrap();
        assert_eq!(back, plain);
    }
}
