//! Zip files.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use docmill_core::Source;
use zip::ZipArchive;
use zip::read::{ZipFile, read_zipfile_from_stream};
use zip::result::{ZipError, ZipResult};

use crate::archives::{Names, seekable};
use crate::channel::Disconnected;
use crate::codec::{Bounded, describe};
use crate::container::{Container, Reader, Stream};

/// A zip file.
pub(crate) struct Zip;

impl Container for Zip {
    fn read(&self, reader: &mut Reader<'_>, stream: Stream<'_>) -> Result<(), Disconnected> {
        match seekable(stream.whole, stream.input) {
            Ok(file) => reader.zip(stream.place, file, stream.depth),
            Err(reason) => reader.fault(stream.place.clone(), reason),
        }
    }
}

impl Reader<'_> {
    /// Reads the members of a zip file, in the order of its directory; without one, as at the end of a file that was
    /// cut off, from the front as far as they go.
    fn zip(&mut self, archive: &Source, file: File, depth: u32) -> Result<(), Disconnected> {
        let again = file.try_clone();
        let mut members = match ZipArchive::new(BufReader::new(file)) {
            Ok(members) => members,
            Err(error) => {
                self.fault(
                    archive.clone(),
                    format!("{}; its members are read from the front", reason(&error)),
                )?;
                return again.map_or(Ok(()), |file| self.zip_from_front(archive, file, depth));
            }
        };
        let mut names = Names::default();
        let directory = members.central_directory_start();
        let begins = members.offset();
        for i in 0..members.len() {
            let name = members.name_for_index(i).and_then(Result::ok).map(std::borrow::Cow::into_owned);
            let name = name.unwrap_or_else(|| format!("(member {})", i + 1));
            let place = names.place(archive, &name);
            let member = members.by_index(i);
            if !self.zip_member(archive, place, &name, member, depth)? {
                return Ok(());
            }
        }
        drop(members);
        match again {
            Ok(file) => self.zip_shadowed(archive, file, (directory, begins), &mut names, depth),
            Err(error) => self.fault(archive.clone(), describe(&error)),
        }
    }

    /// Members whose name another one has that comes later in the directory: the crate knows the last of a name only.
    fn zip_shadowed(
        &mut self,
        archive: &Source,
        file: File,
        (directory, begins): (u64, u64),
        names: &mut Names,
        depth: u32,
    ) -> Result<(), Disconnected> {
        let mut input = BufReader::new(file);
        let shadowed = match shadowed(&mut input, directory) {
            Ok(shadowed) => shadowed,
            Err(error) => return self.fault(archive.clone(), describe(&error)),
        };
        for (name, header) in shadowed {
            let name = String::from_utf8_lossy(&name).into_owned();
            let place = names.place(archive, &name);
            let member = input
                .seek(SeekFrom::Start(begins + header))
                .map_err(ZipError::from)
                .and_then(|_| read_zipfile_from_stream(&mut input))
                .and_then(|member| member.ok_or(ZipError::FileNotFound));
            if !self.zip_member(archive, place, &name, member, depth)? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The members as they follow one another, up to the first that is damaged: the archive's fault has been told.
    fn zip_from_front(&mut self, archive: &Source, mut file: File, depth: u32) -> Result<(), Disconnected> {
        if file.rewind().is_err() {
            return Ok(());
        }
        let mut input = BufReader::new(file);
        let mut names = Names::default();
        while let Ok(Some(member)) = read_zipfile_from_stream(&mut input) {
            let name = String::from_utf8_lossy(member.name_raw()).into_owned();
            let place = names.place(archive, &name);
            if !self.zip_member(archive, place, &name, Ok(member), depth)? {
                return Ok(());
            }
        }
        Ok(())
    }

    fn zip_member<R: Read>(
        &mut self,
        archive: &Source,
        place: Source,
        name: &str,
        member: ZipResult<ZipFile<'_, R>>,
        depth: u32,
    ) -> Result<bool, Disconnected> {
        let mut member = match member {
            Ok(member) => member,
            Err(error) => {
                if self.settings.takes_member(name) {
                    self.fault(place, reason(&error))?;
                }
                return Ok(true);
            }
        };
        if member.is_dir() {
            return Ok(true);
        }
        if member.is_symlink() {
            let mut target = String::new();
            // What the link leads to is only told.
            let _ = (&mut member).take(200).read_to_string(&mut target);
            self.link(place, name, &target)?;
            return Ok(true);
        }
        let packed = member.compressed_size();
        let mut member = Bounded::of_member(member, packed, &self.budget);
        self.member(archive, &place, name, &mut member, depth + 1)
    }
}

/// Names, and places of the headers, of the members in a directory whose name comes again behind them (APPNOTE.TXT, 4.3.12:
/// what a directory's entry holds).
fn shadowed(input: &mut (impl Read + Seek), directory: u64) -> io::Result<Vec<(Vec<u8>, u64)>> {
    const MARK: [u8; 4] = *b"PK\x01\x02";
    const FIXED: usize = 46;
    input.seek(SeekFrom::Start(directory))?;
    let mut last: HashMap<Vec<u8>, u64> = HashMap::new();
    let mut shadowed = Vec::new();
    let mut entry = [0; FIXED];
    loop {
        input.read_exact(&mut entry[..MARK.len()])?;
        if entry[..MARK.len()] != MARK {
            return Ok(shadowed);
        }
        input.read_exact(&mut entry[MARK.len()..])?;
        let short = |at: usize| u64::from(u16::from_le_bytes([entry[at], entry[at + 1]]));
        let mut name = vec![0; usize::from(u16::from_le_bytes([entry[28], entry[29]]))];
        input.read_exact(&mut name)?;
        input.seek_relative((short(30) + short(32)).cast_signed())?;
        let header = u64::from(u32::from_le_bytes([entry[42], entry[43], entry[44], entry[45]]));
        if let Some(earlier) = last.insert(name.clone(), header) {
            shadowed.push((name, earlier));
        }
    }
}

fn reason(error: &ZipError) -> String {
    match error {
        ZipError::Io(error) => describe(error),
        error => format!("cannot be read: {error}"),
    }
}
