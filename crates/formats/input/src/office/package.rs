//! The parts of a zip file that is one document.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::no_package;
use crate::codec::{Bounded, Budget, read_bounded};
use crate::settings::InputSettings;
use crate::text::decode;

/// A zip file in memory, whose parts unpack within the bounds of the settings.
pub(super) struct Package<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    budget: Budget,
    limit: u64,
}

impl<'b> Package<'b> {
    /// Opens it; `what` names its kind in a message.
    pub fn open(bytes: &'b [u8], what: &str, limits: &InputSettings) -> Result<Self, String> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            if bytes.starts_with(b"PK") {
                format!("{what} that cannot be read: {error}; it may be truncated")
            } else {
                no_package(bytes, what)
            }
        })?;
        let budget = Budget::new(bytes.len() as u64, limits.max_ratio);
        Ok(Self { zip, budget, limit: limits.max_bytes })
    }

    /// The text of a part; none if there is no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, String> {
        let member = match self.zip.by_name(name.trim_start_matches('/')) {
            Ok(member) => member,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(format!("its part {name} cannot be read: {error}")),
        };
        let packed = member.compressed_size();
        let mut member: Box<dyn Read + '_> = Box::new(Bounded::of_member(member, packed, &self.budget));
        let bytes =
            read_bounded(&mut member, self.limit).map_err(|reason| format!("its part {name}: {reason}"))?;
        if bytes.is_empty() {
            return Ok(None);
        }
        decode(bytes, None).map(|decoded| Some(decoded.text))
    }

    /// The text of a part that must be there.
    pub fn required(&mut self, name: &str) -> Result<String, String> {
        self.part(name)?.ok_or_else(|| format!("damaged: its part {name} is missing"))
    }
}
