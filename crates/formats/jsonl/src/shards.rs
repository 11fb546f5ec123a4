//! How an output is cut into parts.

use serde::{Deserialize, Serialize};

use crate::Seal;
use crate::compression::Compression;

/// How an output is cut into parts. Which part a line goes to depends on nothing but the lines before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Shards {
    /// A part ends before it would exceed so many bytes of lines, before compression. A longer line has a part of its
    /// own.
    Bytes(u64),
    /// A part ends after so many lines.
    Documents(u64),
    /// So many parts; lines go to them in turn.
    Parts(u32),
}

/// A part, as `run.json` lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Part {
    /// Name of the file in the folder.
    pub name: String,
    /// Its lines.
    pub documents: u64,
    /// Bytes of its lines, before compression.
    pub bytes: u64,
    /// The file as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Seal>,
}

/// The parts so far.
#[derive(Debug)]
pub(crate) struct Cutter {
    shards: Shards,
    compression: Compression,
    parts: Vec<Part>,
    lines: u64,
}

impl Cutter {
    pub fn new(shards: Shards, compression: Compression) -> Self {
        let mut cutter = Self { shards, compression, parts: Vec::new(), lines: 0 };
        for _ in 0..cutter.open() {
            cutter.begin();
        }
        cutter
    }

    /// Parts that are open at a time.
    pub fn open(&self) -> usize {
        match self.shards {
            Shards::Parts(parts) => parts as usize,
            Shards::Bytes(_) | Shards::Documents(_) => 1,
        }
    }

    /// The part that a line of `bytes` goes to.
    pub fn place(&mut self, bytes: u64) -> usize {
        let turn = self.lines;
        self.lines += 1;
        let full = self.parts.last().is_some_and(|last| match self.shards {
            Shards::Bytes(most) => last.documents > 0 && last.bytes.saturating_add(bytes) > most,
            Shards::Documents(most) => last.documents >= most,
            Shards::Parts(_) => false,
        });
        if full {
            self.begin();
        }
        let place = match self.shards {
            Shards::Parts(parts) => (turn % u64::from(parts)) as usize,
            Shards::Bytes(_) | Shards::Documents(_) => self.parts.len() - 1,
        };
        self.parts[place].documents += 1;
        self.parts[place].bytes += bytes;
        place
    }

    /// All parts.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    fn begin(&mut self) {
        let name = part_name(self.parts.len(), self.compression);
        self.parts.push(Part { name, documents: 0, bytes: 0, file: None });
    }
}

/// Name of a part.
pub(crate) fn part_name(number: usize, compression: Compression) -> String {
    format!("part-{number:05}.jsonl{}", compression.suffix())
}

/// True for the names that [`part_name`] gives.
pub(crate) fn is_part_name(name: &str) -> bool {
    name.strip_prefix("part-").is_some_and(|rest| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        digits >= 5 && matches!(rest.get(digits..), Some(".jsonl" | ".jsonl.gz" | ".jsonl.zst"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(shards: Shards, lines: &[u64]) -> Vec<usize> {
        let mut cutter = Cutter::new(shards, Compression::Zstd);
        lines.iter().map(|&bytes| cutter.place(bytes)).collect()
    }

    #[test]
    fn lines_go_where_the_lines_before_them_say() {
        assert_eq!(places(Shards::Documents(2), &[9; 5]), [0, 0, 1, 1, 2]);
        assert_eq!(places(Shards::Parts(3), &[9; 7]), [0, 1, 2, 0, 1, 2, 0]);
        assert_eq!(places(Shards::Bytes(20), &[10, 10, 1, 50, 20, 5]), [0, 0, 1, 2, 3, 4]);
        let cutter = Cutter::new(Shards::Parts(2), Compression::None);
        let names: Vec<&str> = cutter.parts().iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, ["part-00000.jsonl", "part-00001.jsonl"]);
    }

    #[test]
    fn names_of_parts_are_known() {
        for compression in [Compression::None, Compression::Gzip, Compression::Zstd] {
            assert!(
                is_part_name(&part_name(7, compression)) && is_part_name(&part_name(123_456, compression))
            );
        }
        for other in ["part-1.jsonl", "part-00000.jsonl.partial", "part-00000.txt", "run.json", "part-x"] {
            assert!(!is_part_name(other), "{other}");
        }
    }
}
