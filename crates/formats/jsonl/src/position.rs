//! How far an output has been written, and where it ended.

use serde::{Deserialize, Serialize};

use crate::{Part, Seal};

/// A place in the output between two frames, to resume from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The parts that were closed since the position before this one; none without parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<Seal>,
    /// The open files.
    pub open: Vec<Seal>,
}

impl Position {
    /// The last of these positions, with the parts that were closed since the first.
    pub fn joined<'p>(positions: impl IntoIterator<Item = &'p Self>) -> Self {
        let mut joined = Self::default();
        for position in positions {
            joined.closed.extend(position.closed.iter().cloned());
            joined.open.clone_from(&position.open);
        }
        joined
    }
}

/// An output that has ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sealed {
    /// The file; none for a folder, standard output and devices.
    pub file: Option<Seal>,
    /// The parts of a folder.
    pub parts: Vec<Part>,
    /// The same, as a last position.
    pub position: Position,
}
