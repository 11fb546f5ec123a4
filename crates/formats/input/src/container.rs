//! What a file of many documents is to the reading thread.

use std::fs::File;
use std::io::Read;

use docmill_core::Source;

use crate::Item;
use crate::channel::{Disconnected, ItemSender};
use crate::codec::Budget;
use crate::settings::Compiled;

/// A format of files that hold many documents, or members that are files themselves.
///
/// A format knows the reader and nothing of other formats: a member that is a container is read by the reader in turn.
pub(crate) trait Container {
    /// True if the file is text: where it is UTF-16, the reader hands it over as UTF-8.
    fn is_text(&self) -> bool {
        false
    }

    /// Hands the documents of a stream to the reader, in order, with what is wrong among them.
    fn read(&self, reader: &mut Reader<'_>, stream: Stream<'_>) -> Result<(), Disconnected>;
}

/// A container as it lies in a file or in another container.
pub(crate) struct Stream<'i> {
    /// Where it is.
    pub place: &'i Source,
    /// Its first bytes, which `input` holds too; none if they were decoded.
    pub head: &'i [u8],
    /// All of it.
    pub input: &'i mut dyn Read,
    /// The file, if the stream is all of it.
    pub whole: Option<&'i File>,
    /// Layers of archives and compression around it.
    pub depth: u32,
}

/// How the reader reads a member: its place, name, content and depth.
type ReadMember = fn(&mut Reader<'_>, &Source, &str, &mut dyn Read, u32) -> Result<(), Disconnected>;

/// Reads files in sequence and feeds items.
pub(crate) struct Reader<'s> {
    pub settings: &'s Compiled,
    pub sender: ItemSender,
    /// Members of the file at hand that have been read, those of archives in it too.
    pub members: u64,
    /// What may come out of the file at hand.
    pub budget: Budget,
    /// Id of the letter whose attached files are read.
    pub parent: Option<String>,
    /// Reads a member, whatever its format.
    pub read_member: ReadMember,
}

impl Reader<'_> {
    pub fn put(&mut self, item: Item) -> Result<(), Disconnected> {
        self.sender.put(item.in_letter(self.parent.as_ref()))
    }

    pub fn fault(&mut self, place: Source, reason: impl Into<String>) -> Result<(), Disconnected> {
        self.put(Item::fault(place, reason))
    }
}
