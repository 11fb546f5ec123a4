//! Tar and zip files, and what their members have in common.

use std::collections::HashMap;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read, Seek};

use docmill_core::Source;

use crate::channel::Disconnected;
use crate::codec::describe;
use crate::container::Reader;
use crate::item;

/// Names of the members of one archive: a name that comes again is told apart, as an archive that was added to may
/// hold several states of a file.
#[derive(Debug, Default)]
pub(crate) struct Names {
    seen: HashMap<u64, u32>,
}

impl Names {
    /// The place of the member: of the second of a name, `name~2`.
    pub fn place(&mut self, archive: &Source, name: &str) -> Source {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        let times = self.seen.entry(hasher.finish()).or_insert(0);
        *times += 1;
        let name = if *times == 1 { name.to_owned() } else { format!("{name}~{times}") };
        item::member(archive, &name)
    }
}

/// Reads exactly so many bytes: fewer are an error, where [`Read::take`] ends quietly.
pub(crate) struct Exact<R> {
    pub input: R,
    pub left: u64,
}

impl<R: Read> Read for Exact<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        if most == 0 {
            return Ok(0);
        }
        let read = self.input.read(&mut buffer[..most])?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= read as u64;
        Ok(read)
    }
}

impl<R: Read> Exact<R> {
    /// Reads the rest and drops it.
    pub fn skip(&mut self) -> io::Result<()> {
        io::copy(self, &mut io::sink()).map(drop)
    }
}

impl Reader<'_> {
    /// Reads a member, if it is wanted. False: no more may be read, which has been told.
    pub fn member(
        &mut self,
        archive: &Source,
        place: &Source,
        name: &str,
        input: &mut dyn Read,
        depth: u32,
    ) -> Result<bool, Disconnected> {
        if !self.settings.takes_member(name) {
            return Ok(true);
        }
        self.members += 1;
        let most = self.settings.settings.max_members;
        if self.members > most {
            self.fault(
                archive.clone(),
                format!("more than {most} members; the rest is left out (`input.max_members`)"),
            )?;
            return Ok(false);
        }
        (self.read_member)(self, place, name, input, depth)?;
        if self.budget.is_spent() {
            let reason = self.budget.reason();
            self.fault(archive.clone(), reason)?;
            return Ok(false);
        }
        Ok(true)
    }

    /// A member that is a link. Its target is read where it stands.
    pub fn link(&mut self, place: Source, name: &str, target: &str) -> Result<(), Disconnected> {
        if !self.settings.takes(name) {
            return Ok(());
        }
        let target: String = target.chars().filter(|c| !c.is_control()).take(200).collect();
        self.fault(place, format!("a link to {target}; links in archives are not followed"))
    }
}

/// A file that can be read in any order: `whole` if there is one, else a temporary one, without a name, with the
/// rest of `input`.
pub(crate) fn seekable(whole: Option<&File>, input: &mut dyn Read) -> Result<File, String> {
    let mut copy = || -> io::Result<File> {
        let mut file = if let Some(file) = whole {
            file.try_clone()?
        } else {
            let mut file = tempfile::tempfile()?;
            io::copy(input, &mut file)?;
            file
        };
        file.rewind()?;
        Ok(file)
    };
    copy().map_err(|error| describe(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_come_again_are_told_apart() {
        let archive = Source { path: "a.tar".to_owned(), ..Source::default() };
        let mut names = Names::default();
        let mut id = |name| names.place(&archive, name).id();
        assert_eq!(
            [id("x.txt"), id("y.txt"), id("x.txt"), id("x.txt")],
            ["a.tar!x.txt", "a.tar!y.txt", "a.tar!x.txt~2", "a.tar!x.txt~3"]
        );
        assert_eq!(id("\u{1b}[2J"), "a.tar!\u{fffd}[2J");
    }

    #[test]
    fn too_little_is_an_error() {
        let mut text = Vec::new();
        assert!(Exact { input: &b"abc"[..], left: 4 }.read_to_end(&mut text).is_err());
        text.clear();
        Exact { input: &b"abc"[..], left: 2 }.read_to_end(&mut text).unwrap();
        assert_eq!(text, b"ab");
    }
}
