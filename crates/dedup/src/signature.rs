//! What is kept of a text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use sha2::{Digest, Sha256};

use crate::words::{mix, shingles};

/// Bands, and values in each: texts of which one band is the same are compared.
///
/// Two texts that share the part `s` of their sequences are compared with probability `1 - (1 - s^8)^16`: 0.06 at 0.5,
/// 0.24 at 0.6, 0.61 at 0.7, 0.95 at 0.8, 0.9999 at 0.9.
pub(crate) const BANDS: usize = 16;
/// See [`BANDS`].
pub(crate) const ROWS: usize = 8;
/// Values of a signature: the estimate of `s` has a standard deviation of `sqrt(s (1 - s) / 128)`, 0.035 at 0.8.
pub(crate) const VALUES: usize = BANDS * ROWS;

/// Bits that say to which value a sequence belongs.
const BIN_BITS: u32 = VALUES.ilog2();

const CONTENT: usize = 16;

/// What is kept of a text: a hash of its content, and a `MinHash` of its three-word sequences.
///
/// One permutation hashing (Li, Owen, Zhang 2012): each sequence is hashed once, and belongs to one of 128 bins, of which
/// each keeps the least; empty bins, of which short texts have many, take the value of another bin, the same one in every
/// text in which it is full (Shrivastava 2017). Eight bits of each value are kept (Li, König 2010).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub(crate) content: [u8; CONTENT],
    /// None for a text of fewer than three words.
    pub(crate) near: Option<[u8; VALUES]>,
}

/// Text that is no signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a signature of a document")]
pub struct BadSignature;

impl Signature {
    /// The signature of a text, in linear time.
    pub fn of(text: &str) -> Self {
        let mut hash = Sha256::new();
        for word in text.split_whitespace() {
            hash.update(word);
            hash.update(b" ");
        }
        let mut content = [0; CONTENT];
        content.copy_from_slice(&hash.finalize()[..CONTENT]);
        Self { content, near: min_hash(text) }
    }

    /// The signature as text, for a journal.
    pub fn to_text(&self) -> String {
        let near = self.near.as_ref().map_or(&[][..], |near| &near[..]);
        STANDARD_NO_PAD.encode([&self.content[..], near].concat())
    }

    /// Reads it back.
    ///
    /// # Errors
    /// If it is none.
    pub fn from_text(text: &str) -> Result<Self, BadSignature> {
        let bytes = STANDARD_NO_PAD.decode(text).map_err(|_| BadSignature)?;
        let (content, near) = bytes.split_first_chunk().ok_or(BadSignature)?;
        let near = if near.is_empty() { None } else { Some(near.try_into().map_err(|_| BadSignature)?) };
        Ok(Self { content: *content, near })
    }
}

fn min_hash(text: &str) -> Option<[u8; VALUES]> {
    let mut least = [u64::MAX; VALUES];
    let mut any = false;
    shingles(text, |hash| {
        // The upper bits say which bin, those below which is least, the lowest are kept.
        let bin = &mut least[(hash >> (u64::BITS - BIN_BITS)) as usize];
        *bin = hash.min(*bin);
        any = true;
    });
    any.then(|| std::array::from_fn(|bin| least[donor(bin, &least)] as u8))
}

/// The bin itself, or the one that stands in for it while it is empty. At least one is full.
fn donor(bin: usize, least: &[u64; VALUES]) -> usize {
    let full = |bin: &usize| least[*bin] != u64::MAX;
    let tries = (1..=8 * VALUES as u64)
        .map(|attempt| (mix((bin as u64) << 32 | attempt) >> (u64::BITS - BIN_BITS)) as usize);
    let next = (1..VALUES).map(|step| (bin + step) % VALUES);
    std::iter::once(bin).chain(tries).chain(next).find(full).unwrap_or(bin)
}

/// Of how many values two signatures are the same.
pub(crate) fn matches(a: &[u8; VALUES], b: &[u8; VALUES]) -> usize {
    a.iter().zip(b).filter(|(a, b)| a == b).count()
}

/// The share of sequences in common, estimated: eight bits are the same by chance once in 256.
pub(crate) fn similarity(matches: usize) -> f64 {
    const CHANCE: f64 = 1.0 / 256.0;
    ((matches as f64 / VALUES as f64 - CHANCE) / (1.0 - CHANCE)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_no_content() {
        let one = Signature::of("Osh waits.\r\n\r\n  Naryn\u{a0}waits, too. ");
        assert_eq!(one, Signature::of("Osh waits. Naryn waits, too."));
        let other = Signature::of("Osh waits. Naryn waits; too.");
        assert_ne!(one.content, other.content);
        assert_eq!(one.near, other.near);
    }

    #[test]
    fn the_text_form_comes_back() {
        for text in ["", "Osh waits", "Osh waits for the minister of the river."] {
            let signature = Signature::of(text);
            assert_eq!(Signature::from_text(&signature.to_text()), Ok(signature));
        }
        for bad in ["", "AA", "!", &"A".repeat(40)] {
            assert_eq!(Signature::from_text(bad), Err(BadSignature));
        }
    }

    /// Two texts of `size` made-up words, of which the second has other words at the end.
    fn pair(size: usize, changed: usize, seed: usize) -> [Signature; 2] {
        let word = |i: usize| format!("w{}", mix((seed * 1_000_000 + i) as u64));
        let place = |i: usize, from: usize| if i < size - changed { i } else { from + i };
        let text = |from: usize| (0..size).map(|i| word(place(i, from))).collect::<Vec<_>>().join(" ");
        [0, 500_000].map(|from| Signature::of(&text(from)))
    }

    #[test]
    fn the_estimate_is_that_of_the_share_in_common() {
        // (words, of them changed): s = (n - c) / (n + c) with n = words - 2 sequences.
        for (size, changed) in [(42, 4), (202, 10), (202, 66), (1002, 100)] {
            let n = (size - 2) as f64;
            let s = (n - changed as f64) / (n + changed as f64);
            let runs = 100;
            let estimates: Vec<f64> = (0..runs)
                .map(|seed| {
                    let [a, b] = pair(size, changed, seed);
                    similarity(matches(&a.near.unwrap(), &b.near.unwrap()))
                })
                .collect();
            let mean = estimates.iter().sum::<f64>() / runs as f64;
            let variance = estimates.iter().map(|e| (e - mean).powi(2)).sum::<f64>() / runs as f64;
            assert!((mean - s).abs() < 0.02, "{size} {changed}: {mean} for {s}");
            assert!(variance.sqrt() < 0.085, "{size} {changed}: {}", variance.sqrt());
        }
    }
}
