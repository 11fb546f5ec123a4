//! The checksums of a journal's lines.

use sha2::{Digest, Sha256};

/// Bytes that a checksum adds to a line: a space and 16 hexadecimal digits.
const SUFFIX: usize = 17;

/// The checksum of a line and of every line before it, so that a line that is changed, missing, doubled or moved is
/// found, and not only a line that is no JSON.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Chain([u8; 8]);

impl Chain {
    /// Adds the checksum to the line that begins at `start` of `lines`, and ends the line.
    pub fn seal(&mut self, lines: &mut Vec<u8>, start: usize) {
        *self = self.after(lines.get(start..).unwrap_or_default());
        lines.extend_from_slice(format!(" {:016x}\n", self.number()).as_bytes());
    }

    /// The content of a line without its line feed, if its checksum is right.
    pub fn check<'l>(&mut self, line: &'l [u8]) -> Option<&'l [u8]> {
        let (content, sum) = split(line)?;
        let next = self.after(content);
        (sum == format!("{:016x}", next.number()).as_bytes()).then(|| {
            *self = next;
            content
        })
    }

    fn after(self, content: &[u8]) -> Self {
        let hash = Sha256::new().chain_update(self.0).chain_update(content).finalize();
        let mut sum = [0; 8];
        sum.iter_mut().zip(hash).for_each(|(sum, byte)| *sum = byte);
        Self(sum)
    }

    fn number(self) -> u64 {
        u64::from_be_bytes(self.0)
    }
}

/// The content of a line and the digits of its checksum.
pub(crate) fn split(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let (content, suffix) = line.split_at_checked(line.len().checked_sub(SUFFIX)?)?;
    suffix.strip_prefix(b" ").map(|sum| (content, sum))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(contents: &[&str]) -> Vec<u8> {
        let (mut chain, mut lines) = (Chain::default(), Vec::new());
        for content in contents {
            let start = lines.len();
            lines.extend_from_slice(content.as_bytes());
            chain.seal(&mut lines, start);
        }
        lines
    }

    /// Lines whose checksums are right, up to the first whose is not.
    fn good(lines: &[u8]) -> Vec<&str> {
        let mut chain = Chain::default();
        let lines = lines.split(|&byte| byte == b'\n');
        lines.map_while(|line| chain.check(line)).map(|line| std::str::from_utf8(line).unwrap()).collect()
    }

    #[test]
    fn every_changed_byte_is_found() {
        let lines = sealed(&["{}", "[1, 2]", ""]);
        assert_eq!(good(&lines), ["{}", "[1, 2]", ""]);
        for at in 0..lines.len() {
            for bit in 0..8 {
                let mut changed = lines.clone();
                changed[at] ^= 1 << bit;
                assert!(good(&changed).len() < 3, "byte {at}, bit {bit}");
            }
        }
    }

    #[test]
    fn a_line_that_is_missing_doubled_or_moved_is_found() {
        let all = sealed(&["a", "b", "c"]);
        let line = |n: usize| &all[n * 19..(n + 1) * 19];
        for (order, expected) in [(&[0, 2][..], 1), (&[0, 0, 1, 2], 1), (&[1, 0, 2], 0), (&[0, 1, 2], 3)] {
            let lines: Vec<u8> = order.iter().flat_map(|&n| line(n)).copied().collect();
            assert_eq!(good(&lines).len(), expected, "{order:?}");
        }
    }
}
