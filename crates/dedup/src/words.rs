//! From a text to the hashes of its word sequences.

/// Words in a sequence. One changed word changes as many sequences; two texts on one topic share few of three words, and
/// a text of one sentence still has some.
pub(crate) const SHINGLE: usize = 3;

/// Calls `found` with a hash of every three words that stand together, in text order, repetitions too.
///
/// A word is what stands between characters that are neither letters nor digits, in lower case: another kind of quotation
/// mark, a capital or a line end changes nothing. Takes linear time and no memory.
pub(crate) fn shingles(text: &str, mut found: impl FnMut(u64)) {
    let mut last = [0; SHINGLE];
    let mut words = 0_usize;
    let mut word = None;
    let mut end_word = |word: &mut Option<u64>| {
        let Some(hash) = word.take() else { return };
        last.rotate_left(1);
        last[SHINGLE - 1] = mix(hash);
        words += 1;
        if words >= SHINGLE {
            found(mix(last
                .iter()
                .fold(0, |sum: u64, &hash| sum.wrapping_mul(MULTIPLIER).wrapping_add(hash))));
        }
    };
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            word = Some(step(word.unwrap_or(BASIS), u64::from(c.to_ascii_lowercase() as u8)));
        } else if !c.is_ascii() && c.is_alphanumeric() {
            word = Some(c.to_lowercase().fold(word.unwrap_or(BASIS), |hash, c| step(hash, u64::from(c))));
        } else {
            end_word(&mut word);
        }
    }
    end_word(&mut word);
}

/// Offset basis and prime of FNV-1a, 64 bits.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// Odd, with its bits well spread: 2^64 divided by the golden ratio.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

fn step(hash: u64, next: u64) -> u64 {
    (hash ^ next).wrapping_mul(PRIME)
}

/// The finalizer of `SplitMix64`: every bit of the input decides every bit of the output.
pub(crate) fn mix(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<u64> {
        let mut all = Vec::new();
        shingles(text, |hash| all.push(hash));
        all
    }

    #[test]
    fn case_marks_and_white_space_change_nothing() {
        let plain = of("don t trust the minister said");
        assert_eq!(plain.len(), 4);
        assert_eq!(of("“Don’t trust\r\n the MINISTER,” said—"), plain);
        assert_ne!(of("trust don t the minister said")[0], plain[0]);
    }

    #[test]
    fn letters_of_any_script_are_words() {
        assert_eq!(of("Душанбе, Хорог и Ош"), of("ДУШАНБЕ хорог И ош"));
        assert!(of("🛰️ Osh 🛰️ Naryn").is_empty());
        assert!(of("").is_empty());
    }
}
