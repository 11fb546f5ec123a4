//! Tar files: the members in sequence, nothing held in memory but the one at hand.
//!
//! The `tar` crate reads headers; its own iteration would hold the long names and attributes of a member in memory
//! whatever their length, and ends at the first damaged header.

use std::io::{self, Read};

use docmill_core::Source;
use tar::{EntryType, Header};

use crate::archives::{Exact, Names};
use crate::channel::Disconnected;
use crate::codec::describe;
use crate::container::{Container, Reader, Stream};
use crate::item;

/// Length of a block, and of a header (bytes).
const BLOCK: u64 = 512;

/// The longest name or list of attributes that is read (bytes).
const ATTRIBUTES: u64 = 1 << 20;

/// What goes before a member and is said of it.
#[derive(Default)]
struct Said {
    name: Option<Vec<u8>>,
    size: Option<u64>,
    sparse: bool,
}

/// A tar file.
pub(crate) struct Tar;

impl Container for Tar {
    fn read(&self, reader: &mut Reader<'_>, stream: Stream<'_>) -> Result<(), Disconnected> {
        reader.tar(stream.place, stream.input, stream.depth)
    }
}

impl Reader<'_> {
    /// Reads the members of a tar file.
    fn tar(&mut self, archive: &Source, input: &mut dyn Read, depth: u32) -> Result<(), Disconnected> {
        let mut names = Names::default();
        let mut said = Said::default();
        let mut at = 0;
        let mut ended = false;
        let mut lost = false;
        loop {
            let header = match block(input) {
                Ok(Some(block)) => block,
                Ok(None) if ended => return Ok(()),
                Ok(None) => {
                    return self
                        .fault(archive.clone(), "it ends without its end mark: cut off? All before is read");
                }
                Err(error) => return self.fault(archive.clone(), rest_lost(&error)),
            };
            let begins = at;
            at += BLOCK;
            if header.as_bytes().iter().all(|&byte| byte == 0) {
                // Archives that were put together by `cat` go on after an end mark.
                ended = true;
                continue;
            }
            let Some(size) = sound_size(&header) else {
                if !lost {
                    let place = item::member(archive, &format!("(byte {begins})"));
                    self.fault(place, "a damaged tar header; read on from the next that is sound")?;
                }
                lost = true;
                continue;
            };
            lost = false;
            ended = false;
            let kind = header.entry_type();
            let describes =
                kind.is_gnu_longname() || kind.is_gnu_longlink() || kind.is_pax_local_extensions();
            let size = if describes { size } else { said.size.unwrap_or(size) };
            let mut data = Exact { input: &mut *input, left: size };
            if describes {
                match attributes(&mut data, size, kind, &mut said) {
                    Ok(()) => {}
                    Err(error) => return self.fault(archive.clone(), rest_lost(&error)),
                }
            } else {
                let said = std::mem::take(&mut said);
                let name = said.name.clone().unwrap_or_else(|| header.path_bytes().into_owned());
                let name = String::from_utf8_lossy(&name).into_owned();
                if !self.entry(archive, &mut names, &name, &header, said.sparse, &mut data, depth)? {
                    return Ok(());
                }
            }
            let padding = size.div_ceil(BLOCK) * BLOCK - size;
            let skipped = data.skip().and_then(|()| Exact { input: &mut *input, left: padding }.skip());
            if let Err(error) = skipped {
                return self.fault(archive.clone(), rest_lost(&error));
            }
            at += size + padding;
        }
    }

    #[expect(clippy::too_many_arguments, reason = "all of them are the member")]
    fn entry(
        &mut self,
        archive: &Source,
        names: &mut Names,
        name: &str,
        header: &Header,
        sparse: bool,
        data: &mut dyn Read,
        depth: u32,
    ) -> Result<bool, Disconnected> {
        let kind = header.entry_type();
        let file = matches!(kind, EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse);
        // The oldest archives mark folders by their names only.
        let wanted = if file && !name.ends_with('/') {
            self.settings.takes_member(name)
        } else {
            self.settings.takes(name)
        };
        // Names are remembered: those of a million pictures need not be.
        if !wanted {
            return Ok(true);
        }
        let place = names.place(archive, name);
        match kind {
            _ if kind == EntryType::GNUSparse || sparse => {
                self.fault(place, "a sparse file, which is not read; pack it without `--sparse`")?;
                Ok(true)
            }
            EntryType::Regular | EntryType::Continuous => self.member(archive, &place, name, data, depth + 1),
            EntryType::Symlink | EntryType::Link => {
                let target = header.link_name_bytes().unwrap_or_default();
                self.link(place, name, &String::from_utf8_lossy(&target))?;
                Ok(true)
            }
            // Folders, devices, pipes, volume labels: no documents.
            _ => Ok(true),
        }
    }
}

/// The next block; none at the end. Less than a block is an error.
fn block(input: &mut dyn Read) -> io::Result<Option<Header>> {
    let mut header = Header::new_old();
    let mut filled = 0;
    while filled < BLOCK as usize {
        match input.read(&mut header.as_mut_bytes()[filled..]) {
            Ok(0) if filled == 0 => return Ok(None),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Some(header))
}

/// Length of the member, if the header's checksum holds.
fn sound_size(header: &Header) -> Option<u64> {
    let bytes = header.as_bytes();
    let stated = header.cksum().ok()?;
    // The checksum's own field counts as blanks.
    let sum = |range: &[u8]| range.iter().map(|&byte| u32::from(byte)).sum::<u32>();
    let sum = sum(&bytes[..148]) + 8 * u32::from(b' ') + sum(&bytes[156..]);
    // More than any disk holds is damage, or malice.
    (sum == stated).then(|| header.entry_size().ok()).flatten().filter(|size| *size < 1 << 60)
}

/// Reads a long name, or the attributes of the member that follows.
fn attributes(data: &mut dyn Read, size: u64, kind: EntryType, said: &mut Said) -> io::Result<()> {
    if size > ATTRIBUTES {
        return Ok(());
    }
    let mut bytes = Vec::new();
    data.read_to_end(&mut bytes)?;
    if kind.is_gnu_longname() {
        let name = bytes.strip_suffix(b"\0").unwrap_or(&bytes);
        said.name = Some(name.to_vec());
    } else if kind.is_pax_local_extensions() {
        for attribute in tar::PaxExtensions::new(&bytes).filter_map(Result::ok) {
            match attribute.key_bytes() {
                b"path" => said.name = Some(attribute.value_bytes().to_vec()),
                b"size" => said.size = attribute.value().ok().and_then(|v| v.parse().ok()),
                key if key.starts_with(b"GNU.sparse") => said.sparse = true,
                _ => {}
            }
        }
    }
    Ok(())
}

fn rest_lost(error: &io::Error) -> String {
    format!("{}; the rest is left out", describe(error))
}
