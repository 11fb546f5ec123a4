//! How deep the schema of a Parquet file is: the `parquet` crate walks it by recursion, and a stack that overflows
//! ends the whole run. The footer is read as Thrift's compact protocol, as far as the schema.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// Groups inside one another. Real schemas have a handful.
const DEPTH: usize = 64;

/// The longest footer that is read (bytes).
const LONGEST: u64 = 128 << 20;

const DAMAGED: &str = "cannot be read as Parquet: its footer is damaged";

/// An error if the schema is too deep, or cannot be found in a footer that is there. What else is wrong with the file,
/// the crate tells.
pub(crate) fn check(file: &mut File) -> Result<(), String> {
    let Some(footer) = read(file).map_err(|error| crate::codec::describe(&error))? else { return Ok(()) };
    if footer.len() as u64 >= LONGEST {
        return Err(format!("cannot be read as Parquet: a footer of over {LONGEST} bytes"));
    }
    let depth = depth(&mut Compact { bytes: &footer }).ok_or(DAMAGED)?;
    if depth > DEPTH {
        return Err(format!("cannot be read as Parquet: over {DEPTH} groups inside one another"));
    }
    Ok(())
}

/// The footer, up to [`LONGEST`]; none if the file has no place for it.
fn read(file: &mut File) -> std::io::Result<Option<Vec<u8>>> {
    let length = file.seek(SeekFrom::End(0))?;
    if length < 12 {
        return Ok(None);
    }
    file.seek(SeekFrom::End(-8))?;
    let mut tail = [0; 8];
    file.read_exact(&mut tail)?;
    let [a, b, c, d, magic @ ..] = tail;
    let footer = u64::from(u32::from_le_bytes([a, b, c, d]));
    if &magic != b"PAR1" || footer + 12 > length {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(length - 8 - footer))?;
    let mut bytes = Vec::new();
    file.take(footer.min(LONGEST)).read_to_end(&mut bytes)?;
    file.rewind()?;
    Ok(Some(bytes))
}

/// The depth of `FileMetaData.schema`: a tree, written as a list in which each group is followed by its children.
fn depth(footer: &mut Compact<'_>) -> Option<usize> {
    // Field 1 is the version, field 2 the schema.
    let mut field = 0;
    loop {
        let kind = footer.field(&mut field)??;
        if field == 2 {
            if kind != LIST {
                return None;
            }
            break;
        }
        footer.skip(kind, 0)?;
    }
    let (elements, kind) = footer.list()?;
    if kind != STRUCT {
        return None;
    }
    // Children that the open groups still wait for.
    let mut open: Vec<u64> = Vec::new();
    let mut deepest = 0;
    for _ in 0..elements {
        let children = footer.children()?;
        if let Some(left) = open.last_mut() {
            *left = left.checked_sub(1)?;
        }
        if children > 0 {
            open.push(children);
            deepest = deepest.max(open.len());
            if deepest > DEPTH {
                return Some(deepest);
            }
        }
        while open.last() == Some(&0) {
            open.pop();
        }
    }
    Some(deepest)
}

const BINARY: u8 = 8;
const LIST: u8 = 9;
const SET: u8 = 10;
const STRUCT: u8 = 12;

/// Values of Thrift's compact protocol, one after the other.
struct Compact<'b> {
    bytes: &'b [u8],
}

impl Compact<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(first)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Some(value);
            }
        }
        None
    }

    /// A positive number; others as none at all.
    fn positive(&mut self) -> Option<u64> {
        let value = self.varint()?;
        Some(if value & 1 == 0 { value >> 1 } else { 0 })
    }

    /// The kind of the next field of a struct, whose number goes to `field`; at the end of the struct, no kind.
    #[expect(clippy::option_option, reason = "no bytes, or no field")]
    fn field(&mut self, field: &mut i64) -> Option<Option<u8>> {
        let header = self.byte()?;
        if header == 0 {
            return Some(None);
        }
        if header >> 4 == 0 {
            let value = self.varint()?;
            *field = (value >> 1).cast_signed() ^ -(value & 1).cast_signed();
        } else {
            *field = field.wrapping_add(i64::from(header >> 4));
        }
        Some(Some(header & 15))
    }

    /// Length of a list, and the kind of its elements.
    fn list(&mut self) -> Option<(u64, u8)> {
        let header = self.byte()?;
        let length = if header >> 4 == 15 { self.varint()? } else { u64::from(header >> 4) };
        Some((length, header & 15))
    }

    /// A schema element; the number of its children is field 5.
    fn children(&mut self) -> Option<u64> {
        let (mut field, mut children) = (0, 0);
        while let Some(kind) = self.field(&mut field)? {
            if field == 5 && kind == 5 {
                children = self.positive()?;
            } else {
                self.skip(kind, 0)?;
            }
        }
        Some(children)
    }

    fn skip(&mut self, kind: u8, depth: usize) -> Option<()> {
        if depth > 16 {
            return None;
        }
        let bytes = match kind {
            // In a field, the kind is the value.
            1 | 2 => 0,
            3 => 1,
            4..=6 => return self.varint().map(drop),
            7 => 8,
            BINARY => usize::try_from(self.varint()?).ok()?,
            LIST | SET => {
                let (length, kind) = self.list()?;
                for _ in 0..length {
                    // In a list, a truth value has a byte of its own.
                    self.skip(if kind <= 2 { 3 } else { kind }, depth + 1)?;
                }
                return Some(());
            }
            STRUCT => {
                let mut field = 0;
                while let Some(kind) = self.field(&mut field)? {
                    self.skip(kind, depth + 1)?;
                }
                return Some(());
            }
            _ => return None,
        };
        self.bytes = self.bytes.get(bytes..)?;
        Some(())
    }
}
